/** What the options of mssql do, over tedious and tarn. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { mssql } from '../../../../src/catalog/libraries/mssql.js';
import { follow } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { withSilentServer } from '../support/silent-server.js';
import { withSqlServer, type SqlServer } from '../support/sql-server.js';
import { BAD_MAX, BAD_MIN, badTime, MIN_ABOVE_MAX, REFUSED, tarnRefusal, type TarnLibrary } from '../support/tarn.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

type Options = Readonly<Record<string, unknown>>;

interface Connection {
  readonly close: () => void;
  readonly socket: { readonly destroy: () => void };
}

interface Pool {
  readonly connect: () => Promise<Pool>;
  readonly acquire: (requester: object) => Promise<Connection>;
  readonly release: (connection: Connection) => void;
  readonly request: () => { readonly query: (sql: string) => Promise<unknown> };
  readonly on: (event: 'error', listener: () => void) => void;
  readonly available: number;
  readonly size: number;
  readonly pool?: {
    readonly used: readonly { readonly resource: Connection }[];
    readonly free: readonly { readonly resource: Connection }[];
    readonly destroy: () => Promise<unknown>;
  };
  readonly _config: () => { readonly options: Options };
}

interface Mssql {
  readonly ConnectionPool: new (config: Options) => Pool;
}

const ignore = () => undefined;

async function poolOf(port: number, options: Options): Promise<Pool> {
  // @ts-expect-error It has no types.
  const { default: library } = (await import('mssql')) as { readonly default: Mssql };
  const pool = new library.ConnectionPool({
    server: '127.0.0.1',
    port,
    user: 'sa',
    password: 'secret',
    options: { encrypt: false },
    ...options,
  });
  pool.on('error', ignore);
  return pool;
}

/** Runs something with a connected pool, whose connections are cut afterwards. */
const withPool = <T>(options: Options, use: (pool: Pool, server: SqlServer) => Promise<T> | T): Promise<T> =>
  withSqlServer(async (server) => {
    const pool = await poolOf(server.port, options);
    await pool.connect();
    try {
      return await use(pool, server);
    } finally {
      // It waits for what is out, and hands out nothing more.
      const destroyed = pool.pool?.destroy();
      for (const { resource } of [...(pool.pool?.used ?? [])]) pool.release(resource);
      await destroyed;
    }
  });

const take = (pool: Pool) => () => pool.acquire(pool);

/** What tedious is given as its options. */
const given = async (options: Options) => (await poolOf(1, options))._config().options;

/** Runs something without the warning that Node gives for a time that no timer can hold. */
async function withoutWarnings(use: () => Promise<void>): Promise<void> {
  const warning = vi.spyOn(process, 'emitWarning').mockImplementation(ignore);
  try {
    await use();
  } finally {
    warning.mockRestore();
  }
}

/** How many of two connections are left when they were idle for a while. */
const left = (options: Options) =>
  withPool({ pool: { reapIntervalMillis: 10, ...options } }, async (pool) => {
    const connections = await Promise.all([take(pool)(), take(pool)()]);
    for (const connection of connections) pool.release(connection);
    expect(pool.available).toBe(2);
    await delay(120);
    return pool.available;
  });

const SLOW = "WAITFOR DELAY '01:00'";

const subject: TarnLibrary = {
  library: mssql,
  prefix: 'pool.',
  make: (pool) => withPool({ pool }, ignore),
};

export default {
  library: 'mssql',
  packages: ['mssql', 'tedious', 'tarn'],
  checks: [
    tarnRefusal(subject, 'max', { ...REFUSED, undefined: undefined }, BAD_MAX),
    tarnRefusal(subject, 'min', { undefined: undefined }, BAD_MIN),
    ...['acquireTimeoutMillis', 'createTimeoutMillis', 'destroyTimeoutMillis', 'idleTimeoutMillis'].map((option) =>
      tarnRefusal(subject, option, REFUSED, badTime(option)),
    ),
    run(['pool.max: default', 'pool.max: infinity'], 'ten connections, and any number with Infinity', async () => {
      expect(catalogSays(mssql, 'pool.max')).toMatchObject({ default: 10, infinity: 'unlimited' });
      await withPool({}, (pool) => expectLimit(10, take(pool)));
      await withPool({ pool: { max: Number.POSITIVE_INFINITY } }, (pool) => expectGranted(12, take(pool)));
    }),
    run(
      [
        'pool.min: default',
        'pool.min: zero',
        'pool.idleTimeoutMillis: default',
        'pool.idleTimeoutMillis: infinity',
        'recycling',
      ],
      'what is idle for 30 s is closed down to min, none by default; the server is asked before it is used again',
      async () => {
        expect(catalogSays(mssql, 'pool.min')).toMatchObject({ default: 0, zero: 'none' });
        expect(catalogSays(mssql, 'pool.idleTimeoutMillis')).toMatchObject({ default: 30_000, infinity: 'unlimited' });
        expect(mssql.recycling).toMatchObject([
          { idle: 30_000, keeps: 'pool.min', lifetime: 'none', validates: 'ping', boundedBy: ['pool.idleTimeoutMillis'] },
        ]);
        expect(
          await Promise.all([
            left({ idleTimeoutMillis: 20 }),
            left({ idleTimeoutMillis: 20, min: 0 }),
            left({ idleTimeoutMillis: 20, min: 1 }),
            left({ idleTimeoutMillis: Number.POSITIVE_INFINITY }),
            left({}),
          ]),
        ).toEqual([0, 0, 1, 2, 2]);
        const again = (options: Options) =>
          withPool({ pool: { max: 1 }, ...options }, async (pool, server) => {
            expect(follow(pool, 'pool.idleTimeoutMillis')).toBe(30_000);
            const connection = await take(pool)();
            pool.release(connection);
            const before = server.statements();
            expect(await take(pool)()).toBe(connection);
            const asked = server.statements() - before;
            pool.release(connection);
            connection.socket.destroy();
            await delay(20);
            expect(await take(pool)()).not.toBe(connection);
            return asked;
          });
        expect(await again({})).toBe(1);
        expect(await again({ validateConnection: 'socket' })).toBe(0);
      },
    ),
    run(
      ['connectionTimeout: default', 'connectionTimeout: zero', 'connectionTimeout: null', 'wait for connect'],
      '15 s for a connection with its log-in, and none with 0',
      async () => {
        expect(catalogSays(mssql, 'connectionTimeout')).toMatchObject({ default: 15_000, null: 'default', unit: 'ms' });
        expect(mssql.waits?.[0]).toMatchObject({ for: 'connect', default: 15_000, endedBy: ['connectionTimeout'] });
        expect(await given({})).toMatchObject({ connectTimeout: 15_000 });
        expect(await given({ connectionTimeout: null })).toMatchObject({ connectTimeout: 15_000 });
        await withSilentServer(async ({ port }) => {
          const connect = async (options: Options) => (await poolOf(port, options)).connect();
          expect(await outcome(connect({}))).toBe('pending');
          for (const connectionTimeout of [40, 0]) {
            expect(await failure(connect({ connectionTimeout }))).toMatchObject({ code: 'ETIMEOUT' });
          }
        });
      },
    ),
    run(
      ['default', 'zero', 'negative', 'null', 'nan', 'infinity']
        .map((aspect) => `requestTimeout: ${aspect}`)
        .concat('wait for query'),
      '15 s for a statement, and no end without a positive, finite number; NaN and null count as none given',
      async () => {
        expect(catalogSays(mssql, 'requestTimeout')).toEqual({
          default: 15_000,
          unit: 'ms',
          zero: 'unlimited',
          negative: 'unlimited',
          infinity: 'unlimited',
          null: 'default',
          nan: 'default',
        });
        expect(mssql.waits?.[2]).toMatchObject({ for: 'query', default: 15_000, endedBy: ['requestTimeout'] });
        for (const options of [{}, { requestTimeout: null }, { requestTimeout: Number.NaN }]) {
          expect(await given(options)).toMatchObject({ requestTimeout: 15_000 });
        }
        // What 0 means is tedious' own: it starts no timer.
        for (const requestTimeout of [0, -1, Number.POSITIVE_INFINITY]) {
          expect(await given({ requestTimeout })).toMatchObject({ requestTimeout: 0 });
        }
        await withPool({ requestTimeout: 60 }, async (pool) => {
          expect(await failure(pool.request().query(SLOW))).toMatchObject({ code: 'ETIMEOUT' });
        });
        await withPool({ requestTimeout: 0 }, async (pool) => {
          expect(await outcome(pool.request().query(SLOW))).toBe('pending');
          expect(follow(pool.pool?.used[0], 'resource.requestTimer')).toBeUndefined();
        });
      },
    ),
    run(
      ['pool.acquireTimeoutMillis: default', 'wait for acquire', 'pool.acquireTimeoutMillis: infinity'],
      'the wait for a connection ends after 30 s, or that time, and at once with Infinity',
      async () => {
        expect(catalogSays(mssql, 'pool.acquireTimeoutMillis')).toMatchObject({ default: 30_000, infinity: 'immediate' });
        expect(mssql.waits?.[1]).toMatchObject({ for: 'acquire', default: 30_000, endedBy: ['pool.acquireTimeoutMillis'] });
        await withPool({}, (pool) => expect(follow(pool, 'pool.acquireTimeoutMillis')).toBe(30_000));
        await withPool({ pool: { max: 1, acquireTimeoutMillis: 150 } }, async (pool) => {
          await take(pool)();
          expect((await failure(take(pool)())).message).toContain('Failed to acquire a connection from the pool');
        });
        await withoutWarnings(() =>
          withPool({ pool: { max: 1, acquireTimeoutMillis: Number.POSITIVE_INFINITY } }, async (pool) => {
            expect((await failure(take(pool)())).message).toContain('Failed to acquire a connection from the pool');
          }),
        );
      },
    ),
    run(
      ['pool.createTimeoutMillis: default', 'pool.createTimeoutMillis: infinity'],
      'a connection of the pool may take 30 s, or that time, and none with Infinity',
      async () => {
        expect(catalogSays(mssql, 'pool.createTimeoutMillis')).toMatchObject({ default: 30_000, infinity: 'immediate' });
        await withPool({}, (pool) => expect(follow(pool, 'pool.createTimeoutMillis')).toBe(30_000));
        await withoutWarnings(() =>
          withPool({ pool: { createTimeoutMillis: Number.POSITIVE_INFINITY } }, async (pool) => {
            expect(await outcome(take(pool)(), 2_000)).toBe('rejected');
          }),
        );
      },
    ),
    run(
      ['pool.destroyTimeoutMillis: default', 'pool.destroyTimeoutMillis: infinity'],
      'closing a connection may take 5 s, or that time, and none with Infinity',
      async () => {
        expect(catalogSays(mssql, 'pool.destroyTimeoutMillis')).toMatchObject({ default: 5_000, infinity: 'immediate' });
        const closing = (destroyTimeoutMillis?: number) =>
          withPool({ pool: destroyTimeoutMillis === undefined ? {} : { destroyTimeoutMillis } }, async (pool) => {
            const connection = await take(pool)();
            const close = connection.close.bind(connection);
            Object.assign(connection, { close: () => void setTimeout(close, 60) });
            const log: string[] = [];
            const events = pool.pool as unknown as { readonly on: (event: string, listener: () => void) => void };
            events.on('destroyFail', () => log.push('given up'));
            events.on('destroySuccess', () => log.push('closed'));
            pool.release(connection);
            await pool.pool?.destroy();
            return [follow(pool, 'pool.destroyTimeoutMillis'), ...log];
          });
        expect(await closing()).toEqual([5_000, 'closed']);
        expect(await closing(20)).toEqual([20, 'given up']);
        await withoutWarnings(async () => {
          expect(await closing(Number.POSITIVE_INFINITY)).toEqual([Number.POSITIVE_INFINITY, 'given up']);
        });
      },
    ),
    run(['relation pool.min at-most pool.max'], 'a min above max lets connect() reject', async () => {
      expect(mssql.relations?.[0]).toMatchObject({ kind: 'at-most', given: 'either' });
      await expect(withPool({ pool: { min: 3, max: 2 } }, ignore)).rejects.toThrow(MIN_ABOVE_MAX);
      await expect(withPool({ pool: { min: 11 } }, ignore)).rejects.toThrow(MIN_ABOVE_MAX);
    }),
    run(
      ['relation pool.acquireTimeoutMillis at-most requestTimeout'],
      'the wait for a connection goes on when the time of a statement is over',
      async () => {
        await withPool({ requestTimeout: 40, pool: { max: 1, acquireTimeoutMillis: 5_000 } }, async (pool) => {
          await take(pool)();
          expect(await outcome(pool.request().query('SELECT 1'), 150)).toBe('pending');
        });
      },
    ),
  ],
} satisfies LibraryChecks;
