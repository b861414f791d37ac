/** Servers that do with a connection what the test wants. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { wait } from './site.js';

/** A server that runs. */
export interface SocketServer {
  readonly port: number;
  /** Connections that were ever made. */
  readonly opened: () => number;
  /** Connections that are open. */
  readonly open: () => number;
}

/**
 * Runs something while such a server listens on the loopback interface.
 *
 * @param connected What it does with a connection; `number` is 1 for the first.
 */
export async function withSocketServer<T>(
  connected: (socket: Socket, number: number) => void,
  use: (server: SocketServer) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  let opened = 0;
  const server = createServer((socket) => {
    opened++;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that gives up is no error here.
    socket.on('error', () => undefined);
    connected(socket, opened);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await use({
      port: (server.address() as AddressInfo).port,
      opened: () => opened,
      open: () => sockets.size,
    });
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** Looks in a row that have to see the same; they go with the event loop, so that a slow machine does not matter. */
const SAME = 12;

/** A number that grows, such as that of connections, once it does not grow any more. */
export async function steady(count: () => number): Promise<number> {
  let last = count();
  for (let same = 0; same < SAME; same++) {
    await wait(10);
    if (count() !== last) same = 0;
    last = count();
  }
  return last;
}
