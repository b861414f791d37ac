/** How the pool of mssql connects, closes and fails, with a stand-in for SQL Server. */
import { setTimeout as delay } from 'node:timers/promises';
import { mssql } from '../../../../src/catalog/libraries/mssql.js';
import type { LibraryChecks } from '../check.js';
import { clientChecks, lossCheck, type Around } from '../support/clients.js';
import { withSqlServer } from '../support/sql-server.js';

interface Pool {
  readonly connect: () => Promise<Pool>;
  readonly acquire: (requester: object) => Promise<object>;
  readonly release: (connection: object) => void;
  readonly request: () => { readonly query: (sql: string) => Promise<unknown> };
}

interface Mssql {
  readonly connect: (config: object) => Promise<Pool>;
  readonly ConnectionPool: new (config: object) => Pool;
}

const load = async (): Promise<Mssql> => {
  // @ts-expect-error It has no types.
  const { default: library } = (await import('mssql')) as { readonly default: Mssql };
  return library;
};

const around: Around = (use) => withSqlServer(({ port }) => use(port));

const config = (port: number) => ({
  server: '127.0.0.1',
  port,
  user: 'sa',
  password: 'secret',
  options: { encrypt: false },
});

const common = {
  library: mssql,
  close: { close: 'async graceful' },
  dispose: 'none',
  around,
  busy: async (pool: Pool) => {
    const connection = await pool.acquire(pool);
    await delay(120);
    pool.release(connection);
  },
} as const;

export default {
  library: 'mssql',
  packages: ['mssql', 'tarn', 'tedious'],
  checks: [
    ...clientChecks({
      ...common,
      name: 'connect',
      connects: 'eager',
      make: async (port) => (await load()).connect(config(port)),
      use: (pool: Pool) => pool.request().query('SELECT 1'),
    }),
    ...clientChecks({
      ...common,
      name: 'ConnectionPool',
      connects: 'on-connect',
      make: async (port) => new (await load()).ConnectionPool(config(port)),
      use: async (pool: Pool) => {
        await pool.connect();
        await pool.request().query('SELECT 1');
      },
    }),
    lossCheck(
      mssql,
      'ConnectionPool',
      'survived',
      around,
      `import mssql from 'mssql';
      const pool = new mssql.ConnectionPool({
        server: '127.0.0.1', port, user: 'sa', password: 'secret', options: { encrypt: false },
      });
      await pool.connect();
      await pool.request().query('SELECT 1');`,
    ),
  ],
} satisfies LibraryChecks;
