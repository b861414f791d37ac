import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a server that counts who takes it. */
export interface CountingProxy {
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: () => number;
  readonly close: () => void;
}

/** Listens on the loopback interface and passes every connection on to a local port. */
export async function startCountingProxy(target: number): Promise<CountingProxy> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((inner) => {
    accepted += 1;
    const outer = connect(target, '127.0.0.1');
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    accepted: () => accepted,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
