/** How the pools and the connection of mysql connect, close and fail. */
import { expect } from 'vitest';
import { mysql } from '../../../../src/catalog/libraries/mysql.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks, lossCheck, onServer } from '../support/clients.js';

const toPort = (port: number) => ({ host: '127.0.0.1', port, user: 'root', database: 'pooled' });

interface Queries {
  readonly query: (sql: string, callback: (error: Error | null, rows: unknown) => void) => void;
}

interface Cluster {
  readonly add: (name: string, options: object) => void;
  readonly of: (pattern: string) => Queries;
}

interface Mysql {
  readonly createPool: (options: object) => Queries;
  readonly createPoolCluster: () => Cluster;
  readonly createConnection: (options: object) => Queries;
}

async function load(): Promise<Mysql> {
  // @ts-expect-error It has no types.
  const { default: library } = (await import('mysql')) as { readonly default: Mysql };
  return library;
}

const query = (client: Queries, sql: string) =>
  new Promise((resolve, reject) => {
    client.query(sql, (error, rows) => {
      if (error) reject(error);
      else resolve(rows);
    });
  });

const SELECT = 'SELECT 1';
const SLEEP = 'SELECT SLEEP(0.15)';

const common = { library: mysql, connects: 'lazy', dispose: 'none', needs: 'mariadb' } as const;

export default {
  library: 'mysql',
  packages: ['mysql'],
  checks: [
    ...clientChecks({
      ...common,
      name: 'createPool',
      close: { end: 'callback graceful' },
      make: async (port) => (await load()).createPool(toPort(port)),
      use: (pool: Queries) => query(pool, SELECT),
      busy: (pool: Queries) => query(pool, SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createPoolCluster',
      close: { end: 'callback graceful' },
      make: async (port) => {
        const cluster = (await load()).createPoolCluster();
        cluster.add('one', toPort(port));
        return cluster;
      },
      use: (cluster: Cluster) => query(cluster.of('*'), SELECT),
      busy: (cluster: Cluster) => query(cluster.of('*'), SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createConnection',
      close: { end: 'callback graceful', destroy: 'sync forced' },
      make: async (port) => (await load()).createConnection(toPort(port)),
      use: (connection: Queries) => query(connection, SELECT),
      busy: (connection: Queries) => query(connection, SLEEP),
    }),
    lossCheck(
      mysql,
      'createConnection',
      'crashed',
      onServer('mariadb'),
      `import mysql from 'mysql';
      const connection = mysql.createConnection({ host: '127.0.0.1', port, user: 'root', database: 'pooled' });
      await new Promise((resolve) => connection.query('SELECT 1', resolve));`,
      { needs: 'mariadb' },
    ),
    run(
      ['holds process'],
      'a pool holds the process once it was used',
      async () => {
        expect(mysql.holdsProcess).toBe('once-used');
        const port = String(await portOf('mariadb'));
        const program = (use: string) =>
          afterWork(`import mysql from 'mysql';
            const pool = mysql.createPool({ host: '127.0.0.1', port: ${port}, user: 'root', database: 'pooled' });
            ${use}`);
        expect(
          await Promise.all([program(''), program("await new Promise((resolve) => pool.query('SELECT 1', resolve));")]),
        ).toEqual(['ends', 'held']);
      },
      'mariadb',
    ),
  ],
} satisfies LibraryChecks;
