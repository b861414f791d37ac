import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { piscina } from '../../../../src/catalog/libraries/piscina.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** A pool whose tasks are milliseconds to wait. */
async function poolOf(options: Given = {}) {
  const { Piscina } = await import('piscina');
  return new Piscina({ filename: 'node:timers/promises', name: 'setTimeout', ...options });
}

async function withPool<T>(options: Given, use: (pool: Awaited<ReturnType<typeof poolOf>>) => Promise<T> | T): Promise<T> {
  const pool = await poolOf(options);
  pool.on('error', () => undefined);
  try {
    return await use(pool);
  } finally {
    await pool.destroy();
  }
}

const ONE = { minThreads: 1, maxThreads: 1 };
const LONG = 60_000;

/** How many of so many tasks are refused while the only thread is busy. */
const refused = (options: Given, tasks: number): Promise<number> =>
  withPool({ ...ONE, ...options }, async (pool) => {
    // The thread has to be up.
    await pool.run(0);
    void outcome(pool.run(LONG));
    const states = await Promise.all(Array.from({ length: tasks }, () => outcome(pool.run(0), 40)));
    return states.filter((state) => state === 'rejected').length;
  });

/** How many threads there are some time after a task, with none that is kept. */
const idle = (options: Given): Promise<number> =>
  withPool({ minThreads: 0, maxThreads: 1, ...options }, async (pool) => {
    await pool.run(0);
    await delay(120);
    return pool.threads.length;
  });

const positive = 'must be a positive integer';
const notNegative = 'must be a non-negative integer';

export default {
  library: 'piscina',
  packages: ['piscina'],
  checks: [
    run(
      ['maxThreads: default', 'minThreads: default'],
      'has up to one and a half times as many threads as CPUs, half of them from the start',
      () =>
        withPool({}, ({ options, threads }) => {
          const cpus = availableParallelism();
          expect(options.maxThreads).toBe(cpus * 1.5);
          expect(threads).toHaveLength(Math.max(Math.floor(cpus / 2), 1));
          expect(catalogSays(piscina, 'maxThreads').default).toBeNull();
          expect(catalogSays(piscina, 'minThreads').default).toBeNull();
        }),
    ),
    run(
      [
        'maxThreads: zero',
        'maxThreads: negative',
        'minThreads: negative',
        'maxQueue: negative',
        'maxQueue: null',
        'concurrentTasksPerWorker: zero',
        'concurrentTasksPerWorker: negative',
        'idleTimeout: negative',
        'closeTimeout: negative',
      ],
      'throws for a number below what makes sense, and for maxQueue null',
      async () => {
        for (const [name, value, message] of [
          ['maxThreads', 0, positive],
          ['maxThreads', -1, positive],
          ['minThreads', -1, notNegative],
          ['maxQueue', -1, notNegative],
          ['maxQueue', null, notNegative],
          ['concurrentTasksPerWorker', 0, positive],
          ['concurrentTasksPerWorker', -1, positive],
          ['idleTimeout', -1, notNegative],
          ['closeTimeout', -1, notNegative],
        ] as const) {
          await expect(poolOf({ [name]: value })).rejects.toThrow(`options.${name} ${message}`);
          expect(catalogSays(piscina, name)[value === null ? 'null' : value === 0 ? 'zero' : 'negative']).toBe('throws');
        }
      },
    ),
    run(['minThreads: zero'], 'starts no thread before there is a task with minThreads 0', () =>
      withPool({ minThreads: 0 }, ({ threads }) => {
        expect(threads).toHaveLength(0);
        expect(catalogSays(piscina, 'minThreads').zero).toBe('none');
      }),
    ),
    run(['relation minThreads at-most maxThreads'], 'throws for minThreads above maxThreads', async () => {
      await expect(poolOf({ minThreads: 3, maxThreads: 2 })).rejects.toThrow(
        'options.minThreads and options.maxThreads must not conflict',
      );
    }),
    run(
      ['maxQueue: default', 'maxQueue: infinity'],
      'lets any number of tasks wait by default, and with maxQueue Infinity',
      async () => {
        expect(await refused({}, 2_000)).toBe(0);
        expect(await refused({ maxQueue: Infinity }, 2_000)).toBe(0);
        expect(await refused({ maxQueue: 5 }, 20)).toBe(15);
        expect(catalogSays(piscina, 'maxQueue')).toMatchObject({
          default: 'unlimited',
          infinity: 'unlimited',
        });
      },
    ),
    run(['maxQueue: zero'], 'refuses a task while all threads are busy with maxQueue 0', async () => {
      expect(await refused({ maxQueue: 0 }, 3)).toBe(3);
      expect(catalogSays(piscina, 'maxQueue').zero).toBe('none');
    }),
    run(['concurrentTasksPerWorker: default'], 'gives a thread one task at a time by default', async () => {
      const behind = (options: Given): Promise<string> =>
        withPool({ ...ONE, ...options }, async (pool) => {
          await pool.run(0);
          void outcome(pool.run(LONG));
          return outcome(pool.run(0), 150);
        });
      expect(await behind({})).toBe('pending');
      expect(await behind({ concurrentTasksPerWorker: 2 })).toBe('fulfilled');
      expect(catalogSays(piscina, 'concurrentTasksPerWorker').default).toBe(1);
    }),
    run(
      ['idleTimeout: default', 'idleTimeout: zero', 'idleTimeout: infinity'],
      'stops a thread above minThreads as soon as it is idle by default and with 0, and never with Infinity',
      async () => {
        expect(await idle({})).toBe(0);
        expect(await idle({ idleTimeout: 0 })).toBe(0);
        expect(await idle({ idleTimeout: 10_000 })).toBe(1);
        expect(await idle({ idleTimeout: Infinity })).toBe(1);
        expect(catalogSays(piscina, 'idleTimeout')).toMatchObject({
          default: 0,
          unit: 'ms',
          zero: 'immediate',
          infinity: 'unlimited',
        });
      },
    ),
    run(['closeTimeout: default'], 'waits 30 s for running tasks when it is closed by default', async () => {
      await withPool({}, ({ options }) => expect(options.closeTimeout).toBe(30_000));
      await withPool({ ...ONE, closeTimeout: 50 }, async (pool) => {
        await pool.run(0);
        const task = outcome(pool.run(LONG), 5_000);
        await pool.close();
        expect(await task).toBe('rejected');
      });
      expect(catalogSays(piscina, 'closeTimeout')).toMatchObject({ default: 30_000, unit: 'ms' });
    }),
    run(['signal: default'], 'waits for ever for a task that has no signal', () =>
      withPool(ONE, async (pool) => {
        await pool.run(0);
        expect(await outcome(pool.run(LONG), 150)).toBe('pending');
        expect(await outcome(pool.run(LONG, { signal: AbortSignal.timeout(50) }), 5_000)).toBe('rejected');
        expect(catalogSays(piscina, 'signal')).toEqual({ default: 'none', unit: 'signal' });
      }),
    ),
  ],
} satisfies LibraryChecks;
