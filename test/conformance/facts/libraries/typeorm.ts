/** What the options of TypeORM do, over pg and mysql2. */
import type { Pool as MysqlPool, PoolOptions } from 'mysql2/promise';
import type { DataSource } from 'typeorm';
import { expect, vi } from 'vitest';
import { typeorm } from '../../../../src/catalog/libraries/typeorm.js';
import { follow } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import {
  pgConnectionChecks,
  pgPoolChecks,
  toPort,
  toPostgres,
  waitOf,
  withPgPool,
  type PgLibrary,
  type PgPool,
} from '../support/pg-pool.js';
import { withSilentServer } from '../support/silent-server.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

/** Options may hold what their types forbid: that is what is tried. */
type Options = Readonly<Record<string, unknown>>;

const toMysql = async (): Promise<Options> => ({
  host: '127.0.0.1',
  port: await portOf('mariadb'),
  username: 'root',
  database: 'pooled',
});

async function sourceOf(options: Options): Promise<DataSource> {
  const { DataSource } = await import('typeorm');
  return new DataSource(options as never);
}

/** The options that TypeORM gives to the driver for its pool. */
async function handedOn(options: Options): Promise<Options> {
  const given: Options[] = [];
  // Called with `new` as the class of a pool, and as the function that makes one.
  function take(options: Options): never {
    given.push(options);
    throw new Error('The pool is made elsewhere.');
  }
  const source = await sourceOf({ ...options, driver: { Pool: take, createPool: take, defaults: {} } });
  await expect(source.initialize()).rejects.toThrow('The pool is made elsewhere.');
  expect(given).toHaveLength(1);
  return { ...given[0] };
}

const postgresPool = async (options: Options): Promise<PgPool> => {
  const { default: pg } = await import('pg');
  return new pg.Pool(await handedOn({ type: 'postgres', ...options })) as unknown as PgPool;
};

/** Options of pg as those of TypeORM: what leads to the server beside `extra`. */
const asSource = ({ database, host, password, port, user, ...extra }: Options): Options => ({
  database,
  host,
  password,
  port,
  username: user,
  extra,
});

/** A pool of pg with `extra`. */
const overPg: PgLibrary = {
  library: typeorm,
  prefix: 'extra.',
  open: (options) => postgresPool(asSource(options)),
};

/** Runs something with the pool of pg that a data source gets. */
const withPostgres = <T>(options: Options, use: (pool: PgPool) => Promise<T> | T): Promise<T> =>
  withPgPool({ open: postgresPool }, options, use);

const onPostgres = async <T>(options: Options, use: (pool: PgPool) => Promise<T> | T): Promise<T> =>
  withPostgres({ ...asSource(await toPostgres()), ...options }, use);

/** Runs something with the pool of mysql2 that a data source gets, which is closed by force afterwards. */
async function withMysql<T>(options: Options, use: (pool: MysqlPool) => Promise<T> | T): Promise<T> {
  const { createPool } = await import('mysql2/promise');
  const pool = createPool((await handedOn({ type: 'mysql', ...options })) as PoolOptions);
  try {
    return await use(pool);
  } finally {
    const connections: { readonly destroy: () => void }[] = [];
    const all = follow(pool, 'pool._allConnections') as { readonly length: number; readonly get: (index: number) => never };
    for (let index = 0; index < all.length; index++) connections.push(all.get(index));
    // It would wait for statements under way and for servers that are silent.
    void pool.end().catch(() => undefined);
    for (const connection of connections) connection.destroy();
  }
}

const onMysql = async <T>(options: Options, use: (pool: MysqlPool) => Promise<T> | T): Promise<T> =>
  withMysql({ ...(await toMysql()), ...options }, use);

const takenByMysql = (option: string, extra: Options) =>
  withMysql({ host: '127.0.0.1', extra }, (pool) => follow(pool, `pool.config.${option}`));

/** How many of five requests may wait for a connection of a pool that hands out none. */
const waiting = (extra: Options) =>
  withMysql({ host: '127.0.0.1', extra: { connectionLimit: -1, ...extra } }, async (pool) => {
    const states = await Promise.all(Array.from({ length: 5 }, () => outcome(pool.getConnection(), 30)));
    return states.filter((state) => state === 'pending').length;
  });

/** The size of a pool of mysql2, under either of its names. */
function mysqlSizeChecks(name: string, sized: (value: unknown) => Options) {
  const ids = (...aspects: readonly string[]) => aspects.map((aspect) => `${name}: ${aspect}`);
  const [option = name, occurrence = '1'] = name.split('#');
  const says = () => catalogSays(typeorm, option, Number(occurrence));
  return [
    run(
      ids('default', 'nan', 'text'),
      'mysql2: ten connections, also for NaN; text counts as the number in it',
      async () => {
        expect(says()).toMatchObject({ default: 10, nan: 'default', text: 'literal' });
        await onMysql({}, (pool) => expectLimit(10, () => pool.getConnection()));
        await onMysql(sized(Number.NaN), (pool) => expect(follow(pool, 'pool.config.connectionLimit')).toBe(10));
        await onMysql(sized('2'), (pool) => expectLimit(2, () => pool.getConnection()));
      },
      'mariadb',
    ),
    run(
      ids('zero', 'null', 'empty', 'infinity'),
      'mysql2: 0, null, empty text and Infinity lift the limit',
      async () => {
        expect(says()).toMatchObject({ zero: 'unlimited', null: 'unlimited', empty: 'unlimited', infinity: 'unlimited' });
        for (const value of [0, null, '', Number.POSITIVE_INFINITY]) {
          await onMysql(sized(value), (pool) => expectGranted(12, () => pool.getConnection()));
        }
      },
      'mariadb',
    ),
    run(ids('negative'), 'mysql2: a negative limit opens nothing and every request waits', async () => {
      expect(says()).toMatchObject({ negative: 'blocks' });
      await withSilentServer(async ({ port, opened }) => {
        await withMysql({ host: '127.0.0.1', port, ...sized(-1) }, async (pool) => {
          expect(await outcome(pool.query('SELECT 1'))).toBe('pending');
          expect(opened()).toBe(0);
        });
      });
    }),
  ];
}

const LISTED = ['query_timeout', 'statement_timeout', 'max', 'min', 'maxUses', 'idleTimeoutMillis', 'maxLifetimeSeconds'];

export default {
  library: 'typeorm',
  packages: ['typeorm', 'pg', 'mysql2'],
  checks: [
    // The waits of TypeORM have an option of its own, and are checked below.
    ...[...pgPoolChecks(overPg), ...pgConnectionChecks(overPg)].filter(({ facts }) =>
      LISTED.some((option) => facts[0]?.startsWith(`extra.${option}: `)),
    ),
    run(
      ['default', 'zero', 'null', 'nan', 'empty'].map((aspect) => `poolSize: ${aspect}`),
      'pg: ten connections, also for 0, null, NaN and empty text',
      async () => {
        expect(catalogSays(typeorm, 'poolSize')).toMatchObject({
          default: 10,
          zero: 'default',
          null: 'default',
          nan: 'default',
          empty: 'default',
        });
        for (const poolSize of [undefined, 0, null, Number.NaN, '']) {
          expect(await withPostgres({ poolSize }, ({ options }) => options['max'])).toBe(10);
        }
        await onPostgres({ poolSize: 0 }, (pool) => expectLimit(10, () => pool.connect()));
      },
      'postgres',
    ),
    run(
      ['infinity', 'text', 'float'].map((aspect) => `poolSize: ${aspect}`),
      'pg: Infinity lifts the limit, text counts as the number in it, and 2.5 opens 3 connections',
      async () => {
        expect(catalogSays(typeorm, 'poolSize')).toMatchObject({ infinity: 'unlimited', text: 'literal', float: 'literal' });
        await onPostgres({ poolSize: Number.POSITIVE_INFINITY }, (pool) => expectGranted(12, () => pool.connect()));
        await onPostgres({ poolSize: '2' }, (pool) => expectLimit(2, () => pool.connect()));
        await onPostgres({ poolSize: 2.5 }, (pool) => expectLimit(3, () => pool.connect()));
      },
      'postgres',
    ),
    run(['poolSize: negative'], 'pg: a negative size opens nothing and every request waits', async () => {
      expect(catalogSays(typeorm, 'poolSize')).toMatchObject({ negative: 'blocks' });
      await withSilentServer(async ({ port, opened }) => {
        await withPostgres({ ...asSource(toPort(port)), poolSize: -1 }, async (pool) => {
          expect(await outcome(pool.query('SELECT 1'))).toBe('pending');
          expect(opened()).toBe(0);
        });
      });
    }),
    ...mysqlSizeChecks('poolSize#2', (poolSize) => ({ poolSize })),
    ...mysqlSizeChecks('extra.connectionLimit', (connectionLimit) => ({ extra: { connectionLimit } })),
    run(
      ['default', 'zero', 'null', 'nan', 'text', 'empty'].map((aspect) => `extra.queueLimit: ${aspect}`),
      'mysql2: any number of requests may wait unless a positive limit is given, as a number or as text',
      async () => {
        expect(catalogSays(typeorm, 'extra.queueLimit')).toEqual({
          default: 'unlimited',
          zero: 'unlimited',
          null: 'unlimited',
          nan: 'unlimited',
          empty: 'unlimited',
          text: 'literal',
        });
        expect(await waiting({})).toBe(5);
        for (const queueLimit of [0, null, Number.NaN, '']) expect(await waiting({ queueLimit })).toBe(5);
        expect(await waiting({ queueLimit: '2' })).toBe(2);
      },
    ),
    run(
      ['default', 'zero', 'nan', 'text'].map((aspect) => `extra.maxIdle: ${aspect}`),
      'mysql2: as many as connectionLimit, also for NaN; 0 keeps none',
      async () => {
        expect(typeorm.limits?.find(({ option }) => option === 'extra.maxIdle')).toMatchObject({
          default: null,
          defaultsTo: 'extra.connectionLimit',
          nan: 'default',
          text: 'literal',
        });
        expect(await takenByMysql('maxIdle', {})).toBe(10);
        expect(await takenByMysql('maxIdle', { connectionLimit: 4 })).toBe(4);
        expect(await takenByMysql('maxIdle', { connectionLimit: 4, maxIdle: Number.NaN })).toBe(4);
        expect(await takenByMysql('maxIdle', { connectionLimit: 4, maxIdle: '2' })).toBe(2);
        expect(catalogSays(typeorm, 'extra.maxIdle')).toMatchObject({ zero: 'none' });
        expect(await takenByMysql('maxIdle', { maxIdle: 0 })).toBe(0);
      },
    ),
    run(
      [
        'connectTimeoutMS: default',
        'connectTimeoutMS: zero',
        ...['default', 'zero', 'negative'].map((aspect) => `extra.connectionTimeoutMillis: ${aspect}`),
        'wait for connect',
      ],
      'pg: a connection may take for ever by default and with 0, and fails at once with a negative time',
      async () => {
        expect(catalogSays(typeorm, 'connectTimeoutMS')).toEqual({ default: 'none', zero: 'unlimited', unit: 'ms' });
        expect(catalogSays(typeorm, 'extra.connectionTimeoutMillis')).toEqual({
          default: 'none',
          zero: 'unlimited',
          negative: 'immediate',
          unit: 'ms',
        });
        expect(waitOf(typeorm, 'connect')).toMatchObject({
          default: 'none',
          endedBy: ['connectTimeoutMS', 'extra.connectionTimeoutMillis'],
        });
        await withSilentServer(async ({ port }) => {
          const connect = (options: Options) =>
            withPostgres({ ...asSource(toPort(port)), ...options }, (pool) => outcome(pool.connect(), 150));
          const millis = (connectionTimeoutMillis: number) => ({ extra: { connectionTimeoutMillis } });
          expect(await Promise.all([connect({}), connect({ connectTimeoutMS: 0 }), connect(millis(0))])).toEqual([
            'pending',
            'pending',
            'pending',
          ]);
          expect(await Promise.all([connect({ connectTimeoutMS: 30 }), connect(millis(30)), connect(millis(-1))])).toEqual([
            'rejected',
            'rejected',
            'rejected',
          ]);
        });
      },
    ),
    run(
      ['wait for acquire'],
      'pg: the wait for a free connection has no end without one of two times',
      async () => {
        expect(waitOf(typeorm, 'acquire')).toMatchObject({
          default: 'none',
          endedBy: ['connectTimeoutMS', 'extra.connectionTimeoutMillis'],
        });
        await onPostgres({ poolSize: 1 }, (pool) => expectLimit(1, () => pool.connect()));
        for (const options of [{ connectTimeoutMS: 300 }, { extra: { connectionTimeoutMillis: 300 } }]) {
          await onPostgres({ poolSize: 1, ...options }, async (pool) => {
            await pool.connect();
            expect((await failure(pool.connect())).message).toBe('timeout exceeded when trying to connect');
          });
        }
      },
      'postgres',
    ),
    run(
      ['connectTimeout: default', 'connectTimeout: zero'],
      'mysql2: a connection may take 10 s, and for ever with 0',
      async () => {
        expect(catalogSays(typeorm, 'connectTimeout')).toEqual({ default: 10_000, zero: 'unlimited', unit: 'ms' });
        await withSilentServer(async ({ port }) => {
          const server = { host: '127.0.0.1', port };
          await withMysql({ ...server, connectTimeout: 40 }, async (pool) => {
            expect(await failure(pool.getConnection())).toMatchObject({ code: 'ETIMEDOUT' });
          });
          for (const [options, time, hasTimer] of [
            [{}, 10_000, true],
            [{ connectTimeout: 0 }, 0, false],
          ] as const) {
            await withMysql({ ...server, ...options }, async (pool) => {
              expect(await outcome(pool.getConnection())).toBe('pending');
              const all = follow(pool, 'pool._allConnections') as { readonly get: (index: number) => unknown };
              expect(follow(pool, 'pool.config.connectionConfig.connectTimeout')).toBe(time);
              expect(Boolean(follow(all.get(0), 'connectTimeout'))).toBe(hasTimer);
            });
          }
        });
      },
    ),
    run(
      ['wait for acquire#2', 'ignored acquireTimeout'],
      'mysql2: no option ends the wait for a free connection',
      async () => {
        expect(waitOf(typeorm, 'acquire', 2)).toMatchObject({ default: 'none', endedBy: [] });
        const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
        try {
          await onMysql({ poolSize: 1, acquireTimeout: 30, connectTimeout: 5_000 }, async (pool) => {
            await pool.getConnection();
            expect(await outcome(pool.getConnection(), 150)).toBe('pending');
          });
          expect(complaint.mock.calls.flat().join()).toContain(
            'invalid configuration option passed to Connection: acquireTimeout',
          );
        } finally {
          complaint.mockRestore();
        }
      },
      'mariadb',
    ),
    run(['ignored extra.connectionLimit'], 'pg: the name of mysql2 for the size is not read', async () => {
      expect(await withPostgres({ extra: { connectionLimit: 3 } }, ({ options }) => options['max'])).toBe(10);
    }),
  ],
} satisfies LibraryChecks;
