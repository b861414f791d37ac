import { expect } from 'vitest';
import { workerpool } from '../../../../src/catalog/libraries/workerpool.js';
import { run, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { rejection } from '../support/outcome.js';
import { wait } from '../support/site.js';

async function poolOf() {
  const { default: library } = await import('workerpool');
  return library.pool({ workerType: 'thread', maxWorkers: 1 });
}

/** A task that takes so many milliseconds. */
const task = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const creator = creatorOf(workerpool, 'pool');

export default {
  library: 'workerpool',
  packages: ['workerpool'],
  checks: [
    run(['pool: connects'], 'starts a worker with the first task', async () => {
      const pool = await poolOf();
      await wait(50);
      expect(pool.stats().totalWorkers).toBe(0);
      await pool.exec(task, [0]);
      expect(pool.stats().totalWorkers).toBe(1);
      await pool.terminate();
      expect(creator.connects).toBe('lazy');
    }),
    run(['pool: close'], 'terminate() lets a running task end, terminate(true) does not', async () => {
      const made = new Set<Awaited<ReturnType<typeof poolOf>>>();
      await expectCloses(
        creator,
        { terminate: 'by a promise' },
        {
          make: async () => {
            const pool = await poolOf();
            made.add(pool);
            await pool.exec(task, [0]);
            return pool;
          },
          open: () => [...made].reduce((sum, pool) => sum + pool.stats().totalWorkers, 0),
          work: (pool) => Promise.resolve(pool.exec(task, [200]) as unknown),
        },
      );
      const pool = await poolOf();
      const running = rejection(Promise.resolve(pool.exec(task, [60_000]) as unknown));
      await wait(50);
      await pool.terminate(true);
      expect((await running).error).toBeInstanceOf(Error);
    }),
    run(['pool: dispose'], 'has no symbol to dispose of it', async () => {
      expectDispose(await poolOf(), creator, { sync: false, async: false });
    }),
    run(['holds process'], 'holds the process once it was used', async () => {
      const program = (use: string) => `
        import workerpool from 'workerpool';
        const pool = workerpool.pool();
        ${use}
      `;
      expect(await holdsProcess(program(''))).toBe(false);
      expect(await holdsProcess(program('await pool.exec(() => 1);'))).toBe(true);
      expect(workerpool.holdsProcess).toBe('once-used');
    }),
  ],
} satisfies LibraryChecks;
