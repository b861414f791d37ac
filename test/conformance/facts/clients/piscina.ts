import { availableParallelism } from 'node:os';
import { expect } from 'vitest';
import { piscina } from '../../../../src/catalog/libraries/piscina.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { until } from '../support/site.js';

/** A pool whose tasks are milliseconds to wait. */
async function poolOf(api: 'default' | 'Piscina', options: Readonly<Record<string, unknown>> = {}) {
  const library = await import('piscina');
  // The types take the default export for the module.
  const Pool = library[api] as unknown as typeof library.Piscina;
  const pool = new Pool({ filename: 'node:timers/promises', name: 'setTimeout', ...options });
  // Destroying it is an error to the tasks in progress.
  pool.on('error', () => undefined);
  return pool;
}

const checksOf = (api: 'default' | 'Piscina'): readonly Check[] => {
  const creator = creatorOf(piscina, api);
  return [
    run([`${api}: connects`], 'starts threads in the constructor', async () => {
      const pool = await poolOf(api);
      expect(pool.threads).toHaveLength(Math.max(Math.floor(availableParallelism() / 2), 1));
      await pool.destroy();
      expect(creator.connects).toBe('eager');
    }),
    run([`${api}: close`], 'close() waits for tasks, destroy() ends them', async () => {
      let threads = 0;
      await expectCloses(
        creator,
        { close: 'by a promise', destroy: 'by a promise' },
        {
          make: async () => {
            const pool = await poolOf(api, { minThreads: 1, maxThreads: 1 });
            for (const thread of pool.threads) {
              threads++;
              thread.once('exit', () => threads--);
            }
            await pool.run(0);
            return pool;
          },
          open: () => threads,
          work: (pool) => pool.run(200),
        },
      );
    }),
    run([`${api}: dispose`], 'both symbols close it', async () => {
      const pool = await poolOf(api, { minThreads: 1, maxThreads: 1 });
      expectDispose(pool, creator, { sync: true, async: true });
      let isClosed = 0;
      pool.on('close', () => isClosed++);
      pool[Symbol.dispose]();
      await until('the end of the pool', () => isClosed === 1);
      const other = await poolOf(api, { minThreads: 1, maxThreads: 1 });
      await other[Symbol.asyncDispose]();
      expect(other.threads).toHaveLength(0);
    }),
  ];
};

export default {
  library: 'piscina',
  packages: ['piscina'],
  checks: [
    ...checksOf('default'),
    ...checksOf('Piscina'),
    run(['holds process'], 'lets the process end after it was used', async () => {
      const program = `
        import { Piscina } from 'piscina';
        const pool = new Piscina({ filename: 'node:timers/promises', name: 'setTimeout' });
        await pool.run(0);
      `;
      expect(await holdsProcess(program)).toBe(false);
      expect(piscina.holdsProcess).toBe('no');
    }),
  ],
} satisfies LibraryChecks;
