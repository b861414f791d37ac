/** How Slonik connects and closes. */
import type { DatabasePool } from 'slonik';
import { slonik } from '../../../../src/catalog/libraries/slonik.js';
import type { LibraryChecks } from '../check.js';
import { clientChecks } from '../support/clients.js';

export default {
  library: 'slonik',
  packages: ['slonik'],
  checks: clientChecks({
    library: slonik,
    name: 'createPool',
    connects: 'eager',
    close: { end: 'async graceful' },
    dispose: 'none',
    needs: 'postgres',
    make: async (port) => {
      const { createPool } = await import('slonik');
      return createPool(`postgresql://postgres:postgres@127.0.0.1:${String(port)}/postgres`);
    },
    use: async (pool: DatabasePool) => {
      const { sql } = await import('slonik');
      return pool.query(sql.unsafe`SELECT 1`);
    },
    busy: async (pool: DatabasePool) => {
      const { sql } = await import('slonik');
      return pool.query(sql.unsafe`SELECT pg_sleep(0.15)`);
    },
  }),
} satisfies LibraryChecks;
