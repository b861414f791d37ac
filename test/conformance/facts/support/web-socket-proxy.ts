/** A proxy that leads WebSockets to servers of this machine, as the one of Neon leads them to its databases. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { createWebSocketStream, WebSocketServer } from 'ws';

/** A proxy that runs. */
export interface WebSocketProxy {
  /** What a driver of Neon calls to find the way to a server. */
  readonly addressFor: (host: string, port: number | string) => string;
  readonly stop: () => Promise<void>;
}

export async function startWebSocketProxy(): Promise<WebSocketProxy> {
  const sockets = new Set<Socket>();
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (webSocket, request) => {
    const target = Number(new URL(request.url ?? '', 'ws://localhost').searchParams.get('port'));
    const socket = net.connect(target, '127.0.0.1');
    const stream = createWebSocketStream(webSocket);
    sockets.add(socket);
    socket.on('error', () => stream.destroy());
    stream.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    stream.once('close', () => socket.destroy());
    socket.pipe(stream).pipe(socket);
  });
  await once(server, 'listening');
  const { port: own } = server.address() as AddressInfo;
  return {
    addressFor: (_host, port) => `127.0.0.1:${String(own)}/?port=${String(port)}`,
    stop: async () => {
      for (const webSocket of server.clients) webSocket.terminate();
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
