/** How pg-promise connects and closes. */
import { pgPromise } from '../../../../src/catalog/libraries/pg-promise.js';
import type { LibraryChecks } from '../check.js';
import { clientChecks } from '../support/clients.js';

interface Database {
  readonly any: (sql: string) => Promise<unknown>;
}

export default {
  library: 'pg-promise',
  packages: ['pg-promise'],
  checks: clientChecks({
    library: pgPromise,
    name: 'default()',
    connects: 'lazy',
    close: { '$pool.end': 'async graceful' },
    dispose: 'none',
    needs: 'postgres',
    make: async (port) => {
      const { default: initialise } = await import('pg-promise');
      return initialise({ noWarnings: true })(`postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`);
    },
    use: (db: Database) => db.any('SELECT 1'),
    busy: (db: Database) => db.any('SELECT pg_sleep(0.15)'),
  }),
} satisfies LibraryChecks;
