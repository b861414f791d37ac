/** What the options of the driver adapters of Prisma do. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { prisma } from '../../../../src/catalog/libraries/prisma.js';
import { run, unverified, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import {
  pgConnectionChecks,
  pgPoolChecks,
  toPort,
  withMute,
  withPgPool,
  type Options,
  type PgLibrary,
  type PgPool,
} from '../support/pg-pool.js';
import { openMute, until, withSite } from '../support/site.js';
import { expectLimit, failure } from '../support/waiting.js';

const postgres: PgLibrary = {
  library: prisma,
  open: async (options) => {
    const { PrismaPg } = await import('@prisma/adapter-pg');
    const adapter = await new PrismaPg(options).connect();
    return adapter.underlyingDriver() as unknown as PgPool;
  },
};
const taken = (option: string, options: Options) => withPgPool(postgres, options, (pool) => pool.options[option]);

/** What the checks use of the pool of mariadb. */
interface MariadbPool {
  readonly query: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly getConnection: () => Promise<{ readonly destroy: () => void }>;
  readonly totalConnections: () => number;
  readonly idleConnections: () => number;
  readonly on: (event: 'error', listener: () => void) => unknown;
}

/** Something with the pool that the adapter makes. */
async function withMariadb<T>(options: Options, use: (pool: MariadbPool) => Promise<T>): Promise<T> {
  const { PrismaMariaDb } = await import('@prisma/adapter-mariadb');
  const adapter = await new PrismaMariaDb(options).connect();
  const pool = adapter.underlyingDriver() as unknown as MariadbPool;
  pool.on('error', () => undefined);
  const held: { readonly destroy: () => void }[] = [];
  const getConnection = pool.getConnection.bind(pool);
  try {
    return await use({
      query: (sql) => pool.query(sql),
      totalConnections: () => pool.totalConnections(),
      idleConnections: () => pool.idleConnections(),
      on: pool.on.bind(pool),
      getConnection: async () => {
        const connection = await getConnection();
        held.push(connection);
        return connection;
      },
    });
  } finally {
    // The pool would wait for connections that are out.
    for (const connection of held) connection.destroy();
    await adapter.dispose();
  }
}

const toMariadb = async (): Promise<Options> => ({
  host: '127.0.0.1',
  port: await portOf('mariadb'),
  user: 'root',
  database: 'pooled',
});

/** What the pool of mariadb takes options for, of which the adapter has a copy of its own and to which it hands them on as they are. */
function takenByMariadb(options: Options): Readonly<Record<string, unknown>> {
  const require = createRequire(import.meta.url);
  const entry = createRequire(require.resolve('@prisma/adapter-mariadb')).resolve('mariadb');
  const PoolOptions = require(path.join(path.dirname(entry), 'lib/config/pool-options.js')) as new (
    options: Options,
  ) => Readonly<Record<string, unknown>>;
  return new PoolOptions(options);
}

/** How a request stands after some time while the only connection is taken. */
const queued = async (options: Options): Promise<string> =>
  withMariadb({ ...(await toMariadb()), connectionLimit: 1, ...options }, async (pool) => {
    await pool.getConnection();
    return outcome(pool.getConnection(), 150);
  });

const statement = async (options: Options, sql: string) =>
  withMariadb({ ...(await toMariadb()), connectionLimit: 1, ...options }, async (pool) => {
    const answer = pool.query(sql);
    return { state: await outcome(answer, 5_000), answer };
  });

/** The seconds after which the server ends statements. */
const statementTime = async (options: Options): Promise<number> => {
  const { answer } = await statement(options, 'SELECT @@max_statement_time AS seconds');
  return Number((await answer)[0]?.['seconds']);
};

/** How many connections the pool still makes some time later to a server that says nothing. */
async function unanswered(connectTimeout: unknown): Promise<number> {
  let made = -1;
  await withSite(async ({ open, port }) => {
    const { PrismaMariaDb } = await import('@prisma/adapter-mariadb');
    const options: Options = { host: '127.0.0.1', port, connectionLimit: 1, connectTimeout, acquireTimeout: 500 };
    // It asks for a connection, and goes on without one when acquireTimeout is over.
    const connected = new PrismaMariaDb(options).connect();
    await delay(300);
    made = open();
    const adapter = await connected;
    await adapter.dispose();
  }, openMute);
  return made;
}

const urlOf = (port: number, query: string) => `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres${query}`;

const ENGINE = ['connection_limit', 'pool_timeout', 'connect_timeout', 'socket_timeout'];

export default {
  library: '@prisma/client',
  packages: ['@prisma/adapter-pg', '@prisma/adapter-mariadb'],
  checks: [
    ...pgPoolChecks(postgres),
    ...pgConnectionChecks(postgres),
    run(['ignored connectionLimit', 'ignored pool.max'], 'does not read them: max stays 10', async () => {
      expect(await taken('max', { connectionLimit: 3 })).toBe(10);
      expect(await taken('max', { pool: { max: 3 } })).toBe(10);
      expect(await taken('max', { max: 3 })).toBe(3);
    }),
    run(
      ['ignored parameter connection_limit'],
      'does not read it: ten connections are opened',
      async () => {
        const connectionString = urlOf(await portOf('postgres'), '?connection_limit=2');
        await withPgPool(postgres, { connectionString }, (pool) => expectLimit(10, () => pool.connect()));
      },
      'postgres',
    ),
    run(
      ['ignored parameter pool_timeout', 'ignored parameter connect_timeout'],
      'does not read them: neither a connection nor the wait for a free one ends',
      async () => {
        const query = '?pool_timeout=0.02&connect_timeout=0.02';
        await withMute(async ({ port }) => {
          await withPgPool(postgres, { connectionString: urlOf(port, query) }, async (pool) => {
            expect(await outcome(pool.connect(), 120)).toBe('pending');
          });
          await withPgPool(postgres, { ...toPort(port), connectionTimeoutMillis: 20 }, async (pool) => {
            expect(await outcome(pool.connect(), 1_000)).toBe('rejected');
          });
        });
        const connectionString = urlOf(await portOf('postgres'), query);
        await withPgPool(postgres, { connectionString, max: 1 }, (pool) => expectLimit(1, () => pool.connect()));
      },
      'postgres',
    ),
    run(
      ['connectionLimit: default', 'minimumIdle: default'],
      'opens ten connections at once with the adapter of MariaDB, and no more',
      async () => {
        await withMariadb(await toMariadb(), async (pool) => {
          await until('ten connections', () => pool.totalConnections() === 10);
          await expectLimit(10, () => pool.getConnection());
        });
        expect(catalogSays(prisma, 'connectionLimit').default).toBe(10);
        expect(prisma.limits?.find(({ option }) => option === 'minimumIdle')).toMatchObject({
          default: null,
          defaultsTo: 'connectionLimit',
        });
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: zero', 'connectionLimit: negative', 'connectionLimit: null'],
      'lets every request fail after acquireTimeout without a positive connectionLimit',
      async () => {
        for (const connectionLimit of [0, -1, null]) {
          await withMariadb({ ...(await toMariadb()), connectionLimit, acquireTimeout: 60 }, async (pool) => {
            expect(await failure(pool.query('SELECT 1'))).toMatchObject({ code: 'ER_GET_CONNECTION_TIMEOUT' });
            expect(pool.totalConnections()).toBe(0);
          });
        }
        const fails = 'fails';
        expect(catalogSays(prisma, 'connectionLimit')).toMatchObject({ zero: fails, negative: fails, null: fails });
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: text', 'minimumIdle: text'],
      'reads connectionLimit and minimumIdle from text',
      async () => {
        await withMariadb({ ...(await toMariadb()), connectionLimit: '2', minimumIdle: '1' }, async (pool) => {
          await expectLimit(2, () => pool.getConnection());
        });
        expect(takenByMariadb({ connectionLimit: '2', minimumIdle: '1' })).toMatchObject({
          connectionLimit: 2,
          minimumIdle: 1,
        });
        for (const option of ['connectionLimit', 'minimumIdle'])
          expect(catalogSays(prisma, option)).toMatchObject({ text: 'literal' });
      },
      'mariadb',
    ),
    run(
      ['acquireTimeout: default', 'initializationTimeout: default', 'idleTimeout: default'],
      'leaves the times of the pool of mariadb as they are: 10 s, 100 ms less, and half an hour',
      () => {
        expect(takenByMariadb({})).toMatchObject({
          acquireTimeout: 10_000,
          initializationTimeout: 9_900,
          idleTimeout: 1_800,
        });
        expect(takenByMariadb({ acquireTimeout: 2_000 })).toMatchObject({ initializationTimeout: 1_900 });
        expect(catalogSays(prisma, 'acquireTimeout')).toMatchObject({ default: 10_000, unit: 'ms' });
        expect(catalogSays(prisma, 'initializationTimeout')).toMatchObject({ default: null, unit: 'ms' });
        expect(catalogSays(prisma, 'idleTimeout')).toMatchObject({ default: 1_800, unit: 's' });
      },
    ),
    run(
      ['acquireTimeout: zero', 'acquireTimeout: text'],
      'ends the wait for a free connection at once with acquireTimeout 0, and reads it from text',
      async () => {
        expect(await queued({})).toBe('pending');
        expect(await queued({ acquireTimeout: '100' })).toBe('rejected');
        await withMariadb({ ...(await toMariadb()), connectionLimit: 1, acquireTimeout: 0 }, async (pool) => {
          await until('a connection', () => pool.idleConnections() === 1);
          await pool.getConnection();
          expect(await outcome(pool.getConnection(), 150)).toBe('rejected');
        });
        expect(catalogSays(prisma, 'acquireTimeout')).toMatchObject({ zero: 'immediate', text: 'literal' });
      },
      'mariadb',
    ),
    run(
      ['idleTimeout: text'],
      'reads idleTimeout, in seconds, from text',
      async () => {
        const left = async (idleTimeout: unknown): Promise<number> =>
          withMariadb({ ...(await toMariadb()), connectionLimit: 2, minimumIdle: 1, idleTimeout }, async (pool) => {
            await Promise.all([pool.query('SELECT SLEEP(0.05)'), pool.query('SELECT SLEEP(0.05)')]);
            await delay(1_200);
            return pool.totalConnections();
          });
        expect(await Promise.all([left('0.3'), left('60')])).toEqual([1, 2]);
        expect(catalogSays(prisma, 'idleTimeout')).toMatchObject({ text: 'literal' });
      },
      'mariadb',
    ),
    run(
      ['connectTimeout: default', 'connectTimeout: zero', 'connectTimeout: text'],
      'gives up a connection after 1 s by default, never with connectTimeout 0, and reads it from text',
      async () => {
        expect(takenByMariadb({})).toMatchObject({ connOptions: { connectTimeout: 1_000 } });
        expect(await Promise.all([unanswered(0), unanswered(undefined), unanswered('50')])).toEqual([1, 1, 0]);
        expect(catalogSays(prisma, 'connectTimeout')).toMatchObject({
          default: 1_000,
          unit: 'ms',
          zero: 'unlimited',
          text: 'literal',
        });
      },
    ),
    run(
      ['queryTimeout: default', 'queryTimeout: zero', 'queryTimeout: negative', 'queryTimeout: nan', 'queryTimeout: text'],
      'makes queryTimeout a setting of the session, unless it is no positive number',
      async () => {
        expect(await statementTime({})).toBe(0);
        for (const queryTimeout of [0, -1, Number.NaN]) expect(await statementTime({ queryTimeout })).toBe(0);
        expect(await statementTime({ queryTimeout: '1500' })).toBe(1.5);
        const none = 'unlimited';
        expect(catalogSays(prisma, 'queryTimeout')).toMatchObject({
          default: 'none',
          unit: 'ms',
          zero: none,
          negative: none,
          nan: none,
          text: 'literal',
        });
      },
      'mariadb',
    ),
    run(
      ['socketTimeout: default', 'socketTimeout: zero', 'socketTimeout: negative', 'socketTimeout: nan', 'socketTimeout: text'],
      'waits for an answer unless socketTimeout is positive, and reads it from text',
      async () => {
        const states = await Promise.all(
          [{}, { socketTimeout: 0 }, { socketTimeout: -1 }, { socketTimeout: Number.NaN }, { socketTimeout: '60' }].map(
            async (options) => (await statement(options, 'SELECT SLEEP(0.25)')).state,
          ),
        );
        expect(states).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
        const none = 'unlimited';
        expect(catalogSays(prisma, 'socketTimeout')).toMatchObject({
          default: 'none',
          unit: 'ms',
          zero: none,
          negative: none,
          nan: none,
          text: 'literal',
        });
      },
      'mariadb',
    ),
    unverified(
      ['transactionOptions.maxWait: default', 'transactionOptions.timeout: default'],
      'The client is generated from a schema by a tool that is not installed here.',
    ),
    unverified(
      ENGINE.flatMap((name) => [`parameter ${name}`, `parameter ${name}#2`]),
      'They belong to the engine of versions 5 and 6, a native binary that is not installed here.',
    ),
  ],
} satisfies LibraryChecks;
