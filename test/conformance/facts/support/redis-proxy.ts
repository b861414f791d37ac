/** The Redis of the tests behind a server that counts connections and can cut them. */
import { connect, type Socket } from 'node:net';
import { portOf } from '../servers.js';
import { withSocketServer, type SocketServer } from './socket-server.js';

export interface RedisProxy extends SocketServer {
  /** Closes all connections from the side of the server. */
  readonly hangUp: () => void;
}

/** Runs something with such a server. It also passes for a cluster of one node. */
export async function withRedisProxy<T>(use: (proxy: RedisProxy) => Promise<T>): Promise<T> {
  const port = await portOf('redis');
  const sockets = new Set<Socket>();
  return withSocketServer(
    (socket) => {
      const upstream = connect(port, '127.0.0.1');
      upstream.on('error', () => socket.destroy());
      upstream.once('close', () => socket.destroy());
      socket.once('close', () => upstream.destroy());
      sockets.add(socket);
      const self = String(socket.localPort);
      socket.on('data', (data) => upstream.write(asCluster(data.toString('latin1'), self), 'latin1'));
      upstream.pipe(socket);
    },
    (server) =>
      use({
        ...server,
        hangUp: () => {
          for (const socket of sockets) socket.destroy();
        },
      }),
  );
}

/** Questions about a cluster as scripts that answer them, so that the answers come in the order of the questions. */
function asCluster(data: string, port: string): string {
  return data
    .replace(/\*2\r\n\$7\r\ncluster\r\n\$5\r\nslots\r\n/giu, script(`return {{0,16383,{'127.0.0.1',${port},'id'}}}`))
    .replace(/\*2\r\n\$7\r\ncluster\r\n\$4\r\ninfo\r\n/giu, script("return 'cluster_state:ok'"));
}

function script(text: string): string {
  return `*3\r\n$4\r\nEVAL\r\n$${String(text.length)}\r\n${text}\r\n$1\r\n0\r\n`;
}
