import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { expect } from 'vitest';
import { ws } from '../../../../src/catalog/libraries/ws.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { openMute, until, wait } from '../support/site.js';
import { withSocketServer } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** Makes a connection; what goes wrong with it is no uncaught error. */
async function connect(port: number, options: Given) {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(`ws://127.0.0.1:${String(port)}`, options);
  const errors: string[] = [];
  socket.on('error', ({ message }: Error) => errors.push(message));
  return { socket, errors };
}

/** How many connections are closed at some milliseconds from close(), which the server does not answer. */
function closed(options: Given, times: readonly number[]): Promise<readonly number[]> {
  return withSocketServer(
    (socket) => {
      socket.setEncoding('latin1').on('data', (data: string) => {
        const key = /^sec-websocket-key: (.*)\r$/im.exec(data)?.[1];
        if (key === undefined) return;
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        socket.write(
          `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
        );
      });
    },
    async ({ port }) => {
      const { socket } = await connect(port, options);
      await once(socket, 'open');
      return withHandClock(({ look }) => {
        let count = 0;
        socket.on('close', () => count++);
        socket.close();
        return look(times, () => count);
      });
    },
  );
}

export default {
  library: 'ws',
  packages: ['ws'],
  checks: [
    run(
      ['handshakeTimeout: default', 'handshakeTimeout: zero', 'wait for connect'],
      'waits without end for the handshake by default, and with 0',
      async () => {
        const mute = await openMute();
        try {
          for (const options of [{}, { handshakeTimeout: 0 }]) {
            const { errors, socket } = await connect(mute.port, options);
            await wait(80);
            expect(errors).toEqual([]);
            const { _req: request } = socket as unknown as { readonly _req: ClientRequest };
            expect([request.socket?.connecting, request.socket?.timeout ?? 0]).toEqual([false, 0]);
            socket.terminate();
          }
          const { errors } = await connect(mute.port, { handshakeTimeout: 40 });
          await until('an error', () => errors.length > 0);
          expect(errors).toEqual(['Opening handshake has timed out']);
        } finally {
          await mute.stop();
        }
        expect(catalogSays(ws, 'handshakeTimeout')).toEqual({ default: 'none', zero: 'unlimited', unit: 'ms' });
        expect(ws.waits).toMatchObject([{ for: 'connect', default: 'none', endedBy: ['handshakeTimeout'] }]);
      },
    ),
    run(['closeTimeout: default'], 'waits 30 s for the answer to close()', async () => {
      expect(await closed({}, [29_000, 31_000])).toEqual([0, 1]);
      expect(await closed({ closeTimeout: 5_000 }, [4_000, 6_000])).toEqual([0, 1]);
      expect(catalogSays(ws, 'closeTimeout')).toEqual({ default: 30_000, unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
