import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { workerpool } from '../../../../src/catalog/libraries/workerpool.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

async function poolOf(options: Given = {}) {
  const { default: library } = await import('workerpool');
  return library.pool({ workerType: 'thread', ...options });
}

type WorkerPool = Awaited<ReturnType<typeof poolOf>>;

async function withPool<T>(options: Given, use: (pool: WorkerPool) => Promise<T> | T): Promise<T> {
  const pool = await poolOf(options);
  try {
    return await use(pool);
  } finally {
    await pool.terminate(true).catch(() => undefined);
  }
}

/** A task that does not end. */
function endless(pool: WorkerPool, timeout?: number): Promise<unknown> {
  const task = pool.exec(() => new Promise(() => setInterval(() => undefined, 1_000)));
  return Promise.resolve(timeout === undefined ? task : task.timeout(timeout));
}

/** How many workers so many tasks have that do not end. */
const started = (options: Given, tasks: number): Promise<number> =>
  withPool(options, async (pool) => {
    for (let count = 0; count < tasks; count++) void outcome(endless(pool));
    await delay(20);
    return pool.stats().totalWorkers;
  });

/** How many of so many tasks are refused while the only worker is busy. */
const refused = (options: Given, tasks: number): Promise<number> =>
  withPool({ maxWorkers: 1, ...options }, async (pool) => {
    let count = 0;
    for (let task = 0; task < tasks; task++) {
      try {
        void outcome(endless(pool));
      } catch {
        count++;
      }
    }
    await delay(20);
    return count;
  });

export default {
  library: 'workerpool',
  packages: ['workerpool'],
  checks: [
    run(['maxWorkers: default'], 'starts as many workers as there are CPUs less one by default', async () => {
      const expected = Math.max(cpus().length - 1, 1);
      await withPool({}, ({ maxWorkers }) => expect(maxWorkers).toBe(expected));
      expect(await started({}, expected + 2)).toBe(expected);
      expect(catalogSays(workerpool, 'maxWorkers').default).toBeNull();
    }),
    run(
      ['maxWorkers: zero', 'maxWorkers: negative', 'maxWorkers: null', 'maxWorkers: text', 'maxWorkers: float'],
      'throws for a maxWorkers that is no whole number above 0',
      async () => {
        for (const maxWorkers of [0, -1, null, '3', 2.5])
          await expect(poolOf({ maxWorkers })).rejects.toThrow('Option maxWorkers must be an integer number >= 1');
        const throws = 'throws';
        expect(catalogSays(workerpool, 'maxWorkers')).toMatchObject({
          zero: throws,
          negative: throws,
          null: throws,
          text: throws,
          float: throws,
        });
      },
    ),
    run(['maxWorkers: infinity'], 'starts a worker for each task with maxWorkers Infinity', async () => {
      const tasks = cpus().length + 2;
      expect(await started({ maxWorkers: Infinity }, tasks)).toBe(tasks);
      expect(catalogSays(workerpool, 'maxWorkers').infinity).toBe('unlimited');
    }),
    run(['minWorkers: default', 'minWorkers: zero'], 'starts minWorkers at once, none by default', async () => {
      expect(await started({}, 0)).toBe(0);
      expect(await started({ minWorkers: 0 }, 0)).toBe(0);
      expect(await started({ minWorkers: 2 }, 0)).toBe(2);
      expect(catalogSays(workerpool, 'minWorkers')).toMatchObject({ default: 0, zero: 'none' });
    }),
    run(['minWorkers: negative'], 'throws for a negative minWorkers', async () => {
      await expect(poolOf({ minWorkers: -1 })).rejects.toThrow('Option minWorkers must be an integer number >= 0');
      expect(catalogSays(workerpool, 'minWorkers').negative).toBe('throws');
    }),
    run(
      ['maxQueueSize: default', 'maxQueueSize: zero', 'maxQueueSize: null'],
      'lets any number of tasks wait by default, and with maxQueueSize 0 and null',
      async () => {
        for (const options of [{}, { maxQueueSize: 0 }, { maxQueueSize: null }]) expect(await refused(options, 300)).toBe(0);
        expect(await refused({ maxQueueSize: 3 }, 10)).toBe(6);
        const none = 'unlimited';
        expect(catalogSays(workerpool, 'maxQueueSize')).toMatchObject({ default: none, zero: none, null: none });
      },
    ),
    run(['maxQueueSize: negative'], 'refuses every task with a negative maxQueueSize', async () => {
      expect(await refused({ maxQueueSize: -1 }, 3)).toBe(3);
      expect(catalogSays(workerpool, 'maxQueueSize').negative).toBe('fails');
    }),
    run(
      ['workerTerminateTimeout: default', 'workerTerminateTimeout: zero'],
      'gives a worker 1 s to end by default, and with 0',
      async () => {
        for (const options of [{}, { workerTerminateTimeout: 0 }])
          await withPool(options, ({ workerTerminateTimeout }) => expect(workerTerminateTimeout).toBe(1_000));
        expect(catalogSays(workerpool, 'workerTerminateTimeout')).toEqual({ default: 1_000, unit: 'ms', zero: 'default' });
      },
    ),
    run(['timeout: default'], 'waits for ever for a task that has no timeout', () =>
      withPool({ maxWorkers: 2, workerTerminateTimeout: 50 }, async (pool) => {
        expect(await outcome(endless(pool), 150)).toBe('pending');
        expect(await outcome(endless(pool, 50), 5_000)).toBe('rejected');
        expect(catalogSays(workerpool, 'timeout')).toEqual({ default: 'none', unit: 'ms' });
      }),
    ),
    run(['relation minWorkers at-most maxWorkers'], 'raises maxWorkers to minWorkers', () =>
      withPool({ minWorkers: 2, maxWorkers: 1 }, ({ maxWorkers }) => expect(maxWorkers).toBe(2)),
    ),
  ],
} satisfies LibraryChecks;
