/** How the pools and the connection of mysql connect, close and fail. */
import type { Connection, Pool, PoolCluster } from 'mysql';
import { expect } from 'vitest';
import { mysql } from '../../../../src/catalog/libraries/mysql.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks, lossCheck, onServer } from '../support/clients.js';

const toPort = (port: number) => ({ host: '127.0.0.1', port, user: 'root', database: 'pooled' });

const query = (client: Pick<Connection | Pool, 'query'>, sql: string) =>
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
      make: async (port) => (await import('mysql')).default.createPool(toPort(port)),
      use: (pool: Pool) => query(pool, SELECT),
      busy: (pool: Pool) => query(pool, SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createPoolCluster',
      close: { end: 'callback graceful' },
      make: async (port) => {
        const cluster = (await import('mysql')).default.createPoolCluster();
        cluster.add('one', toPort(port));
        return cluster;
      },
      use: (cluster: PoolCluster) => query(cluster.of('*') as never, SELECT),
      busy: (cluster: PoolCluster) => query(cluster.of('*') as never, SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createConnection',
      close: { end: 'callback graceful', destroy: 'sync forced' },
      make: async (port) => (await import('mysql')).default.createConnection(toPort(port)),
      use: (connection: Connection) => query(connection, SELECT),
      busy: (connection: Connection) => query(connection, SLEEP),
    }),
    lossCheck(
      mysql,
      'createConnection',
      'crashed',
      onServer('mariadb'),
      `import mysql from 'mysql';
      const connection = mysql.createConnection({ host: '127.0.0.1', port, user: 'root', database: 'pooled' });
      await new Promise((resolve) => connection.query('SELECT 1', resolve));`,
      'mariadb',
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
