import { expect } from 'vitest';
import { genericPool } from '../../../../src/catalog/libraries/generic-pool.js';
import { run, type LibraryChecks } from '../check.js';
import { creatorOf, expectDispose } from '../support/made-client.js';
import { outcome } from '../support/outcome.js';
import { wait } from '../support/site.js';

async function poolOf(options: { readonly min?: number } = {}) {
  const { createPool } = await import('generic-pool');
  const seen = { made: 0, destroyed: 0 };
  const pool = createPool<object>(
    {
      create: () => {
        seen.made++;
        return Promise.resolve({});
      },
      destroy: () => {
        seen.destroyed++;
        return Promise.resolve();
      },
    },
    options,
  );
  return { pool, seen };
}

const creator = creatorOf(genericPool, 'createPool');

export default {
  library: 'generic-pool',
  packages: ['generic-pool'],
  checks: [
    run(['createPool: connects'], 'makes a resource when one is asked for, and at once with min above 0', async () => {
      const { pool, seen } = await poolOf();
      await wait(50);
      expect(seen.made).toBe(0);
      await pool.acquire();
      expect(seen.made).toBe(1);
      expect(creator.connects).toBe('lazy');
      const filled = await poolOf({ min: 1 });
      await wait(50);
      expect(filled.seen.made).toBe(1);
    }),
    run(['createPool: close'], 'drain() waits for borrowers and destroys nothing, which clear() does', async () => {
      const { pool, seen } = await poolOf();
      const resource = await pool.acquire();
      const drained = Promise.resolve(pool.drain());
      expect(await outcome(drained, 100)).toBe('pending');
      await pool.release(resource);
      await drained;
      expect(seen.destroyed).toBe(0);
      expect(await outcome(pool.acquire())).toBe('rejected');
      await Promise.resolve(pool.clear());
      expect(seen.destroyed).toBe(1);
      expect(creator.close).toMatchObject([
        { method: 'drain', async: true, mode: 'graceful' },
        { method: 'clear', async: true, mode: 'graceful' },
      ]);
    }),
    run(['createPool: dispose'], 'has no symbol to dispose of it', async () => {
      expectDispose((await poolOf()).pool, creator, { sync: false, async: false });
    }),
  ],
} satisfies LibraryChecks;
