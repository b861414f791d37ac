/** What the options of knex do. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { expect, vi } from 'vitest';
import { knex as descriptor } from '../../../../src/catalog/libraries/knex.js';
import { follow, invoke } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { toPort, toPostgres, waitOf, withMute } from '../support/pg-pool.js';
import {
  BAD_MAX,
  BAD_MIN,
  badTime,
  MIN_ABOVE_MAX,
  REFUSED,
  REFUSED_SIZES,
  tarnRefusal,
  type TarnLibrary,
} from '../support/tarn.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

/** Options may hold what their types forbid: that is what is tried. */
type Options = Readonly<Record<string, unknown>>;

const ignore = () => undefined;

/** Runs something with a knex over pg, whose connections are cut afterwards. */
async function withKnex<T>(config: Options, use: (db: Knex) => Promise<T> | T): Promise<T> {
  const { default: knex } = await import('knex');
  const db = knex({
    client: 'pg',
    connection: { host: '127.0.0.1' },
    log: { warn: ignore, error: ignore, deprecate: ignore, debug: ignore },
    ...config,
  });
  try {
    return await use(db);
  } finally {
    for (const { resource } of (follow(db.client, 'pool.used') ?? []) as readonly { readonly resource: object }[]) {
      invoke(db.client, 'releaseConnection', resource);
    }
    // One that is still being made would be waited for.
    void db.destroy();
  }
}

const onPostgres = async <T>(config: Options, use: (db: Knex) => Promise<T> | T): Promise<T> =>
  withKnex({ connection: await toPostgres(), ...config }, use);

const pool = (db: Knex) => follow(db.client, 'pool') as Options & { readonly numFree: () => number };
const taken = (option: string, config: Options) => withKnex(config, (db) => pool(db)[option]);
const take = (db: Knex) => () => (db.client as Knex.Client).acquireConnection() as Promise<object>;

const subject: TarnLibrary = {
  library: descriptor,
  prefix: 'pool.',
  make: (options) => withKnex({ pool: options }, ignore),
};

/** Runs something without the warning that Node gives for a time that no timer can hold. */
async function withoutWarnings(use: () => Promise<void>): Promise<void> {
  const warning = vi.spyOn(process, 'emitWarning').mockImplementation(ignore);
  try {
    await use();
  } finally {
    warning.mockRestore();
  }
}

const backend = async (db: Knex) =>
  (await db.raw<{ readonly rows: readonly { readonly pid: number }[] }>('SELECT pg_backend_pid() AS pid')).rows[0]?.pid;

/** Whether the second of two statements gets the connection of the first, some time later. */
const keeps = (options: Options) =>
  onPostgres({ pool: { min: 0, ...options } }, async (db) => {
    const first = await backend(db);
    await delay(60);
    return (await backend(db)) === first;
  });

/** How many of two connections are left when they were idle for a while. */
const left = (options: Options) =>
  onPostgres({ pool: { reapIntervalMillis: 10, ...options } }, async (db) => {
    const connections = await Promise.all([take(db)(), take(db)()]);
    for (const connection of connections) await (db.client as Knex.Client).releaseConnection(connection);
    expect(pool(db).numFree()).toBe(2);
    await delay(120);
    return pool(db).numFree();
  });

const urlOf = (port: number) => `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres?max=3&connection_limit=3`;

/** A connection string that asks for three connections gets ten. */
const ofUrl = async (connection: (url: string) => unknown) => {
  await withKnex({ connection: connection(urlOf(await portOf('postgres'))) }, async (db) => {
    expect(pool(db)['max']).toBe(10);
    await expectLimit(10, take(db));
  });
};

const ignored = (option: string) => descriptor.ignored?.find((entry) => entry.option === option);

export default {
  library: 'knex',
  packages: ['knex', 'tarn', 'pg'],
  checks: [
    tarnRefusal(subject, 'max', REFUSED_SIZES, BAD_MAX),
    tarnRefusal(subject, 'min', REFUSED_SIZES, BAD_MIN),
    tarnRefusal(subject, 'min', { infinity: Number.POSITIVE_INFINITY }, MIN_ABOVE_MAX),
    tarnRefusal(
      subject,
      'acquireTimeoutMillis',
      { zero: 0, negative: -1, null: null, nan: Number.NaN, float: 2.5 },
      badTime('acquireTimeoutMillis'),
    ),
    ...['createTimeoutMillis', 'destroyTimeoutMillis', 'idleTimeoutMillis'].map((option) =>
      tarnRefusal(subject, option, REFUSED, badTime(option)),
    ),
    run(
      ['pool.max: default', 'pool.max: infinity'],
      'ten connections, and any number with Infinity',
      async () => {
        expect(catalogSays(descriptor, 'pool.max')).toMatchObject({ default: 10, infinity: 'unlimited' });
        await onPostgres({}, (db) => expectLimit(10, take(db)));
        await onPostgres({ pool: { max: Number.POSITIVE_INFINITY } }, (db) => expectGranted(12, take(db)));
      },
      'postgres',
    ),
    run(['pool.max: zero'], '0 makes no pool, and every query fails', async () => {
      expect(catalogSays(descriptor, 'pool.max')).toMatchObject({ zero: 'fails' });
      await withKnex({ pool: { max: 0 } }, async (db) => {
        expect(db.client).not.toHaveProperty('pool');
        expect((await failure(db.raw('SELECT 1').then(ignore))).message).toBe('Unable to acquire a connection');
      });
    }),
    run(
      [
        'pool.min: default',
        'pool.min: zero',
        'pool.idleTimeoutMillis: default',
        'pool.idleTimeoutMillis: infinity',
        'recycling',
      ],
      'what is idle for 30 s is closed down to min, two by default; it is tried by the state of its socket only',
      async () => {
        expect(catalogSays(descriptor, 'pool.min')).toMatchObject({ default: 2, zero: 'none' });
        expect(catalogSays(descriptor, 'pool.idleTimeoutMillis')).toMatchObject({
          default: 30_000,
          infinity: 'unlimited',
          unit: 'ms',
        });
        expect(descriptor.recycling).toMatchObject([
          {
            idle: 30_000,
            keeps: 'pool.min',
            lifetime: 'none',
            validates: 'socket',
            boundedBy: ['pool.idleTimeoutMillis', 'pool.maxConnectionLifetimeMillis'],
          },
        ]);
        expect(await taken('min', {})).toBe(2);
        expect(await taken('idleTimeoutMillis', {})).toBe(30_000);
        expect(
          await Promise.all([
            left({ idleTimeoutMillis: 20 }),
            left({ idleTimeoutMillis: 20, min: 1 }),
            left({ idleTimeoutMillis: 20, min: 0 }),
            left({ idleTimeoutMillis: Number.POSITIVE_INFINITY, min: 0 }),
          ]),
        ).toEqual([2, 1, 0, 2]);
        await onPostgres({ pool: { min: 0, max: 1 } }, async (db) => {
          const first = await take(db)();
          const write = vi.spyOn(follow(first, 'connection.stream') as { readonly write: () => boolean }, 'write');
          await (db.client as Knex.Client).releaseConnection(first);
          expect(await take(db)()).toBe(first);
          expect(write).not.toHaveBeenCalled();
          await (db.client as Knex.Client).releaseConnection(first);
          invoke(follow(first, 'connection.stream'), 'destroy');
          await delay(20);
          expect(await take(db)()).not.toBe(first);
        });
      },
      'postgres',
    ),
    run(
      ['acquireConnectionTimeout: default', 'pool.acquireTimeoutMillis: default', 'wait for acquire'],
      'the wait for a connection ends after 60 s, or the smaller of two times',
      async () => {
        expect(catalogSays(descriptor, 'acquireConnectionTimeout')).toMatchObject({ default: 60_000, unit: 'ms' });
        expect(catalogSays(descriptor, 'pool.acquireTimeoutMillis')).toMatchObject({ default: 60_000, unit: 'ms' });
        expect(waitOf(descriptor, 'acquire')).toMatchObject({
          default: 60_000,
          endedBy: ['acquireConnectionTimeout', 'pool.acquireTimeoutMillis'],
        });
        const acquire = (acquireConnectionTimeout?: number, acquireTimeoutMillis?: number) =>
          taken('acquireTimeoutMillis', {
            ...(acquireConnectionTimeout === undefined ? {} : { acquireConnectionTimeout }),
            pool: acquireTimeoutMillis === undefined ? {} : { acquireTimeoutMillis },
          });
        expect(await acquire()).toBe(60_000);
        expect(await acquire(70_000, 80_000)).toBe(70_000);
        expect(await acquire(70_000, 50_000)).toBe(50_000);
        for (const config of [{ acquireConnectionTimeout: 150 }, { pool: { acquireTimeoutMillis: 150 } }]) {
          await onPostgres({ ...config, pool: { ...config.pool, min: 0, max: 1 } }, async (db) => {
            await take(db)();
            expect((await failure(take(db)())).message).toContain('Timeout acquiring a connection');
          });
        }
      },
      'postgres',
    ),
    run(
      ['acquireConnectionTimeout: zero', 'acquireConnectionTimeout: null'],
      'tarn refuses 0, for which null is taken too',
      async () => {
        for (const [name, acquireConnectionTimeout] of [
          ['zero', 0],
          ['null', null],
        ] as const) {
          expect(catalogSays(descriptor, 'acquireConnectionTimeout')[name]).toBe('throws');
          await expect(withKnex({ acquireConnectionTimeout }, ignore)).rejects.toThrow('invalid opt.acquireTimeoutMillis 0');
        }
      },
    ),
    run(
      ['pool.acquireTimeoutMillis: text', 'pool.acquireTimeoutMillis: infinity'],
      'text counts as the number in it, and with Infinity the wait is over at once',
      async () => {
        expect(catalogSays(descriptor, 'pool.acquireTimeoutMillis')).toMatchObject({ text: 'literal', infinity: 'immediate' });
        expect(await taken('acquireTimeoutMillis', { pool: { acquireTimeoutMillis: '3000' } })).toBe(3_000);
        await withoutWarnings(() =>
          withMute(async ({ port }) => {
            const config = { connection: toPort(port), pool: { acquireTimeoutMillis: Number.POSITIVE_INFINITY } };
            await withKnex(config, async (db) => {
              expect((await failure(take(db)())).message).toContain('Timeout acquiring a connection');
            });
          }),
        );
      },
    ),
    run(
      ['pool.createTimeoutMillis: default', 'pool.createTimeoutMillis: infinity', 'wait for connect'],
      'a connection may take 30 s, or that time, and none with Infinity',
      async () => {
        expect(catalogSays(descriptor, 'pool.createTimeoutMillis')).toMatchObject({
          default: 30_000,
          infinity: 'immediate',
          unit: 'ms',
        });
        expect(waitOf(descriptor, 'connect')).toMatchObject({ default: 30_000, endedBy: ['pool.createTimeoutMillis'] });
        expect(await taken('createTimeoutMillis', {})).toBe(30_000);
        await withoutWarnings(() =>
          withMute(async ({ port }) => {
            const connection = toPort(port);
            await withKnex({ connection }, async (db) => expect(await outcome(take(db)())).toBe('pending'));
            for (const createTimeoutMillis of [40, Number.POSITIVE_INFINITY]) {
              await withKnex({ connection, pool: { createTimeoutMillis } }, async (db) => {
                expect((await failure(take(db)())).message).toContain('Timeout acquiring a connection');
              });
            }
          }),
        );
      },
    ),
    run(
      ['pool.destroyTimeoutMillis: default', 'pool.destroyTimeoutMillis: infinity'],
      'closing a connection may take 5 s, or that time, and none with Infinity',
      async () => {
        expect(catalogSays(descriptor, 'pool.destroyTimeoutMillis')).toMatchObject({
          default: 5_000,
          infinity: 'immediate',
          unit: 'ms',
        });
        expect(await taken('destroyTimeoutMillis', {})).toBe(5_000);
        const closing = (options: Options) =>
          onPostgres({ pool: options }, async (db) => {
            const log: string[] = [];
            const connection = await take(db)();
            Object.assign(connection, { end: (done: () => void) => void setTimeout(done, 60) });
            await (db.client as Knex.Client).releaseConnection(connection);
            invoke(pool(db), 'on', 'destroyFail', () => log.push('given up'));
            invoke(pool(db), 'on', 'destroySuccess', () => log.push('closed'));
            await db.destroy();
            invoke(follow(connection, 'connection.stream'), 'destroy');
            return log;
          });
        await withoutWarnings(async () => {
          expect(await closing({ destroyTimeoutMillis: Number.POSITIVE_INFINITY })).toEqual(['given up']);
        });
        expect(await closing({ destroyTimeoutMillis: 20 })).toEqual(['given up']);
        expect(await closing({})).toEqual(['closed']);
      },
      'postgres',
    ),
    run(
      ['default', 'zero', 'negative', 'null', 'nan', 'infinity', 'text'].map(
        (aspect) => `pool.maxConnectionLifetimeMillis: ${aspect}`,
      ),
      'a connection may grow old unless a positive, finite number is given; text is none',
      async () => {
        expect(catalogSays(descriptor, 'pool.maxConnectionLifetimeMillis')).toEqual({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
          negative: 'unlimited',
          null: 'unlimited',
          nan: 'unlimited',
          infinity: 'unlimited',
          text: 'ignored',
        });
        expect(await keeps({ maxConnectionLifetimeMillis: 20 })).toBe(false);
        expect(await keeps({})).toBe(true);
        const others = [0, -1, null, Number.NaN, Number.POSITIVE_INFINITY, '20'];
        expect(await Promise.all(others.map((maxConnectionLifetimeMillis) => keeps({ maxConnectionLifetimeMillis })))).toEqual(
          others.map(() => true),
        );
      },
      'postgres',
    ),
    run(
      ['timeout: default', 'wait for query'],
      'a statement takes its time unless it is given a timeout',
      async () => {
        expect(catalogSays(descriptor, 'timeout')).toMatchObject({ default: 'none', unit: 'ms' });
        expect(waitOf(descriptor, 'query')).toMatchObject({ default: 'none', endedBy: ['timeout'] });
        await onPostgres({ pool: { min: 0 } }, async (db) => {
          await db.raw('SELECT pg_sleep(0.15)');
          expect((await failure(db.raw('SELECT pg_sleep(0.3)').timeout(40).then(ignore))).message).toContain(
            'Defined query timeout of 40ms exceeded',
          );
          const builder = db.select(db.raw('pg_sleep(0.3)')).timeout(40);
          expect((await failure(builder.then(ignore))).message).toContain('Defined query timeout of 40ms exceeded');
        });
      },
      'postgres',
    ),
    run(
      ['relation pool.min at-most pool.max'],
      'a min above max is refused, also where one of them is the default',
      async () => {
        expect(descriptor.relations).toMatchObject([{ kind: 'at-most', left: 'pool.min', right: 'pool.max', given: 'either' }]);
        for (const options of [{ max: 1 }, { min: 11 }, { min: 4, max: 3 }]) {
          await expect(withKnex({ pool: options }, ignore)).rejects.toThrow(MIN_ABOVE_MAX);
        }
      },
    ),
    run(
      ['ignored max', 'ignored min', 'ignored connection.max', 'ignored connection.connectionLimit'],
      'sizes beside the pool and in the connection are not read',
      async () => {
        for (const option of ['max', 'connection.max', 'connection.connectionLimit']) {
          expect(ignored(option)).toMatchObject({ because: 'other-place', instead: 'pool.max' });
        }
        expect(ignored('min')).toMatchObject({ because: 'other-place', instead: 'pool.min' });
        expect(await taken('max', { max: 3 })).toBe(10);
        expect(await taken('min', { min: 5 })).toBe(2);
        expect(await taken('max', { connection: { host: '127.0.0.1', max: 3, connectionLimit: 3 } })).toBe(10);
      },
    ),
    run(
      ['ignored pool.acquire', 'ignored pool.idle', 'ignored pool.connectionLimit'],
      'a name that tarn does not know is refused',
      async () => {
        for (const option of ['acquire', 'idle', 'connectionLimit']) {
          expect(ignored(`pool.${option}`)?.does).toContain('throws');
          await expect(withKnex({ pool: { [option]: 5 } }, ignore)).rejects.toThrow(`unsupported option opt.${option}`);
        }
      },
    ),
    run(
      ['ignored parameter max', 'ignored parameter connection_limit'],
      'a connection string sets no size',
      () => ofUrl((url) => url),
      'postgres',
    ),
    run(
      ['ignored parameter max#2', 'ignored parameter connection_limit#2'],
      'the option connectionString sets no size',
      () => ofUrl((connectionString) => ({ connectionString })),
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
