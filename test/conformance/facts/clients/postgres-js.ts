/** How postgres.js connects and closes. */
import { expect } from 'vitest';
import { postgresJs } from '../../../../src/catalog/libraries/postgres-js.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks } from '../support/clients.js';

interface Sql {
  readonly unsafe: (sql: string) => PromiseLike<unknown>;
}

export default {
  library: 'postgres',
  packages: ['postgres'],
  checks: [
    ...clientChecks({
      library: postgresJs,
      name: 'default',
      connects: 'lazy',
      close: { end: 'async graceful', close: 'async graceful' },
      dispose: 'none',
      needs: 'postgres',
      make: async (port) => {
        const { default: postgres } = await import('postgres');
        return postgres({ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres', max: 1 });
      },
      use: (sql: Sql) => sql.unsafe('SELECT 1'),
      busy: (sql: Sql) => Promise.resolve(sql.unsafe('SELECT pg_sleep(0.15)')),
    }),
    run(
      ['holds process'],
      'holds the process once it was used',
      async () => {
        expect(postgresJs.holdsProcess).toBe('once-used');
        const port = String(await portOf('postgres'));
        const program = (use: string) =>
          afterWork(`import postgres from 'postgres';
            const sql = postgres('postgres://postgres:postgres@127.0.0.1:${port}/postgres');
            ${use}`);
        expect(await Promise.all([program(''), program('await sql`SELECT 1`;')])).toEqual(['ends', 'held']);
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
