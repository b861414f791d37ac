/** Servers of protocols whose requests are lines of text. */
import { withSocketServer, type SocketServer } from './socket-server.js';

/** What such a server does. */
export interface LineProtocol {
  /** What it says to a new connection. */
  readonly greeting?: string;
  /** What it says to a line; nothing where it gives back `undefined`. */
  readonly answer: (line: string) => string | undefined;
}

/** A server that runs, and what has arrived, line by line. */
export interface LineServer extends SocketServer {
  readonly lines: readonly string[];
}

/** Runs something while such a server listens on the loopback interface. */
export async function withLineServer<T>(
  { answer, greeting }: LineProtocol,
  use: (server: LineServer) => Promise<T>,
): Promise<T> {
  const lines: string[] = [];
  return withSocketServer(
    (socket) => {
      if (greeting !== undefined) socket.write(greeting);
      let rest = '';
      socket.setEncoding('utf8').on('data', (data: string) => {
        const parts = `${rest}${data}`.split('\r\n');
        rest = parts.pop() ?? '';
        for (const line of parts) {
          lines.push(line);
          const said = answer(line);
          if (said !== undefined) socket.write(said);
        }
      });
    },
    (server) => use({ ...server, lines }),
  );
}
