/** What the options of the pool of pg do, for every library that is built on it or carries a copy of its code. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import type { LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { follow, invoke } from '../../support/members.js';
import { run, type Check } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from './catalog-says.js';
import { outcome } from './outcome.js';
import { openMute, withSite, type Site } from './site.js';
import { expectGranted, expectLimit, failure } from './waiting.js';

/** Options may hold what their types forbid: that is what is tried. */
export type Options = Readonly<Record<string, unknown>>;

/** A connection that was taken out of the pool. */
export interface PgClient {
  readonly processID?: number | null;
  readonly query: (query: unknown) => Promise<{ readonly rows: readonly Readonly<Record<string, unknown>>[] }>;
  readonly release: (destroy?: boolean) => void;
}

/** The pool, with what these checks look at. */
export interface PgPool {
  readonly options: Options;
  readonly totalCount: number;
  readonly connect: () => Promise<PgClient>;
  readonly query: PgClient['query'];
  readonly end: () => Promise<void>;
  readonly on: (event: 'connect' | 'error', listener: (value: never) => void) => unknown;
}

/** A library with such a pool. */
export interface PgLibrary {
  readonly library: LibraryDescriptor;
  /** What stands in front of the names of the options in the catalog. */
  readonly prefix?: string;
  /** Makes a pool with options of pg. */
  readonly open: (options: Options) => Promise<PgPool>;
  /** What has to be there while the pool is. */
  readonly around?: <T>(use: () => Promise<T>) => Promise<T>;
}

/** Options that lead to a PostgreSQL server. */
export const toPostgres = async (): Promise<Options> => toPort(await portOf('postgres'));

/** Options that lead to a port of this machine. */
export const toPort = (port: number): Options => ({
  host: '127.0.0.1',
  port,
  user: 'postgres',
  password: 'postgres',
  database: 'postgres',
});

/** Runs something with a server that takes connections and never answers. */
export const withMute = (test: (site: Site) => Promise<void>) => withSite(test, openMute);

/** Runs something with a pool, whose connections are cut afterwards, so that nothing has to be given back. */
export async function withPgPool<T>(
  { around = (run) => run(), open }: Pick<PgLibrary, 'around' | 'open'>,
  options: Options,
  use: (pool: PgPool) => Promise<T> | T,
): Promise<T> {
  return around(async () => useAndCut(await open(options), use));
}

async function useAndCut<T>(pool: PgPool, use: (pool: PgPool) => Promise<T> | T): Promise<T> {
  const ignore = () => undefined;
  pool.on('error', ignore);
  pool.on('connect', (client: { readonly on: (event: 'error', listener: () => void) => void }) => {
    client.on('error', ignore);
  });
  try {
    return await use(pool);
  } finally {
    for (const client of follow(pool, '_clients') as readonly unknown[]) {
      invoke(follow(client, 'connection.stream'), 'destroy');
    }
    // What is still held would be waited for.
    void pool.end().catch(ignore);
  }
}

const NOTHING = [0, null, Number.NaN];

/** Checks for the facts of `pgLimits`, `pgPoolTimeouts`, `pgRecycling` and the waits for a connection. */
export function pgPoolChecks(subject: PgLibrary): readonly Check[] {
  const { library, prefix = '' } = subject;
  const ids = (option: string, ...aspects: readonly string[]) => aspects.map((aspect) => `${prefix}${option}: ${aspect}`);
  const says = (option: string) => catalogSays(library, prefix + option);
  const withPool = <T>(options: Options, use: (pool: PgPool) => Promise<T> | T) => withPgPool(subject, options, use);
  /** What the pool takes an option for. */
  const taken = (option: string, options: Options = {}) => withPool(options, (pool) => pool.options[option]);

  /** Whether a connection is closed that is not used for a while. */
  const idle = async (options: Options, milliseconds = 150): Promise<'closed' | 'open'> =>
    withPool({ ...(await toPostgres()), ...options }, async (pool) => {
      await pool.query('SELECT 1');
      expect(pool.totalCount).toBe(1);
      await delay(milliseconds);
      return pool.totalCount === 0 ? 'closed' : 'open';
    });

  /** How many backends answer three statements, one after the other. */
  const backends = async (options: Options) =>
    withPool({ ...(await toPostgres()), ...options }, async (pool) => {
      const seen = new Set<unknown>();
      for (let use = 0; use < 3; use++) {
        const { rows } = await pool.query('SELECT pg_backend_pid() AS pid');
        seen.add(rows[0]?.['pid']);
      }
      return seen.size;
    });

  return [
    run(
      ids('max', 'default', 'zero', 'null', 'nan', 'empty'),
      'ten connections, also for 0, null, NaN and empty text',
      async () => {
        expect(says('max')).toMatchObject({ default: 10, zero: 'default', null: 'default', nan: 'default', empty: 'default' });
        for (const max of [...NOTHING, '']) expect(await taken('max', { max })).toBe(10);
        expect(await taken('max')).toBe(10);
        await withPool({ ...(await toPostgres()), max: 0 }, (pool) => expectLimit(10, () => pool.connect()));
      },
      'postgres',
    ),
    run(ids('max', 'negative'), 'a negative max opens nothing and every request waits', async () => {
      expect(says('max')).toMatchObject({ negative: 'blocks' });
      await withMute(async ({ port, opened }) => {
        await withPool({ ...toPort(port), max: -1 }, async (pool) => {
          expect(await outcome(pool.query('SELECT 1'))).toBe('pending');
          expect(opened()).toBe(0);
        });
      });
    }),
    run(
      ids('max', 'infinity', 'text', 'float'),
      'Infinity lifts the limit, text counts as the number in it, and 2.5 opens 3 connections',
      async () => {
        expect(says('max')).toMatchObject({ infinity: 'unlimited', text: 'literal', float: 'literal' });
        const server = await toPostgres();
        await withPool({ ...server, max: Number.POSITIVE_INFINITY }, (pool) => expectGranted(12, () => pool.connect()));
        await withPool({ ...server, max: '2' }, (pool) => expectLimit(2, () => pool.connect()));
        await withPool({ ...server, max: 2.5 }, (pool) => expectLimit(3, () => pool.connect()));
      },
      'postgres',
    ),
    run(
      ids('min', 'default', 'zero'),
      'min opens nothing, and keeps what is open: nothing by default and with 0',
      async () => {
        expect(says('min')).toMatchObject({ default: 0, zero: 'none' });
        expect(await taken('min')).toBe(0);
        expect(await withPool({ ...(await toPostgres()), min: 1 }, ({ totalCount }) => totalCount)).toBe(0);
        expect(await Promise.all([{}, { min: 0 }, { min: 1 }].map((min) => idle({ ...min, idleTimeoutMillis: 20 })))).toEqual([
          'closed',
          'closed',
          'open',
        ]);
      },
      'postgres',
    ),
    run(
      ids('maxUses', 'default', 'zero', 'null', 'nan', 'infinity'),
      'a connection is used any number of times unless maxUses is positive and finite',
      async () => {
        expect(says('maxUses')).toMatchObject({
          default: 'unlimited',
          zero: 'unlimited',
          null: 'unlimited',
          nan: 'unlimited',
          infinity: 'unlimited',
        });
        expect(await backends({ maxUses: 1 })).toBe(3);
        expect(await backends({})).toBe(1);
        for (const maxUses of [...NOTHING, Number.POSITIVE_INFINITY]) {
          expect(await taken('maxUses', { maxUses })).toBe(Number.POSITIVE_INFINITY);
          expect(await backends({ maxUses })).toBe(1);
        }
      },
      'postgres',
    ),
    run(
      [...ids('connectionTimeoutMillis', 'default', 'zero', 'negative'), 'wait for connect'],
      'a connection may take for ever by default and with 0, and fails at once with a negative time',
      async () => {
        expect(says('connectionTimeoutMillis')).toMatchObject({
          default: 'none',
          zero: 'unlimited',
          negative: 'immediate',
          unit: 'ms',
        });
        expect(waitOf(library, 'connect')).toMatchObject({ default: 'none', endedBy: [`${prefix}connectionTimeoutMillis`] });
        await withMute(async ({ port }) => {
          for (const options of [{}, { connectionTimeoutMillis: 0 }]) {
            await withPool({ ...toPort(port), ...options }, async (pool) => {
              expect(await outcome(pool.connect())).toBe('pending');
            });
          }
          for (const connectionTimeoutMillis of [30, -1]) {
            await withPool({ ...toPort(port), connectionTimeoutMillis }, async (pool) => {
              expect((await failure(pool.connect())).message).toMatch(/timeout/u);
            });
          }
        });
      },
    ),
    run(
      ['wait for acquire'],
      'the wait for a free connection has no end without connectionTimeoutMillis',
      async () => {
        expect(waitOf(library, 'acquire')).toMatchObject({ default: 'none', endedBy: [`${prefix}connectionTimeoutMillis`] });
        const server = { ...(await toPostgres()), max: 1 };
        await withPool(server, (pool) => expectLimit(1, () => pool.connect()));
        await withPool({ ...server, connectionTimeoutMillis: 200 }, async (pool) => {
          await pool.connect();
          expect((await failure(pool.connect())).message).toBe('timeout exceeded when trying to connect');
        });
      },
      'postgres',
    ),
    run(
      [...ids('idleTimeoutMillis', 'default', 'zero', 'null'), 'recycling'],
      'an idle connection is closed after 10 s, never with 0 and null, and is not tried before it is handed out',
      async () => {
        expect(says('idleTimeoutMillis')).toMatchObject({ default: 10_000, zero: 'unlimited', null: 'unlimited', unit: 'ms' });
        expect(library.recycling?.[0]).toMatchObject({
          idle: 10_000,
          keeps: `${prefix}min`,
          lifetime: 'none',
          validates: 'none',
          boundedBy: [`${prefix}idleTimeoutMillis`, `${prefix}maxLifetimeSeconds`],
        });
        expect(await taken('idleTimeoutMillis')).toBe(10_000);
        expect(await taken('maxLifetimeSeconds')).toBe(0);
        expect(await idle({ idleTimeoutMillis: 20 })).toBe('closed');
        for (const idleTimeoutMillis of [0, null]) {
          await withPool({ ...(await toPostgres()), idleTimeoutMillis }, async (pool) => {
            await pool.query('SELECT 1');
            // No timer, where there is one otherwise.
            expect(follow(pool, '_idle.0.timeoutId')).toBeUndefined();
          });
        }
        await withPool(await toPostgres(), async (pool) => {
          const client = await pool.connect();
          client.release();
          expect(follow(pool, '_idle.0.timeoutId')).toBeDefined();
          const write = vi.spyOn(follow(client, 'connection.stream') as { readonly write: () => boolean }, 'write');
          expect(await pool.connect()).toBe(client);
          expect(write).not.toHaveBeenCalled();
        });
      },
      'postgres',
    ),
    run(
      ids('maxLifetimeSeconds', 'default', 'zero', 'null', 'nan'),
      'a connection may grow old unless a positive number of seconds is given',
      async () => {
        expect(says('maxLifetimeSeconds')).toMatchObject({
          default: 'none',
          zero: 'unlimited',
          null: 'unlimited',
          nan: 'unlimited',
          unit: 's',
        });
        for (const maxLifetimeSeconds of NOTHING) expect(await taken('maxLifetimeSeconds', { maxLifetimeSeconds })).toBe(0);
        expect(
          await Promise.all([
            idle({ maxLifetimeSeconds: 0.05 }),
            idle({ maxLifetimeSeconds: 50 }),
            idle({ maxLifetimeSeconds: 0 }),
            idle({}),
          ]),
        ).toEqual(['closed', 'open', 'open', 'open']);
      },
      'postgres',
    ),
  ];
}

/** Checks for the facts of `pgConnectionTimeouts` and the wait for a statement. */
export function pgConnectionChecks(subject: PgLibrary): readonly Check[] {
  const { library, prefix = '' } = subject;
  const ids = (option: string, ...aspects: readonly string[]) => aspects.map((aspect) => `${prefix}${option}: ${aspect}`);
  const says = (option: string) => catalogSays(library, prefix + option);
  const withPool = async <T>(options: Options, use: (pool: PgPool) => Promise<T> | T) =>
    withPgPool(subject, { ...(await toPostgres()), ...options }, use);
  const show = (name: string, options: Options) =>
    withPool(options, async (pool) => (await pool.query(`SHOW ${name}`)).rows[0]?.[name]);

  return [
    run(
      [...ids('query_timeout', 'default', 'zero'), 'wait for query'],
      'a statement takes its time unless query_timeout or statement_timeout is positive',
      async () => {
        expect(says('query_timeout')).toMatchObject({ default: 'none', zero: 'unlimited', unit: 'ms' });
        expect(waitOf(library, 'query')).toMatchObject({
          default: 'none',
          endedBy: [`${prefix}statement_timeout`, `${prefix}query_timeout`],
        });
        const sleeping = (options: Options, sql = 'SELECT pg_sleep(0.15)') =>
          withPool(options, async (pool) => {
            try {
              await pool.query(sql);
              return 'done';
            } catch (error) {
              return (error as Error).message;
            }
          });
        expect(
          await Promise.all([
            sleeping({}),
            sleeping({ query_timeout: 0 }),
            sleeping({ query_timeout: 40 }),
            sleeping({ statement_timeout: 40 }),
          ]),
        ).toEqual(['done', 'done', 'Query read timeout', 'canceling statement due to statement timeout']);
      },
      'postgres',
    ),
    ...['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'].map((option) =>
      run(
        ids(option, 'default', 'zero'),
        'is a setting of the server, to which neither the default nor 0 is sent',
        async () => {
          expect(says(option)).toMatchObject({ default: 'none', zero: 'default', unit: 'ms' });
          expect(await show(option, {})).toBe('0');
          // A setting of the server's own, which a 0 would overwrite if it were sent.
          const own = { options: `-c ${option}=7000` };
          expect(await show(option, own)).toBe('7s');
          expect(await show(option, { ...own, [option]: 0 })).toBe('7s');
          expect(await show(option, { ...own, [option]: 70 })).toBe('70ms');
        },
        'postgres',
      ),
    ),
  ];
}

/** The first wait of that kind. */
export function waitOf(library: LibraryDescriptor, kind: 'acquire' | 'connect' | 'query', occurrence = 1) {
  return library.waits?.filter((wait) => wait.for === kind)[occurrence - 1];
}
