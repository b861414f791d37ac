import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'lightning-pool';
import { expect } from 'vitest';
import { lightningPool } from '../../../../src/catalog/libraries/lightning-pool.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome, rejection } from '../support/outcome.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** Something with a pool of objects, the list of those that it destroyed, and how often one was validated. */
async function withPool<T>(
  options: Given | undefined,
  use: (pool: Pool<object>, seen: { readonly destroyed: object[]; validated: number }) => Promise<T>,
): Promise<T> {
  const { createPool } = await import('lightning-pool');
  const seen = { destroyed: [] as object[], validated: 0 };
  const pool = createPool(
    {
      create: () => Promise.resolve({}),
      destroy: (resource: object) => {
        seen.destroyed.push(resource);
        return Promise.resolve();
      },
      validate: () => {
        seen.validated++;
        return Promise.resolve();
      },
    },
    options,
  );
  try {
    return await use(pool, seen);
  } finally {
    await pool.closeAsync(true);
  }
}

/** How many of `asked` requests get a resource that nobody gives back. */
function given(options: Given | undefined, asked = 12): Promise<number> {
  return withPool(options, async (pool) => {
    for (let count = 0; count < asked; count++) pool.acquire().then(undefined, () => undefined);
    await delay(20);
    return pool.acquired;
  });
}

/** How many of `asked` requests may wait while the only resource is taken. */
function waiting(maxQueue: unknown, asked: number): Promise<number> {
  return withPool({ max: 1, ...(maxQueue === undefined ? {} : { maxQueue }) }, async (pool) => {
    await pool.acquire();
    const outcomes = Array.from({ length: asked }, () => outcome(pool.acquire(), 40));
    return (await Promise.all(outcomes)).filter((how) => how === 'pending').length;
  });
}

/** How many idle resources are closed within a tenth of a second. */
function closed(options: Given): Promise<number> {
  return withPool({ houseKeepInterval: 10, ...options }, async (pool, { destroyed }) => {
    pool.release(await pool.acquire());
    await delay(100);
    return destroyed.length;
  });
}

const settled = (options: Given | undefined, name: 'acquireTimeoutMillis' | 'idleTimeoutMillis'): Promise<unknown> =>
  withPool(options, (pool) => Promise.resolve(pool.options[name]));

export default {
  library: 'lightning-pool',
  packages: ['lightning-pool'],
  checks: [
    run(
      ['max: default', 'max: negative', 'max: nan'],
      'hands out ten resources by default, and with a max that is negative or NaN',
      async () => {
        for (const options of [undefined, { max: -1 }, { max: Number.NaN }]) expect(await given(options)).toBe(10);
        expect(catalogSays(lightningPool, 'max')).toMatchObject({ default: 10, negative: 'default', nan: 'default' });
      },
    ),
    run(['max: zero', 'max: null'], 'hands out one resource with max 0 and null', async () => {
      for (const max of [0, null]) expect(await given({ max })).toBe(1);
      expect(catalogSays(lightningPool, 'max')).toMatchObject({ zero: 'becomes 1', null: 'becomes 1' });
    }),
    run(['max: infinity', 'max: text'], 'has no limit with max Infinity, and reads it from text', async () => {
      expect(await given({ max: Infinity }, 50)).toBe(50);
      expect(await given({ max: '3' })).toBe(3);
      expect(catalogSays(lightningPool, 'max')).toMatchObject({ infinity: 'unlimited', text: 'literal' });
    }),
    run(['min: default', 'min: zero'], 'makes min resources as soon as it is used, none by default', async () => {
      const sizes = (options: Given): Promise<number> =>
        withPool(options, async (pool) => {
          pool.start();
          await delay(20);
          return pool.size;
        });
      expect(await sizes({})).toBe(0);
      expect(await sizes({ min: 0 })).toBe(0);
      expect(await sizes({ min: 2 })).toBe(2);
      expect(catalogSays(lightningPool, 'min')).toMatchObject({ default: 0, zero: 'none' });
    }),
    run(
      ['maxQueue: default', 'maxQueue: negative', 'maxQueue: nan'],
      'lets a thousand wait by default, and with a maxQueue that is negative or NaN',
      async () => {
        for (const maxQueue of [undefined, -1, Number.NaN]) expect(await waiting(maxQueue, 1_005)).toBe(1_000);
        expect(catalogSays(lightningPool, 'maxQueue')).toMatchObject({ default: 1_000, negative: 'default', nan: 'default' });
      },
    ),
    run(['maxQueue: zero', 'maxQueue: null'], 'lets one wait with maxQueue 0 and null', async () => {
      for (const maxQueue of [0, null]) expect(await waiting(maxQueue, 3)).toBe(1);
      expect(catalogSays(lightningPool, 'maxQueue')).toMatchObject({ zero: 'becomes 1', null: 'becomes 1' });
    }),
    run(['maxQueue: infinity', 'maxQueue: text'], 'has no limit with maxQueue Infinity, and reads it from text', async () => {
      expect(await waiting(Infinity, 1_005)).toBe(1_005);
      expect(await waiting('2', 5)).toBe(2);
      expect(catalogSays(lightningPool, 'maxQueue')).toMatchObject({ infinity: 'unlimited', text: 'literal' });
    }),
    run(
      [
        'acquireTimeoutMillis: default',
        'acquireTimeoutMillis: zero',
        'acquireTimeoutMillis: negative',
        'acquireTimeoutMillis: nan',
        'wait for acquire',
      ],
      'waits for ever for a resource, also with 0, negative and NaN; a time ends the wait',
      async () => {
        const waits = (options: Given): Promise<string> =>
          withPool({ max: 1, ...options }, async (pool) => {
            await pool.acquire();
            return outcome(pool.acquire(), 60);
          });
        for (const acquireTimeoutMillis of [0, -1, Number.NaN]) {
          expect(await settled({ acquireTimeoutMillis }, 'acquireTimeoutMillis')).toBe(0);
          expect(await waits({ acquireTimeoutMillis })).toBe('pending');
        }
        expect(await waits({})).toBe('pending');
        expect(await waits({ acquireTimeoutMillis: 20 })).toBe('rejected');
        expect(catalogSays(lightningPool, 'acquireTimeoutMillis')).toMatchObject({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
          negative: 'unlimited',
          nan: 'unlimited',
        });
      },
    ),
    run(['acquireTimeoutMillis: text'], 'reads acquireTimeoutMillis from text', () =>
      withPool({ max: 1, acquireTimeoutMillis: '30' }, async (pool) => {
        await pool.acquire();
        expect((await rejection(pool.acquire())).error.message).toBe('Request timed out');
        expect(catalogSays(lightningPool, 'acquireTimeoutMillis')).toMatchObject({ text: 'literal' });
      }),
    ),
    run(
      ['idleTimeoutMillis: default', 'idleTimeoutMillis: negative', 'idleTimeoutMillis: nan'],
      'closes idle resources after 30 s by default, and with a time that is negative or NaN',
      async () => {
        for (const options of [undefined, { idleTimeoutMillis: -1 }, { idleTimeoutMillis: Number.NaN }])
          expect(await settled(options, 'idleTimeoutMillis')).toBe(30_000);
        expect(await closed({})).toBe(0);
        expect(catalogSays(lightningPool, 'idleTimeoutMillis')).toMatchObject({
          default: 30_000,
          unit: 'ms',
          negative: 'default',
          nan: 'default',
        });
      },
    ),
    run(['idleTimeoutMillis: zero'], 'closes idle resources at the next look with idleTimeoutMillis 0', async () => {
      expect(await closed({ idleTimeoutMillis: 0 })).toBe(1);
      expect(catalogSays(lightningPool, 'idleTimeoutMillis')).toMatchObject({ zero: 'immediate' });
    }),
    run(['idleTimeoutMillis: text'], 'never closes idle resources with a text: it is joined to the time as text', async () => {
      expect(await closed({ idleTimeoutMillis: 10 })).toBe(1);
      expect(await closed({ idleTimeoutMillis: '10' })).toBe(0);
      expect(catalogSays(lightningPool, 'idleTimeoutMillis')).toMatchObject({ text: 'unlimited' });
    }),
    run(['relation min at-most max'], 'changes the one of min and max that comes first in the object', async () => {
      const sizes = (options: Given): Promise<object> =>
        withPool(options, ({ options: { max, min } }) => Promise.resolve({ min, max }));
      expect(await sizes({ min: 5, max: 3 })).toEqual({ min: 3, max: 3 });
      expect(await sizes({ max: 3, min: 5 })).toEqual({ min: 5, max: 5 });
      expect(await sizes({ min: 12 })).toEqual({ min: 12, max: 12 });
    }),
    run(['recycling'], 'keeps min resources, and has the factory validate each before it is handed out again', async () => {
      await withPool({ min: 1, houseKeepInterval: 10, idleTimeoutMillis: 0 }, async (pool, { destroyed }) => {
        const taken = await Promise.all([pool.acquire(), pool.acquire(), pool.acquire()]);
        for (const resource of taken) pool.release(resource);
        await delay(100);
        expect(destroyed).toHaveLength(2);
        expect(pool.size).toBe(1);
      });
      await withPool(undefined, async (pool, seen) => {
        const resource = await pool.acquire();
        pool.release(resource);
        expect(seen.validated).toBe(0);
        expect(await pool.acquire()).toBe(resource);
        expect(seen.validated).toBe(1);
        expect(pool.options).not.toHaveProperty('maxLifetimeMillis');
      });
      expect(lightningPool.recycling?.[0]).toMatchObject({ idle: 30_000, keeps: 'min', lifetime: 'none', validates: 'ping' });
    }),
  ],
} satisfies LibraryChecks;
