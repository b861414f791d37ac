/** What the options of tarn do. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool as TarnPool } from 'tarn';
import { expect, vi } from 'vitest';
import { tarn } from '../../../../src/catalog/libraries/tarn.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
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
type Pool = TarnPool<object>;

const create = () => Promise.resolve({});
const slowly = () => delay(60, {});

/** Runs something with a pool of plain objects. */
async function withPool<T>(options: Options, use: (pool: Pool) => Promise<T> | T): Promise<T> {
  const { Pool } = await import('tarn');
  const pool = new Pool<object>({ create, destroy: () => undefined, min: 0, max: 2, ...options });
  try {
    return await use(pool);
  } finally {
    // What is still held would be waited for.
    void pool.destroy();
  }
}

const subject: TarnLibrary = { library: tarn, make: (options) => withPool(options, () => undefined) };
const take = (pool: Pool) => () => pool.acquire().promise;
const times = ['acquireTimeoutMillis', 'createTimeoutMillis', 'destroyTimeoutMillis', 'idleTimeoutMillis'] as const;

/** Runs something without the warning that Node gives for a time that no timer can hold. */
async function withoutWarnings(use: () => Promise<void>): Promise<void> {
  const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  try {
    await use();
  } finally {
    warning.mockRestore();
  }
}

/** What has become of three resources that are given back. */
const left = (options: Options) =>
  withPool({ max: 3, reapIntervalMillis: 10, ...options }, async (pool) => {
    const taken = await Promise.all([take(pool)(), take(pool)(), take(pool)()]);
    for (const resource of taken) pool.release(resource);
    await delay(120);
    return pool.numFree();
  });

export default {
  library: 'tarn',
  packages: ['tarn'],
  checks: [
    tarnRefusal(subject, 'max', { ...REFUSED, undefined: undefined }, BAD_MAX),
    tarnRefusal(subject, 'min', { ...REFUSED_SIZES, undefined: undefined }, BAD_MIN),
    tarnRefusal(subject, 'min', { infinity: Number.POSITIVE_INFINITY }, MIN_ABOVE_MAX),
    ...times.map((option) => tarnRefusal(subject, option, REFUSED, badTime(option))),
    run(['max: default', 'min: default'], 'both have to be given', async () => {
      expect(catalogSays(tarn, 'max').default).toBeNull();
      expect(catalogSays(tarn, 'min').default).toBeNull();
      const { Pool } = await import('tarn');
      const rest = { create, destroy: () => undefined };
      expect(() => new Pool({ ...rest, min: 0 } as never)).toThrow(BAD_MAX);
      expect(() => new Pool({ ...rest, max: 1 } as never)).toThrow(BAD_MIN);
    }),
    run(['max: infinity'], 'Infinity lifts the limit', async () => {
      expect(catalogSays(tarn, 'max')).toMatchObject({ infinity: 'unlimited' });
      await withPool({ max: Number.POSITIVE_INFINITY }, (pool) => expectGranted(20, take(pool)));
      await withPool({ max: 2 }, (pool) => expectLimit(2, take(pool)));
    }),
    run(
      ['min: zero', 'recycling', 'idleTimeoutMillis: default', 'idleTimeoutMillis: infinity'],
      'what is idle is destroyed down to min, after 30 s by default and never with Infinity; nothing is tried',
      async () => {
        expect(catalogSays(tarn, 'min')).toMatchObject({ zero: 'none' });
        expect(catalogSays(tarn, 'idleTimeoutMillis')).toMatchObject({ default: 30_000, infinity: 'unlimited', unit: 'ms' });
        expect(tarn.recycling).toMatchObject([
          { idle: 30_000, keeps: 'min', lifetime: 'none', validates: 'none', boundedBy: ['idleTimeoutMillis'] },
        ]);
        await withPool({}, (pool) => {
          expect(pool).toMatchObject({ idleTimeoutMillis: 30_000 });
          // Whatever it is, it counts as good.
          expect((pool as unknown as { readonly validate: (resource: unknown) => unknown }).validate(null)).toBe(true);
        });
        expect(
          await Promise.all([
            left({ idleTimeoutMillis: 20, min: 0 }),
            left({ idleTimeoutMillis: 20, min: 1 }),
            left({ idleTimeoutMillis: Number.POSITIVE_INFINITY }),
            left({}),
          ]),
        ).toEqual([0, 1, 3, 3]);
      },
    ),
    run(
      ['acquireTimeoutMillis: default', 'wait for acquire'],
      'the wait for a resource ends after 30 s, or that time',
      async () => {
        expect(catalogSays(tarn, 'acquireTimeoutMillis')).toMatchObject({ default: 30_000, unit: 'ms' });
        expect(tarn.waits).toMatchObject([{ for: 'acquire', default: 30_000, endedBy: ['acquireTimeoutMillis'] }]);
        await withPool({ max: 1 }, async (pool) => {
          expect(pool).toMatchObject({ acquireTimeoutMillis: 30_000 });
          await expectLimit(1, take(pool));
        });
        await withPool({ max: 1, acquireTimeoutMillis: 30 }, async (pool) => {
          await take(pool)();
          expect((await failure(take(pool)())).message).toContain('timed out');
        });
        // A resource that is still being made counts as well.
        await withPool({ create: slowly, acquireTimeoutMillis: 20 }, async (pool) => {
          expect((await failure(take(pool)())).message).toContain('timed out');
        });
      },
    ),
    run(['acquireTimeoutMillis: infinity'], 'Infinity is no time for a timer: the wait is over at once', async () => {
      expect(catalogSays(tarn, 'acquireTimeoutMillis')).toMatchObject({ infinity: 'immediate' });
      await withoutWarnings(() =>
        withPool({ create: slowly, acquireTimeoutMillis: Number.POSITIVE_INFINITY }, async (pool) => {
          expect((await failure(take(pool)())).message).toContain('timed out');
        }),
      );
    }),
    run(
      ['createTimeoutMillis: default', 'createTimeoutMillis: infinity'],
      'making a resource may take 30 s, or that time, and none with Infinity',
      async () => {
        expect(catalogSays(tarn, 'createTimeoutMillis')).toMatchObject({ default: 30_000, infinity: 'immediate', unit: 'ms' });
        await withPool({}, (pool) => expect(pool).toMatchObject({ createTimeoutMillis: 30_000 }));
        const made = (options: Options) =>
          withPool({ create: slowly, propagateCreateError: true, ...options }, (pool) => outcome(take(pool)(), 5_000));
        await withoutWarnings(async () => {
          expect(await made({ createTimeoutMillis: Number.POSITIVE_INFINITY })).toBe('rejected');
        });
        expect(await made({ createTimeoutMillis: 20 })).toBe('rejected');
        expect(await made({})).toBe('fulfilled');
      },
    ),
    run(
      ['destroyTimeoutMillis: default', 'destroyTimeoutMillis: infinity'],
      'destroying a resource may take 5 s, or that time, and none with Infinity',
      async () => {
        expect(catalogSays(tarn, 'destroyTimeoutMillis')).toMatchObject({ default: 5_000, infinity: 'immediate', unit: 'ms' });
        await withPool({}, (pool) => expect(pool).toMatchObject({ destroyTimeoutMillis: 5_000 }));
        const destroyed = async (options: Options) => {
          const log: string[] = [];
          await withPool({ destroy: slowly, ...options }, async (pool) => {
            pool.on('destroyFail', (_id, _resource, error) => log.push(error.message));
            pool.on('destroySuccess', () => log.push('done'));
            pool.release(await take(pool)());
            await pool.destroy();
          });
          return log;
        };
        await withoutWarnings(async () => {
          const log = await destroyed({ destroyTimeoutMillis: Number.POSITIVE_INFINITY });
          expect(log).toEqual([expect.stringContaining('timed out')]);
        });
        expect(await destroyed({ destroyTimeoutMillis: 20 })).toEqual([expect.stringContaining('timed out')]);
        expect(await destroyed({})).toEqual(['done']);
      },
    ),
    run(['relation min at-most max'], 'a min above max is refused', async () => {
      expect(tarn.relations).toMatchObject([{ kind: 'at-most', left: 'min', right: 'max', given: 'both' }]);
      await expect(withPool({ min: 3, max: 2 }, () => undefined)).rejects.toThrow(MIN_ABOVE_MAX);
    }),
    run(['ignored acquire', 'ignored idle', 'ignored maxUses'], 'a name that tarn does not know is refused', async () => {
      for (const option of ['acquire', 'idle', 'maxUses']) {
        expect(tarn.ignored?.find((entry) => entry.option === option)?.does).toContain('throws');
        await expect(withPool({ [option]: 5 }, () => undefined)).rejects.toThrow(`unsupported option opt.${option}`);
      }
    }),
  ],
} satisfies LibraryChecks;
