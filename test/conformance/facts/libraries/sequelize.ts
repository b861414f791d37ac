/** What the options of Sequelize do. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Options as SequelizeOptions, Sequelize } from 'sequelize';
import { expect, vi } from 'vitest';
import { sequelize as descriptor } from '../../../../src/catalog/libraries/sequelize.js';
import { follow, invoke } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

/** Options may hold what their types forbid: that is what is tried. */
type Options = Readonly<Record<string, unknown>>;

/** The pool of sequelize-pool. */
interface Pool {
  readonly available: number;
  readonly destroyAllNow: () => Promise<void>;
}

const poolOf = (sequelize: Sequelize) => follow(sequelize, 'connectionManager.pool') as Options & Pool;
const take = (sequelize: Sequelize) => () => sequelize.connectionManager.getConnection({ type: 'write' });
const give = (sequelize: Sequelize, connection: object) => sequelize.connectionManager.releaseConnection(connection);

/** Runs something with an instance, whose connections are cut afterwards. */
async function withSequelize<T>(options: Options | string, use: (sequelize: Sequelize) => Promise<T> | T): Promise<T> {
  const { Sequelize } = await import('sequelize');
  const sequelize =
    typeof options === 'string'
      ? new Sequelize(options, { logging: false })
      : new Sequelize({ dialect: 'postgres', logging: false, databaseVersion: '15.0.0', ...options } as SequelizeOptions);
  try {
    return await use(sequelize);
  } finally {
    const pool = poolOf(sequelize);
    const held = (pool['_inUseObjects'] as readonly { readonly resource: object }[]).map(({ resource }) => resource);
    // No request that waits gets what is given back.
    Object.assign(pool, { _pendingAcquires: [] });
    for (const connection of held) give(sequelize, connection);
    await pool.destroyAllNow();
  }
}

const onPostgres = async <T>(options: Options, use: (sequelize: Sequelize) => Promise<T> | T): Promise<T> =>
  withSequelize(
    {
      host: '127.0.0.1',
      port: await portOf('postgres'),
      username: 'postgres',
      password: 'postgres',
      database: 'postgres',
      ...options,
    },
    use,
  );

/** What the pool takes an option for. */
const taken = (member: string, options: Options | string) => withSequelize(options, (sequelize) => poolOf(sequelize)[member]);

/** How many of two connections are left when they were idle for a while. */
const left = (pool: Options) =>
  onPostgres({ pool: { evict: 10, ...pool } }, async (sequelize) => {
    const connections = await Promise.all([take(sequelize)(), take(sequelize)()]);
    for (const connection of connections) give(sequelize, connection);
    expect(poolOf(sequelize).available).toBe(2);
    await delay(120);
    return poolOf(sequelize).available;
  });

/** How many connections serve three requests, one after the other. */
const connections = (pool: Options) =>
  onPostgres({ pool }, async (sequelize) => {
    const seen = new Set<object>();
    for (let use = 0; use < 3; use++) {
      const connection = await take(sequelize)();
      seen.add(connection);
      give(sequelize, connection);
    }
    return seen.size;
  });

const show = (dialectOptions: Options) =>
  onPostgres({ dialectOptions }, async (sequelize) => {
    const [rows] = await sequelize.query("SELECT current_setting('statement_timeout') AS value");
    return follow(rows, '0.value');
  });

const sleeping = (dialectOptions: Options) =>
  onPostgres({ dialectOptions }, (sequelize) => outcome(sequelize.query('SELECT pg_sleep(0.15)'), 5_000));

const POOL_OF_DEFAULTS = {
  maxSize: 5,
  minSize: 0,
  acquireTimeoutMillis: 60_000,
  idleTimeoutMillis: 10_000,
  reapIntervalMillis: 1_000,
  maxUsesPerResource: Number.POSITIVE_INFINITY,
};

const read = (options: Options | string) =>
  withSequelize(options, (sequelize) => {
    const pool = poolOf(sequelize);
    return Object.fromEntries(Object.keys(POOL_OF_DEFAULTS).map((member) => [member, pool[member]]));
  });

export default {
  library: 'sequelize',
  packages: ['sequelize', 'sequelize-pool', 'pg', 'mysql2'],
  checks: [
    run(
      ['zero', 'negative', 'null', 'nan', 'text', 'float'].map((aspect) => `pool.max: ${aspect}`),
      'the constructor throws unless it is a positive whole number',
      async () => {
        const said = catalogSays(descriptor, 'pool.max') as Options;
        const values = { zero: 0, negative: -1, null: null, nan: Number.NaN, text: '3', float: 2.5 };
        for (const [aspect, max] of Object.entries(values)) {
          expect(said[aspect], aspect).toBe('throws');
          await expect(
            withSequelize({ pool: { max } }, () => undefined),
            aspect,
          ).rejects.toThrow('max must be an integer > 0');
        }
      },
    ),
    run(
      ['pool.max: default', 'pool.max: infinity'],
      'five connections, and any number with Infinity',
      async () => {
        expect(catalogSays(descriptor, 'pool.max')).toMatchObject({ default: 5, infinity: 'unlimited' });
        await onPostgres({}, (sequelize) => expectLimit(5, take(sequelize)));
        await onPostgres({ pool: { max: Number.POSITIVE_INFINITY } }, (sequelize) => expectGranted(12, take(sequelize)));
      },
      'postgres',
    ),
    run(['pool.min: negative', 'pool.maxUses: negative'], 'the constructor throws for a negative number', async () => {
      expect(catalogSays(descriptor, 'pool.min')).toMatchObject({ negative: 'throws' });
      expect(catalogSays(descriptor, 'pool.maxUses')).toMatchObject({ negative: 'throws' });
      const make = (pool: Options) => withSequelize({ pool }, () => undefined);
      await expect(make({ min: -1 })).rejects.toThrow('min must be an integer >= 0');
      await expect(make({ maxUses: -1 })).rejects.toThrow('maxUses must be an integer >= 0');
    }),
    run(
      ['pool.min: default', 'pool.min: zero', 'recycling'],
      'what is idle for 10 s is closed down to min, none by default; it is tried by the state of its socket only',
      async () => {
        expect(catalogSays(descriptor, 'pool.min')).toMatchObject({ default: 0, zero: 'none' });
        expect(descriptor.recycling).toMatchObject([
          { idle: 10_000, keeps: 'pool.min', lifetime: 'none', validates: 'socket', boundedBy: ['pool.idle'] },
        ]);
        expect(await read({})).toMatchObject({ minSize: 0, idleTimeoutMillis: 10_000 });
        expect(
          await Promise.all([left({ idle: 20 }), left({ idle: 20, min: 0 }), left({ idle: 20, min: 1 }), left({})]),
        ).toEqual([0, 0, 1, 2]);
        await onPostgres({}, async (sequelize) => {
          const first = await take(sequelize)();
          const write = vi.spyOn(follow(first, 'connection.stream') as { readonly write: () => boolean }, 'write');
          give(sequelize, first);
          expect(await take(sequelize)()).toBe(first);
          expect(write).not.toHaveBeenCalled();
          give(sequelize, first);
          invoke(follow(first, 'connection.stream'), 'destroy');
          await delay(20);
          expect(await take(sequelize)()).not.toBe(first);
        });
      },
      'postgres',
    ),
    run(
      ['pool.maxUses: default', 'pool.maxUses: zero'],
      'a connection is used any number of times unless a positive number is given',
      async () => {
        expect(catalogSays(descriptor, 'pool.maxUses')).toMatchObject({ default: 'unlimited', zero: 'unlimited' });
        expect(await connections({ maxUses: 1 })).toBe(3);
        expect(await connections({})).toBe(1);
        expect(await connections({ maxUses: 0 })).toBe(1);
        expect(await taken('maxUsesPerResource', { pool: { maxUses: 0 } })).toBe(Number.POSITIVE_INFINITY);
      },
      'postgres',
    ),
    run(
      ['pool.acquire: default', 'wait for acquire'],
      'the wait for a connection ends after 60 s, or that time',
      async () => {
        expect(catalogSays(descriptor, 'pool.acquire')).toMatchObject({ default: 60_000, unit: 'ms' });
        expect(descriptor.waits?.[0]).toMatchObject({ for: 'acquire', default: 60_000, endedBy: ['pool.acquire'] });
        expect(await taken('acquireTimeoutMillis', {})).toBe(60_000);
        await onPostgres({ pool: { max: 1, acquire: 300 } }, async (sequelize) => {
          await take(sequelize)();
          expect((await failure(take(sequelize)())).name).toBe('SequelizeConnectionAcquireTimeoutError');
        });
      },
      'postgres',
    ),
    run(
      [
        'pool.acquire: zero',
        'pool.acquire: null',
        'pool.idle: default',
        'pool.idle: zero',
        'pool.idle: null',
        'pool.evict: default',
        'pool.evict: zero',
      ],
      '0 and null are taken for the defaults of sequelize-pool: 30 s, 30 s and 1 s',
      async () => {
        expect(catalogSays(descriptor, 'pool.acquire')).toMatchObject({ zero: 'becomes 30000', null: 'becomes 30000' });
        expect(catalogSays(descriptor, 'pool.idle')).toEqual({
          default: 10_000,
          unit: 'ms',
          zero: 'becomes 30000',
          null: 'becomes 30000',
        });
        expect(catalogSays(descriptor, 'pool.evict')).toEqual({ default: 1_000, unit: 'ms', zero: 'default' });
        expect(await read({})).toEqual(POOL_OF_DEFAULTS);
        for (const value of [0, null]) {
          expect(await read({ pool: { acquire: value, idle: value, evict: value } })).toMatchObject({
            acquireTimeoutMillis: 30_000,
            idleTimeoutMillis: 30_000,
            reapIntervalMillis: 1_000,
          });
        }
      },
    ),
    run(
      ['dialectOptions.statement_timeout: default', 'dialectOptions.statement_timeout: zero'],
      'is a setting of the server, to which neither the default nor 0 is sent',
      async () => {
        expect(catalogSays(descriptor, 'dialectOptions.statement_timeout')).toEqual({
          default: 'none',
          unit: 'ms',
          zero: 'default',
        });
        // A setting of the server's own, which a 0 would overwrite if it were sent.
        const own = { options: '-c statement_timeout=7000' };
        expect(await show({})).toBe('0');
        expect(await show(own)).toBe('7s');
        expect(await show({ ...own, statement_timeout: 0 })).toBe('7s');
        expect(await show({ ...own, statement_timeout: 70 })).toBe('70ms');
      },
      'postgres',
    ),
    run(
      ['dialectOptions.query_timeout: default', 'dialectOptions.query_timeout: zero', 'wait for query'],
      'a statement takes its time unless query_timeout or statement_timeout is positive',
      async () => {
        expect(catalogSays(descriptor, 'dialectOptions.query_timeout')).toEqual({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
        });
        expect(descriptor.waits?.[1]).toMatchObject({
          for: 'query',
          default: 'none',
          endedBy: ['dialectOptions.statement_timeout', 'dialectOptions.query_timeout'],
        });
        expect(
          await Promise.all([
            sleeping({}),
            sleeping({ query_timeout: 0 }),
            sleeping({ query_timeout: 40 }),
            sleeping({ statement_timeout: 40 }),
          ]),
        ).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
      },
      'postgres',
    ),
    run(
      ['dialectOptions.connectTimeout: default'],
      'over MySQL a connection may take 10 s, or that time',
      async () => {
        expect(catalogSays(descriptor, 'dialectOptions.connectTimeout')).toMatchObject({ default: 10_000, unit: 'ms' });
        const server = { host: '127.0.0.1', port: await portOf('mariadb'), username: 'root', database: 'pooled' };
        const timeout = (dialectOptions: Options) =>
          withSequelize({ ...server, dialect: 'mysql', dialectOptions }, async (sequelize) =>
            follow(await take(sequelize)(), 'config.connectTimeout'),
          );
        expect(await timeout({})).toBe(10_000);
        expect(await timeout({ connectTimeout: 7_000 })).toBe(7_000);
      },
      'mariadb',
    ),
    run(['relation pool.min at-most pool.max'], 'the constructor throws for a min above max', async () => {
      expect(descriptor.relations?.[0]).toMatchObject({ kind: 'at-most', given: 'either' });
      const make = (pool: Options) => withSequelize({ pool }, () => undefined);
      await expect(make({ min: 3, max: 2 })).rejects.toThrow('max is smaller than min');
      await expect(make({ min: 6 })).rejects.toThrow('max is smaller than min');
    }),
    run(
      ['relation pool.acquire at-most dialectOptions.statement_timeout'],
      'the wait for a connection goes on when the time of a statement is over',
      () =>
        onPostgres({ pool: { max: 1 }, dialectOptions: { statement_timeout: 40 } }, async (sequelize) => {
          await take(sequelize)();
          expect(await outcome(sequelize.query('SELECT 1'), 150)).toBe('pending');
        }),
      'postgres',
    ),
    run(
      [
        ...['max', 'min', 'acquire', 'idle', 'poolSize', 'maxConnections'],
        ...['pool.maxConnections', 'pool.acquireTimeoutMillis', 'pool.idleTimeoutMillis'],
      ].map((option) => `ignored ${option}`),
      'what stands beside the pool and names of other libraries are not read',
      async () => {
        const beside = { max: 3, min: 1, acquire: 3, idle: 3, poolSize: 3, maxConnections: 3 };
        for (const [option, value] of Object.entries(beside)) {
          expect(await read({ [option]: value }), option).toEqual(POOL_OF_DEFAULTS);
        }
        for (const option of ['maxConnections', 'acquireTimeoutMillis', 'idleTimeoutMillis']) {
          expect(await read({ pool: { [option]: 3 } }), option).toEqual(POOL_OF_DEFAULTS);
        }
      },
    ),
    run(['ignored parameter max'], 'the query of a URL does not set the size of the pool', async () => {
      for (const scheme of ['postgres', 'mysql']) {
        expect(await taken('maxSize', `${scheme}://user:secret@127.0.0.1:1/pooled?max=3`)).toBe(5);
      }
    }),
  ],
} satisfies LibraryChecks;
