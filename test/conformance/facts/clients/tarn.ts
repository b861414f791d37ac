/** How a pool of tarn makes its resources and closes. */
import net from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'tarn';
import { tarn } from '../../../../src/catalog/libraries/tarn.js';
import type { LibraryChecks } from '../check.js';
import { clientChecks } from '../support/clients.js';

async function use(pool: Pool<net.Socket>, milliseconds: number): Promise<void> {
  const socket = await pool.acquire().promise;
  await delay(milliseconds);
  pool.release(socket);
}

export default {
  library: 'tarn',
  packages: ['tarn'],
  checks: clientChecks({
    library: tarn,
    name: 'Pool',
    connects: 'lazy',
    close: { destroy: 'async graceful' },
    dispose: 'none',
    needs: 'postgres',
    make: async (port) => {
      const { default: library } = await import('tarn');
      return new library.Pool<net.Socket>({
        min: 0,
        max: 1,
        create: async () => {
          const socket = net.connect(port, '127.0.0.1');
          await once(socket, 'connect');
          return socket;
        },
        destroy: (socket) => {
          socket.destroy();
        },
      });
    },
    use: (pool: Pool<net.Socket>) => use(pool, 20),
    busy: (pool: Pool<net.Socket>) => use(pool, 150),
  }),
} satisfies LibraryChecks;
