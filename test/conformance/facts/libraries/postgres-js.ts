/** What the options of postgres.js do. */
import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Sql } from 'postgres';
import { expect, vi } from 'vitest';
import { postgresJs } from '../../../../src/catalog/libraries/postgres-js.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { toPort, toPostgres, waitOf, withMute, type Options } from '../support/pg-pool.js';
import { until } from '../support/site.js';
import { expectLimit, failure } from '../support/waiting.js';

/** Runs something with the function that is the pool, whose connections are cut afterwards. */
async function withSql<T>(options: Options | string, use: (sql: Sql) => Promise<T> | T): Promise<T> {
  const { default: postgres } = await import('postgres');
  const sql = typeof options === 'string' ? postgres(options) : postgres(options);
  try {
    return await use(sql);
  } finally {
    // An end that has begun without a time may never come.
    await outcome(sql.end({ timeout: 0 }), 200);
  }
}

const onPostgres = async <T>(options: Options, use: (sql: Sql) => Promise<T> | T): Promise<T> =>
  withSql({ ...(await toPostgres()), ...options }, use);

const urlOf = async (query: string) =>
  `postgres://postgres:postgres@127.0.0.1:${String(await portOf('postgres'))}/postgres${query}`;

/** What the library takes an option for. */
const taken = (option: string, options: Options | string = {}) =>
  withSql(options, (sql) => (sql.options as unknown as Options)[option]);

const take = (sql: Sql) => () => sql.reserve();

const expectOne = async (options: Options | string) => {
  if (typeof options === 'string') await withSql(options, (sql) => expectLimit(1, take(sql)));
  else await onPostgres(options, (sql) => expectLimit(1, take(sql)));
};

/** Whether a connection is closed that is not used for a while. */
const idle = async (options: Options): Promise<'closed' | 'open'> => {
  let closed = false;
  return onPostgres(
    {
      ...options,
      onclose: () => {
        closed = true;
      },
    },
    async (sql) => {
      await sql`SELECT 1`;
      expect(closed).toBe(false);
      await delay(150);
      return closed ? 'closed' : 'open';
    },
  );
};

/** The times in milliseconds of the timers that the library starts meanwhile. */
async function timersOf(use: () => Promise<unknown>): Promise<readonly number[]> {
  const real = globalThis.setTimeout;
  const times: number[] = [];
  const timers = vi.spyOn(globalThis, 'setTimeout').mockImplementation((...args) => {
    // What another library has left behind may still run.
    if (new Error('from where').stack?.includes('node_modules/postgres/')) times.push(args[1] ?? 0);
    return real(...args);
  });
  try {
    await use();
    return times;
  } finally {
    timers.mockRestore();
  }
}

/** The times of the timers that a connection to a silent server starts. */
const timersOfConnect = (options: Options) =>
  timersOf(() =>
    withMute(({ port, opened }) =>
      withSql({ ...toPort(port), max_lifetime: 0, ...options }, async (sql) => {
        const query = outcome(sql`SELECT 1`, 40);
        await until('a connection', () => opened() === 1);
        expect(await query).toBe('pending');
      }),
    ),
  );

/** How many of 150 statements are sent on one connection while the first of them takes its time. */
async function sent(options: Options): Promise<number> {
  let count = 0;
  return onPostgres({ ...options, max: 1, debug: () => count++ }, async (sql) => {
    await sql`SELECT 1`;
    count = 0;
    const statements = [sql`SELECT pg_sleep(0.1)`, ...Array.from({ length: 149 }, () => sql`SELECT 1`)];
    const answers = Promise.all(statements);
    await delay(40);
    const before = count;
    await answers;
    return before;
  });
}

/** A connection to the server that the test can look at. */
async function connected(): Promise<Socket> {
  const socket = net.connect(await portOf('postgres'), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

const ignored = (option: string) => postgresJs.ignored?.find((entry) => entry.option === option);
const ignoredParameter = (name: string) =>
  postgresJs.connectionStrings?.flatMap(({ ignored: names }) => names).find((entry) => entry.name === name);

const TIMES = ['connect_timeout', 'idle_timeout', 'max_lifetime', 'keep_alive'];

export default {
  library: 'postgres',
  packages: ['postgres'],
  checks: [
    run(
      ['max: default', 'wait for acquire'],
      'ten connections, and the wait for a free one has no end',
      async () => {
        expect(catalogSays(postgresJs, 'max').default).toBe(10);
        expect(waitOf(postgresJs, 'acquire')).toMatchObject({ default: 'none', endedBy: [] });
        expect(await taken('max')).toBe(10);
        await onPostgres({}, async (sql) => {
          await expectLimit(10, take(sql));
          // Nothing is there to end the wait.
          expect(await timersOf(() => outcome(sql.reserve(), 60))).toEqual([]);
        });
      },
      'postgres',
    ),
    run(['max: zero'], '0 opens no connection, and every query waits for ever', async () => {
      expect(catalogSays(postgresJs, 'max')).toMatchObject({ zero: 'blocks' });
      await withMute(async ({ port, opened }) => {
        await withSql({ ...toPort(port), max: 0, connect_timeout: 0.02 }, async (sql) => {
          expect(await outcome(sql`SELECT 1`)).toBe('pending');
          expect(opened()).toBe(0);
        });
      });
    }),
    run(
      ['max: negative', 'max: nan', 'max: infinity', 'max: float'],
      'a number that is no length of an array is refused',
      async () => {
        expect(catalogSays(postgresJs, 'max')).toMatchObject({
          negative: 'throws',
          nan: 'throws',
          infinity: 'throws',
          float: 'throws',
        });
        for (const max of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2.5]) {
          await expect(taken('max', { max })).rejects.toThrow('Invalid array length');
        }
      },
    ),
    run(
      ['max: null', 'max: undefined', 'max: text', 'max: false'],
      'null, undefined, false and text open one connection',
      async () => {
        expect(catalogSays(postgresJs, 'max')).toMatchObject({
          null: 'becomes 1',
          undefined: 'becomes 1',
          text: 'becomes 1',
          false: 'becomes 1',
        });
        for (const max of [null, undefined, '5', false]) await expectOne({ max });
      },
      'postgres',
    ),
    run(
      ['max_pipeline: default'],
      'a hundred statements are sent behind one that has yet to be answered',
      async () => {
        expect(catalogSays(postgresJs, 'max_pipeline').default).toBe(100);
        expect(await taken('max_pipeline')).toBe(100);
        expect(await sent({})).toBe(101);
        expect(await sent({ max_pipeline: 5 })).toBe(6);
      },
      'postgres',
    ),
    run(
      ['connect_timeout: default', 'connect_timeout: zero', 'connect_timeout: text', 'wait for connect'],
      'a connection may take 30 s, and for ever with 0; text counts as the number in it',
      async () => {
        expect(catalogSays(postgresJs, 'connect_timeout')).toMatchObject({
          default: 30,
          zero: 'unlimited',
          text: 'literal',
          unit: 's',
        });
        expect(waitOf(postgresJs, 'connect')).toMatchObject({ default: 30_000, endedBy: ['connect_timeout'] });
        expect(await timersOfConnect({})).toContain(30_000);
        expect(await timersOfConnect({ connect_timeout: 20 })).toContain(20_000);
        expect(Math.max(...(await timersOfConnect({ connect_timeout: 0 })))).toBe(0);
        await withMute(async ({ port }) => {
          for (const connect_timeout of [0.03, '0.03']) {
            await withSql({ ...toPort(port), connect_timeout }, async (sql) => {
              expect(await failure(sql`SELECT 1`.then(() => undefined))).toMatchObject({ code: 'CONNECT_TIMEOUT' });
            });
          }
        });
      },
    ),
    run(
      ['idle_timeout: default', 'idle_timeout: zero', 'idle_timeout: null', 'idle_timeout: text'],
      'an idle connection stays open unless a time is given, as a number or as text',
      async () => {
        expect(catalogSays(postgresJs, 'idle_timeout')).toEqual({
          default: 'none',
          zero: 'unlimited',
          null: 'unlimited',
          text: 'literal',
          unit: 's',
        });
        expect(
          await Promise.all([
            idle({ idle_timeout: 0.03 }),
            idle({ idle_timeout: '0.03' }),
            idle({ idle_timeout: 0 }),
            idle({ idle_timeout: null }),
            idle({}),
          ]),
        ).toEqual(['closed', 'closed', 'open', 'open', 'open']);
      },
      'postgres',
    ),
    run(
      [
        'max_lifetime: default',
        'max_lifetime: zero',
        'max_lifetime: null',
        'max_lifetime: text',
        'relation idle_timeout at-most max_lifetime',
      ],
      'a connection lives for half an hour to an hour, or a time that is given; 0 and null lift it',
      async () => {
        expect(catalogSays(postgresJs, 'max_lifetime')).toEqual({
          default: null,
          zero: 'unlimited',
          null: 'unlimited',
          text: 'literal',
          unit: 's',
        });
        expect(postgresJs.relations).toMatchObject([
          { kind: 'at-most', left: 'idle_timeout', right: 'max_lifetime', given: 'both' },
        ]);
        const random = (await taken('max_lifetime')) as () => number;
        const times = Array.from({ length: 200 }, random);
        expect(Math.min(...times)).toBeGreaterThanOrEqual(1_800);
        expect(Math.max(...times)).toBeLessThanOrEqual(3_600);
        expect(new Set(times).size).toBeGreaterThan(1);
        expect(
          await Promise.all([
            idle({ max_lifetime: 0.05 }),
            idle({ max_lifetime: '0.05' }),
            idle({ max_lifetime: 0.05, idle_timeout: 60 }),
            idle({ max_lifetime: 0 }),
            idle({ max_lifetime: null }),
          ]),
        ).toEqual(['closed', 'closed', 'closed', 'open', 'open']);
      },
      'postgres',
    ),
    run(
      ['recycling'],
      'only old age ends a connection that is not used, and nothing is asked of it before it is',
      async () => {
        expect(postgresJs.recycling).toMatchObject([
          { idle: 'none', lifetime: 3_600_000, validates: 'none', boundedBy: ['idle_timeout', 'max_lifetime'] },
        ]);
        expect(await taken('idle_timeout')).toBeNull();
        const socket = await connected();
        const write = vi.spyOn(socket, 'write');
        await onPostgres({ max: 1, socket: () => socket }, async (sql) => {
          await sql.unsafe('SELECT 1');
          write.mockClear();
          await sql.unsafe('SELECT 1');
          // The statement itself: a letter, the length, the text and a zero.
          expect(write.mock.calls.map(([chunk]) => String(chunk))).toEqual(['Q\0\0\0\rSELECT 1\0']);
        });
      },
      'postgres',
    ),
    run(
      ['keep_alive: default', 'keep_alive: text'],
      'probes begin after 60 s, or a time that is given as a number or as text',
      async () => {
        expect(catalogSays(postgresJs, 'keep_alive')).toMatchObject({ default: 60, text: 'literal', unit: 's' });
        const probes = async (options: Options) => {
          const socket = await connected();
          const setKeepAlive = vi.spyOn(socket, 'setKeepAlive');
          await onPostgres({ max: 1, ...options, socket: () => socket }, (sql) => sql`SELECT 1`);
          return setKeepAlive.mock.calls;
        };
        expect(await probes({})).toEqual([[true, 60_000]]);
        expect(await probes({ keep_alive: '5' })).toEqual([[true, 5_000]]);
      },
      'postgres',
    ),
    run(
      ['connection.statement_timeout: default', 'connection.statement_timeout: zero', 'wait for query'],
      'a statement takes its time unless a setting of the server ends it, to which 0 is not sent',
      async () => {
        expect(catalogSays(postgresJs, 'connection.statement_timeout')).toEqual({
          default: 'none',
          zero: 'default',
          unit: 'ms',
        });
        expect(waitOf(postgresJs, 'query')).toMatchObject({ default: 'none', endedBy: ['connection.statement_timeout'] });
        const show = (connection: Options) =>
          onPostgres(
            { connection },
            async (sql) => (await sql<{ statement_timeout: string }[]>`SHOW statement_timeout`)[0]?.statement_timeout,
          );
        // A setting of the server's own, which a 0 would overwrite if it were sent.
        const own = { options: '-c statement_timeout=7000' };
        expect(await show({})).toBe('0');
        expect(await show({ ...own, statement_timeout: 0 })).toBe('7s');
        expect(await show({ ...own, statement_timeout: 70 })).toBe('70ms');
        await onPostgres({ connection: { statement_timeout: 40 } }, async (sql) => {
          const sleep = sql`SELECT pg_sleep(0.3)`.then(() => undefined);
          expect((await failure(sleep)).message).toBe('canceling statement due to statement timeout');
        });
        await onPostgres({ idle_timeout: 0.05 }, (sql) => sql`SELECT pg_sleep(0.2)`);
      },
      'postgres',
    ),
    run(
      ['timeout: default', 'timeout: zero'],
      'the end waits for what is reserved, unless a time is given; with 0 it does not wait',
      async () => {
        expect(catalogSays(postgresJs, 'timeout')).toEqual({ default: 'none', zero: 'immediate', unit: 's' });
        await onPostgres({}, async (sql) => {
          await sql.reserve();
          const end = sql.end();
          expect(await outcome(end)).toBe('pending');
        });
        for (const timeout of [0, 0.03]) {
          await onPostgres({}, async (sql) => {
            await sql.reserve();
            expect(await outcome(sql.end({ timeout }), 5_000)).toBe('fulfilled');
          });
        }
      },
      'postgres',
    ),
    run(['ignored connectionLimit', 'ignored poolSize', 'ignored pool.max'], 'max stays 10', async () => {
      for (const option of ['connectionLimit', 'poolSize', 'pool.max']) {
        expect(ignored(option)).toMatchObject({ because: 'other-name', instead: 'max' });
      }
      expect(await taken('max', { connectionLimit: 3, poolSize: 3, pool: { max: 3 } })).toBe(10);
    }),
    run(
      ['ignored idleTimeoutMillis', 'ignored connectionTimeoutMillis', 'ignored maxLifetimeSeconds'],
      'the names of pg are not read',
      async () => {
        const options = { idleTimeoutMillis: 5, connectionTimeoutMillis: 5, maxLifetimeSeconds: 5 };
        expect(await taken('idle_timeout', options)).toBeNull();
        expect(await taken('connect_timeout', options)).toBe(30);
        expect(await taken('max_lifetime', options)).toBeTypeOf('function');
        for (const [option, instead] of [
          ['idleTimeoutMillis', 'idle_timeout'],
          ['connectionTimeoutMillis', 'connect_timeout'],
          ['maxLifetimeSeconds', 'max_lifetime'],
        ] as const) {
          expect(ignored(option)).toMatchObject({ because: 'other-name', instead });
        }
      },
    ),
    run(
      [...TIMES, 'max_pipeline'].map((name) => `parameter ${name}`),
      'the query of a URL sets the option',
      async () => {
        for (const name of [...TIMES, 'max_pipeline']) {
          expect(await taken(name, `postgres://127.0.0.1:1/postgres?${name}=7`)).toBe(7);
        }
      },
    ),
    run(
      ['ignored parameter max'],
      'a number in a URL is text, so that it opens one connection',
      async () => {
        expect(ignoredParameter('max')).toMatchObject({ instead: 'max' });
        await expectOne(await urlOf('?max=5'));
      },
      'postgres',
    ),
    run(
      ['ignored parameter connection_limit', 'ignored parameter pool_timeout'],
      'is sent to the server as a setting, which refuses the connection',
      async () => {
        for (const name of ['connection_limit', 'pool_timeout']) {
          expect(ignoredParameter(name)?.does).toContain('every query fails');
          await withSql(await urlOf(`?${name}=3`), async (sql) => {
            expect((await failure(sql`SELECT 1`.then(() => undefined))).message).toBe(
              `unrecognized configuration parameter "${name}"`,
            );
          });
        }
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
