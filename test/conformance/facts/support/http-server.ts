/** Servers of HTTP that answer as the test wants. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Runs something while such a server listens on the loopback interface. It closes no connection by itself. */
export async function withHttpServer<T>(
  answer: RequestListener,
  use: (server: { readonly port: number; readonly url: string; readonly connections: () => number }) => Promise<T>,
): Promise<T> {
  const server = createServer(answer);
  let connections = 0;
  server.on('connection', () => connections++);
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await use({ port, url: `http://127.0.0.1:${String(port)}`, connections: () => connections });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
