/** How the pools and the connections of mariadb connect, close and fail. */
import type { Connection as CallbackConnection, Pool as CallbackPool } from 'mariadb/callback';
import type { Connection, Pool, PoolCluster } from 'mariadb';
import { expect } from 'vitest';
import { mariadb } from '../../../../src/catalog/libraries/mariadb.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks, lossCheck, onServer } from '../support/clients.js';

const toPort = (port: number) => ({ host: '127.0.0.1', port, user: 'root', database: 'pooled' });
const options = "{ host: '127.0.0.1', port, user: 'root', database: 'pooled' }";

const query = (client: Pick<CallbackConnection | CallbackPool, 'query'>, sql: string) =>
  new Promise((resolve, reject) => {
    client.query(sql, (error: Error | null, rows: unknown) => {
      if (error) reject(error);
      else resolve(rows);
    });
  });

const SELECT = 'SELECT 1';
const SLEEP = 'SELECT SLEEP(0.15)';

const common = { library: mariadb, needs: 'mariadb' } as const;

export default {
  library: 'mariadb',
  packages: ['mariadb'],
  checks: [
    ...clientChecks({
      ...common,
      name: 'createPool',
      connects: 'eager',
      close: { end: 'async graceful' },
      dispose: 'async',
      make: async (port) => (await import('mariadb')).createPool(toPort(port)),
      use: (pool: Pool) => pool.query(SELECT),
      busy: (pool: Pool) => pool.query(SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createPool#2',
      connects: 'eager',
      close: { end: 'callback graceful' },
      make: async (port) => (await import('mariadb/callback')).createPool(toPort(port)),
      use: (pool: CallbackPool) => query(pool, SELECT),
      busy: (pool: CallbackPool) => query(pool, SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createPoolCluster',
      connects: 'lazy',
      close: { end: 'async graceful' },
      make: async (port) => Object.assign((await import('mariadb')).createPoolCluster(), { port }),
      use: async (cluster: PoolCluster & { readonly port: number }) => {
        cluster.add('one', toPort(cluster.port));
        const connection = await cluster.getConnection();
        await connection.query(SELECT);
        await connection.release();
      },
      busy: async (cluster: PoolCluster) => {
        const connection = await cluster.getConnection();
        await connection.query(SLEEP);
        await connection.release();
      },
    }),
    ...clientChecks({
      ...common,
      name: 'createConnection',
      connects: 'eager',
      close: { end: 'async forced', destroy: 'sync forced' },
      dispose: 'async',
      make: async (port) => (await import('mariadb')).createConnection(toPort(port)),
      use: (connection: Connection) => connection.query(SELECT),
      busy: (connection: Connection) => connection.query(SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createConnection#2',
      connects: 'eager',
      close: { end: 'callback forced', destroy: 'sync forced' },
      make: async (port) => (await import('mariadb/callback')).createConnection(toPort(port)),
      use: (connection: CallbackConnection) => query(connection, SELECT),
      busy: (connection: CallbackConnection) => query(connection, SLEEP),
    }),
    lossCheck(
      mariadb,
      'createConnection',
      'crashed',
      onServer('mariadb'),
      `import mariadb from 'mariadb';
      const connection = await mariadb.createConnection(${options});
      await connection.query('SELECT 1');`,
      { needs: 'mariadb' },
    ),
    lossCheck(
      mariadb,
      'createConnection#2',
      'crashed',
      onServer('mariadb'),
      `import mariadb from 'mariadb/callback';
      const connection = mariadb.createConnection(${options});
      await new Promise((resolve) => connection.query('SELECT 1', resolve));`,
      { needs: 'mariadb' },
    ),
    run(
      ['holds process'],
      'a pool holds the process at once',
      async () => {
        expect(mariadb.holdsProcess).toBe('always');
        const port = String(await portOf('mariadb'));
        expect(await afterWork(`import mariadb from 'mariadb'; const port = ${port}; mariadb.createPool(${options});`)).toBe(
          'held',
        );
      },
      'mariadb',
    ),
  ],
} satisfies LibraryChecks;
