/** How the pools and the connections of mysql2 connect, close and fail. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection, Pool, PoolCluster } from 'mysql2';
import type {
  Connection as PromiseConnection,
  Pool as PromisePool,
  PoolConnection as PromisePoolConnection,
} from 'mysql2/promise';
import { expect } from 'vitest';
import { mysql2 } from '../../../../src/catalog/libraries/mysql2.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks, lossCheck, onServer } from '../support/clients.js';

const toPort = (port: number) => ({ host: '127.0.0.1', port, user: 'root', database: 'pooled' });
const options = "{ host: '127.0.0.1', port, user: 'root', database: 'pooled' }";

const SELECT = 'SELECT 1';
const SLEEP = 'SELECT SLEEP(0.15)';

/** A connection that is kept for a while between two statements. */
async function holding(taken: Promise<PromisePoolConnection>, milliseconds: number): Promise<void> {
  const connection = await taken;
  await connection.query(SELECT);
  await delay(milliseconds);
  await connection.query(SELECT);
  connection.release();
}

const onNode = (cluster: PoolCluster, milliseconds: number) =>
  holding(
    new Promise((resolve, reject) => {
      cluster.getConnection((error, connection) => {
        if (error) reject(error);
        else resolve(connection.promise());
      });
    }),
    milliseconds,
  );

const common = { library: mysql2, needs: 'mariadb' } as const;

export default {
  library: 'mysql2',
  packages: ['mysql2'],
  checks: [
    ...clientChecks({
      ...common,
      name: 'createPool',
      connects: 'lazy',
      close: { end: 'callback forced' },
      dispose: 'sync',
      make: async (port) => (await import('mysql2')).createPool(toPort(port)),
      use: (pool: Pool) => pool.promise().query(SELECT),
      busy: (pool: Pool) => holding(pool.promise().getConnection(), 100),
    }),
    ...clientChecks({
      ...common,
      name: 'createPool#2',
      connects: 'lazy',
      close: { end: 'async forced' },
      dispose: 'async',
      make: async (port) => (await import('mysql2/promise')).createPool(toPort(port)),
      use: (pool: PromisePool) => pool.query(SELECT),
      busy: (pool: PromisePool) => holding(pool.getConnection(), 100),
    }),
    ...clientChecks({
      ...common,
      name: 'createPoolCluster',
      connects: 'lazy',
      close: { end: 'callback forced' },
      make: async (port) => {
        const cluster = (await import('mysql2')).createPoolCluster();
        cluster.add('one', toPort(port));
        return cluster;
      },
      use: (cluster: PoolCluster) => onNode(cluster, 0),
      busy: (cluster: PoolCluster) => onNode(cluster, 100),
    }),
    ...clientChecks({
      ...common,
      name: '{createConnection,connect}',
      connects: 'eager',
      close: { end: 'callback graceful', destroy: 'sync forced' },
      dispose: 'sync',
      make: async (port) => (await import('mysql2')).createConnection(toPort(port)),
      use: (connection: Connection) => connection.promise().query(SELECT),
      busy: (connection: Connection) => connection.promise().query(SLEEP),
    }),
    ...clientChecks({
      ...common,
      name: 'createConnection',
      connects: 'eager',
      close: { end: 'async graceful', destroy: 'sync forced' },
      dispose: 'async',
      make: async (port) => (await import('mysql2/promise')).createConnection(toPort(port)),
      use: (connection: PromiseConnection) => connection.query(SELECT),
      busy: (connection: PromiseConnection) => connection.query(SLEEP),
    }),
    lossCheck(
      mysql2,
      '{createConnection,connect}',
      'crashed',
      onServer('mariadb'),
      `import { createConnection } from 'mysql2';
      const connection = createConnection(${options});
      await new Promise((resolve) => connection.query('SELECT 1', resolve));`,
      { needs: 'mariadb' },
    ),
    lossCheck(
      mysql2,
      'createConnection',
      'survived',
      onServer('mariadb'),
      `import { createConnection } from 'mysql2/promise';
      const connection = await createConnection(${options});
      await connection.query('SELECT 1');`,
      { needs: 'mariadb' },
    ),
    run(
      ['holds process'],
      'a pool holds the process once it was used',
      async () => {
        expect(mysql2.holdsProcess).toBe('once-used');
        const port = String(await portOf('mariadb'));
        const program = (use: string) =>
          afterWork(`import { createPool } from 'mysql2/promise';
            const port = ${port};
            const pool = createPool(${options});
            ${use}`);
        expect(await Promise.all([program(''), program("await pool.query('SELECT 1');")])).toEqual(['ends', 'held']);
      },
      'mariadb',
    ),
  ],
} satisfies LibraryChecks;
