/** A proxy of SOCKS 5 that answers by itself what is asked for through it. */
import type { Server as HttpServer } from 'node:http';
import net, { type Socket } from 'node:net';
import { openSite, type Site } from './site.js';

const NO_PASSWORD = Buffer.from([5, 0]);
const CONNECTED = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

/** Starts one. */
export function openSocks(): Promise<Site> {
  return openSite((server: HttpServer) =>
    net.createServer((socket: Socket) => {
      socket.once('data', () => {
        socket.write(NO_PASSWORD);
        socket.once('data', () => {
          socket.write(CONNECTED);
          server.emit('connection', socket);
        });
      });
    }),
  );
}
