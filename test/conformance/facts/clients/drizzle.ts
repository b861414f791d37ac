/** How the clients connect and close that Drizzle makes by itself. */
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { drizzle as descriptor } from '../../../../src/catalog/libraries/drizzle.js';
import { run, source, unverified, type Check, type LibraryChecks } from '../check.js';
import { clientChecks, creatorOf, disposeOf, lossCheck, onServer } from '../support/clients.js';
import { outcome } from '../support/outcome.js';
import { until } from '../support/site.js';
import { withSocketServer } from '../support/socket-server.js';
import { startWebSocketProxy } from '../support/web-socket-proxy.js';

const toPostgres = (port: number) => `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`;
const toMysql = (port: number) => `mysql://root@127.0.0.1:${String(port)}/pooled`;

interface Db {
  readonly execute: (sql: string) => PromiseLike<unknown>;
}

interface MysqlDb extends Db {
  readonly $client: { readonly promise: () => { readonly getConnection: () => Promise<MysqlConnection> } };
}

interface MysqlConnection {
  readonly query: (sql: string) => Promise<unknown>;
  readonly release: () => void;
}

const common = {
  library: descriptor,
  connects: 'lazy',
  dispose: 'none',
  use: (db: Db) => db.execute('SELECT 1'),
} as const;

const onPostgres = {
  ...common,
  close: { '$client.end': 'async graceful' },
  needs: 'postgres',
  busy: (db: Db) => Promise.resolve(db.execute('SELECT pg_sleep(0.15)')),
} as const;

const onMysql = {
  ...common,
  close: { '$client.end': 'callback forced' },
  needs: 'mariadb',
  // A connection that is kept for a while between two statements.
  busy: async ({ $client }: MysqlDb) => {
    const connection = await $client.promise().getConnection();
    await connection.query('SELECT 1');
    await delay(100);
    await connection.query('SELECT 1');
    connection.release();
  },
} as const;

/** Lets Neon find its way to a server of this machine. */
const throughProxy = (checks: readonly Check[]): readonly Check[] =>
  checks.map(({ test, ...check }) => ({
    ...check,
    test: async () => {
      const { neonConfig } = await import('@neondatabase/serverless');
      const { addressFor, stop } = await startWebSocketProxy();
      Object.assign(neonConfig, { wsProxy: addressFor, useSecureWebSocket: false, pipelineConnect: false });
      try {
        await test?.();
      } finally {
        await stop();
      }
    },
  }));

export default {
  library: 'drizzle-orm',
  packages: ['drizzle-orm'],
  checks: [
    ...clientChecks({
      ...onPostgres,
      name: 'drizzle',
      make: async (port) => (await import('drizzle-orm/node-postgres')).drizzle(toPostgres(port)),
    }),
    lossCheck(
      descriptor,
      'drizzle',
      'crashed',
      onServer('postgres'),
      `import { drizzle } from 'drizzle-orm/node-postgres';
      await drizzle('postgres://postgres:postgres@127.0.0.1:' + port + '/postgres').execute('SELECT 1');`,
      { needs: 'postgres' },
    ),
    ...clientChecks({
      ...onPostgres,
      name: 'drizzle#2',
      make: async (port) => (await import('drizzle-orm/postgres-js')).drizzle(toPostgres(port)),
    }),
    ...clientChecks({
      ...onMysql,
      name: 'drizzle#3',
      make: async (port) => (await import('drizzle-orm/mysql2')).drizzle(toMysql(port)),
    }),
    ...clientChecks({
      ...onMysql,
      name: 'drizzle#4',
      make: async (port) => (await import('drizzle-orm/singlestore')).drizzle(toMysql(port)),
    }),
    ...throughProxy(
      clientChecks({
        ...onPostgres,
        name: 'drizzle#5',
        make: async (port) =>
          (await import('drizzle-orm/neon-serverless')).drizzle({ connection: toPostgres(port), ws: WebSocket }),
      }),
    ),
    run(
      ['drizzle#6: connects', 'drizzle#6: close', 'drizzle#6: dispose'],
      'opens a WebSocket at once, which the close of the client ends',
      async () => {
        const { close, connects, dispose } = creatorOf(descriptor, 'drizzle#6');
        expect(connects).toBe('eager');
        expect(close).toMatchObject([{ method: '$client.close', async: false, mode: 'forced' }]);
        expect(dispose).toMatchObject({ sync: false, async: false });
        const { drizzle } = await import('drizzle-orm/libsql');
        // It understands the question and does not answer.
        const server = createServer();
        const sockets = new WebSocketServer({ server });
        await withSocketServer(
          (socket) => server.emit('connection', socket),
          async ({ open, opened, port }) => {
            const db = drizzle(`ws://127.0.0.1:${String(port)}`);
            await until('it connects', () => opened() > 0);
            expect(disposeOf(db)).toEqual({ sync: false, async: false });
            const work = db.$client.execute('SELECT 1');
            void work.catch(() => undefined);
            await until('it is understood', () => sockets.clients.size > 0);
            db.$client.close();
            await until('it is closed', () => open() === 0);
            expect(await outcome(work)).toBe('rejected');
          },
        );
      },
    ),
    source(
      ['drizzle#7: connects', 'drizzle#7: dispose'],
      'makes the database at once, and has no dispose',
      'drizzle-orm/better-sqlite3/driver.js',
      'const instance = params[0] === void 0 ? new Client() : new Client(params[0]);',
      'db.$client = client;',
      /^(?![^]*ispose\])[^]*class BetterSQLite3Database/u,
    ),
    unverified(['drizzle#7: close'], 'Not installed: better-sqlite3 has a native part that has to be built where it is used.'),
  ],
} satisfies LibraryChecks;
