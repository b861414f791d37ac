/** What the options of @vercel/postgres do: its pool is one of Neon. */
import { expect } from 'vitest';
import { vercelPostgres } from '../../../../src/catalog/libraries/vercel-postgres.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { withPgPool, type PgPool } from '../support/pg-pool.js';
import { expectLimit } from '../support/waiting.js';
import { startWebSocketProxy } from '../support/web-socket-proxy.js';

export default {
  library: '@vercel/postgres',
  packages: ['@vercel/postgres'],
  checks: [
    run(
      ['max: default'],
      'ten connections',
      async () => {
        expect(catalogSays(vercelPostgres, 'max').default).toBe(10);
        const { createPool, VercelClient } = await import('@vercel/postgres');
        const { addressFor, stop } = await startWebSocketProxy();
        /** A client that finds its way to the proxy of the test. */
        class Client extends VercelClient {
          constructor(config: string) {
            super(config);
            Object.assign(this.neonConfig, { wsProxy: addressFor, useSecureWebSocket: false, pipelineConnect: false });
          }
        }
        const connectionString = `postgresql://postgres:postgres@localhost:${String(await portOf('postgres'))}/postgres`;
        const open = () => Promise.resolve(Object.assign(createPool({ connectionString }), { Client }) as unknown as PgPool);
        try {
          await withPgPool({ open }, {}, async (pool) => {
            expect(pool.options['max']).toBe(10);
            await expectLimit(10, () => pool.connect());
          });
        } finally {
          await stop();
        }
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
