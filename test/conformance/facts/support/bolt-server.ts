/** A stand-in for a Neo4j server: it speaks just enough of Bolt 4.4 for a driver to connect and to run statements without a result. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** The kinds of messages that are looked at. */
export const BOLT = { hello: 0x01, reset: 0x0f, run: 0x10 } as const;

export interface BoltServer {
  readonly url: string;
  /** Messages in the order in which they came, with the number of the connection, from 1; the text of a message is in it as it is. */
  readonly messages: readonly { readonly connection: number; readonly kind: number; readonly bytes: Buffer }[];
  /** Connections that were made. */
  readonly opened: () => number;
}

const HANDSHAKE = 20;
const VERSION = Buffer.from([0, 0, 4, 4]);
const GOODBYE = 0x02;

/** Runs something while such a server listens on the loopback interface; it answers the kinds of messages that it is told to. */
export async function withBoltServer<T>(
  use: (server: BoltServer) => Promise<T>,
  answers: (kind: number) => boolean = () => true,
): Promise<T> {
  const sockets = new Set<Socket>();
  const messages: { connection: number; kind: number; bytes: Buffer }[] = [];
  let count = 0;
  const server = createServer((socket) => {
    const connection = ++count;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = Buffer.alloc(0);
    let isGreeted = false;
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      if (!isGreeted) {
        if (received.length < HANDSHAKE) return;
        received = received.subarray(HANDSHAKE);
        isGreeted = true;
        socket.write(VERSION);
      }
      for (let bytes = nextMessage(); bytes; bytes = nextMessage()) {
        const kind = bytes[1] ?? 0;
        messages.push({ connection, kind, bytes });
        if (kind !== GOODBYE && answers(kind)) socket.write(success(kind));
      }
    });
    /** A message is a chunk with its length in front, and an empty chunk behind it. */
    function nextMessage(): Buffer | undefined {
      if (received.length < 2) return undefined;
      const end = 2 + received.readUInt16BE(0);
      if (received.length < end + 2) return undefined;
      const bytes = received.subarray(2, end);
      received = received.subarray(end + 2);
      return bytes;
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const url = `bolt://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    return await use({ url, messages, opened: () => count });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

function success(kind: number): Buffer {
  const details =
    kind === BOLT.hello
      ? [0xa2, ...text('server'), ...text('Neo4j/4.4.0'), ...text('connection_id'), ...text('bolt-1')]
      : kind === BOLT.run
        ? [0xa1, ...text('fields'), 0x90]
        : [0xa0];
  const message = [0xb1, 0x70, ...details];
  return Buffer.from([0, message.length, ...message, 0, 0]);
}

/** A text of less than 16 bytes. */
function text(value: string): readonly number[] {
  return [0x80 + value.length, ...Buffer.from(value)];
}
