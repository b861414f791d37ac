import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { genericPool } from '../../../../src/catalog/libraries/generic-pool.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome, rejection } from '../support/outcome.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** A pool of objects, with a list of those that it destroyed. */
async function poolOf(options?: Given, destroy: () => Promise<void> = () => Promise.resolve()) {
  const { createPool } = await import('generic-pool');
  const destroyed: object[] = [];
  const pool = createPool<object>(
    {
      create: () => Promise.resolve({}),
      destroy: (resource) => {
        destroyed.push(resource);
        return destroy();
      },
    },
    options,
  );
  return { pool, destroyed };
}

/** What is left of the settings in a pool of these options. */
async function settled(options?: Given): Promise<Readonly<Record<string, unknown>>> {
  const { pool } = await poolOf({ ...options, autostart: false });
  return (pool as unknown as { readonly _config: Readonly<Record<string, unknown>> })._config;
}

/** How many of `asked` requests get a resource that nobody gives back. */
async function given(options: Given | undefined, asked = 5): Promise<number> {
  const { pool } = await poolOf(options);
  for (let count = 0; count < asked; count++) pool.acquire().then(undefined, () => undefined);
  await delay(20);
  return pool.borrowed;
}

/** How a second request fares while the only resource is taken, and a third. */
async function waiting(maxWaitingClients: unknown): Promise<readonly string[]> {
  const { pool } = await poolOf({ max: 1, maxWaitingClients });
  await pool.acquire();
  return Promise.all([pool.acquire(), pool.acquire()].map((acquired) => outcome(acquired, 40)));
}

export default {
  library: 'generic-pool',
  packages: ['generic-pool'],
  checks: [
    run(
      ['max: default', 'max: zero', 'max: negative', 'max: null', 'max: nan', 'max: infinity'],
      'hands out one resource by default and with every max that is no positive number, Infinity too',
      async () => {
        expect(await given(undefined)).toBe(1);
        for (const max of [0, -1, null, Number.NaN, Infinity]) expect(await given({ max })).toBe(1);
        expect(await given({ max: 3 })).toBe(3);
        const one = 'becomes 1';
        expect(catalogSays(genericPool, 'max')).toMatchObject({
          default: 1,
          zero: one,
          negative: one,
          null: one,
          nan: one,
          infinity: one,
        });
      },
    ),
    run(['max: text', 'max: float'], 'reads a max from text, and cuts it to a whole number', async () => {
      expect(await given({ max: '3' })).toBe(3);
      expect(await given({ max: 2.9 })).toBe(2);
      expect(catalogSays(genericPool, 'max')).toMatchObject({ text: 'literal', float: 'literal' });
    }),
    run(['min: default', 'min: zero', 'min: text'], 'makes min resources at once, none by default', async () => {
      const sizes = await Promise.all(
        [{}, { min: 0 }, { min: 2 }, { min: '2' }].map(async (options) => {
          const { pool } = await poolOf({ max: 5, ...options });
          await delay(20);
          return pool.size;
        }),
      );
      expect(sizes).toEqual([0, 0, 2, 2]);
      expect(catalogSays(genericPool, 'min')).toMatchObject({ default: 0, zero: 'none', text: 'literal' });
    }),
    run(
      ['maxWaitingClients: default', 'maxWaitingClients: null', 'maxWaitingClients: nan', 'maxWaitingClients: infinity'],
      'lets any number wait by default and with a maxWaitingClients that is no number',
      async () => {
        for (const value of [undefined, null, Number.NaN, Infinity])
          expect(await waiting(value)).toEqual(['pending', 'pending']);
        const none = 'unlimited';
        expect(catalogSays(genericPool, 'maxWaitingClients')).toMatchObject({
          default: none,
          null: none,
          nan: none,
          infinity: none,
        });
      },
    ),
    run(
      ['maxWaitingClients: zero', 'maxWaitingClients: text', 'maxWaitingClients: float'],
      'lets nobody wait with maxWaitingClients 0, and reads it from text and cuts it',
      async () => {
        expect(await waiting(0)).toEqual(['rejected', 'rejected']);
        expect(await waiting('1')).toEqual(['pending', 'rejected']);
        expect(await waiting(1.9)).toEqual(['pending', 'rejected']);
        expect(catalogSays(genericPool, 'maxWaitingClients')).toMatchObject({
          zero: 'none',
          text: 'literal',
          float: 'literal',
        });
      },
    ),
    run(
      ['acquireTimeoutMillis: default', 'acquireTimeoutMillis: zero', 'acquireTimeoutMillis: null', 'wait for acquire'],
      'waits for ever for a resource, also with 0 and null; a time ends the wait',
      async () => {
        for (const options of [{}, { acquireTimeoutMillis: 0 }, { acquireTimeoutMillis: null }]) {
          expect(await settled(options)).not.toHaveProperty('acquireTimeoutMillis');
          const { pool } = await poolOf({ max: 1, ...options });
          await pool.acquire();
          expect(await outcome(pool.acquire(), 60)).toBe('pending');
        }
        const { pool } = await poolOf({ max: 1, acquireTimeoutMillis: 30 });
        await pool.acquire();
        expect((await rejection(pool.acquire())).error.message).toBe('ResourceRequest timed out');
        expect(catalogSays(genericPool, 'acquireTimeoutMillis')).toEqual({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
          null: 'unlimited',
        });
      },
    ),
    run(
      ['idleTimeoutMillis: default', 'idleTimeoutMillis: zero', 'idleTimeoutMillis: null'],
      'takes 0 and null of idleTimeoutMillis for the default of 30 s',
      async () => {
        for (const options of [{}, { idleTimeoutMillis: 0 }, { idleTimeoutMillis: null }])
          expect(await settled(options)).toMatchObject({ idleTimeoutMillis: 30_000 });
        const { pool, destroyed } = await poolOf({ idleTimeoutMillis: 0, evictionRunIntervalMillis: 10 });
        await pool.release(await pool.acquire());
        await delay(60);
        expect(destroyed).toHaveLength(0);
        expect(catalogSays(genericPool, 'idleTimeoutMillis')).toEqual({
          default: 30_000,
          unit: 'ms',
          zero: 'default',
          null: 'default',
        });
      },
    ),
    run(
      [
        'idleTimeoutMillis: needs',
        'evictionRunIntervalMillis: default',
        'evictionRunIntervalMillis: zero',
        'relation idleTimeoutMillis needs evictionRunIntervalMillis',
      ],
      'closes nothing for being idle unless evictionRunIntervalMillis is given',
      async () => {
        const closed = async (options: Given): Promise<number> => {
          const { pool, destroyed } = await poolOf({ idleTimeoutMillis: 10, ...options });
          await pool.release(await pool.acquire());
          await delay(100);
          return destroyed.length;
        };
        expect(await closed({})).toBe(0);
        expect(await closed({ evictionRunIntervalMillis: 0 })).toBe(0);
        expect(await closed({ evictionRunIntervalMillis: 20 })).toBe(1);
        expect(await settled()).toMatchObject({ evictionRunIntervalMillis: 0 });
        expect(catalogSays(genericPool, 'evictionRunIntervalMillis')).toEqual({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
        });
      },
    ),
    run(
      ['destroyTimeoutMillis: default', 'destroyTimeoutMillis: zero'],
      'waits for ever for a resource to be destroyed, also with 0',
      async () => {
        const failures = async (options: Given): Promise<number> => {
          const { pool } = await poolOf(options, () => new Promise<void>(() => undefined));
          let count = 0;
          pool.on('factoryDestroyError', () => count++);
          await pool.destroy(await pool.acquire());
          await delay(60);
          return count;
        };
        expect(await failures({})).toBe(0);
        expect(await failures({ destroyTimeoutMillis: 0 })).toBe(0);
        expect(await failures({ destroyTimeoutMillis: 10 })).toBe(1);
        expect(catalogSays(genericPool, 'destroyTimeoutMillis')).toEqual({ default: 'none', unit: 'ms', zero: 'unlimited' });
      },
    ),
    run(['relation min at-most max'], 'lowers min to max, which is 1 unless it is given', async () => {
      expect(await settled({ min: 5 })).toMatchObject({ min: 1, max: 1 });
      expect(await settled({ min: 5, max: 3 })).toMatchObject({ min: 3, max: 3 });
    }),
    run(['recycling'], 'keeps an idle resource and hands it out again without asking the factory', async () => {
      const { createPool } = await import('generic-pool');
      let asked = 0;
      const made: object[] = [];
      const pool = createPool<object>({
        create: () => {
          const resource = {};
          made.push(resource);
          return Promise.resolve(resource);
        },
        destroy: () => Promise.resolve(),
        validate: () => {
          asked++;
          return Promise.resolve(true);
        },
      });
      await pool.release(await pool.acquire());
      await delay(50);
      expect(await pool.acquire()).toBe(made[0]);
      expect(asked).toBe(0);
      const { evictionRunIntervalMillis, testOnBorrow } = await settled();
      expect({ evictionRunIntervalMillis, testOnBorrow }).toEqual({ evictionRunIntervalMillis: 0, testOnBorrow: false });
      expect(genericPool.recycling?.[0]).toMatchObject({ idle: 'none', lifetime: 'none', validates: 'none' });
    }),
  ],
} satisfies LibraryChecks;
