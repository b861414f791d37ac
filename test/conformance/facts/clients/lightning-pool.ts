import { expect } from 'vitest';
import { lightningPool } from '../../../../src/catalog/libraries/lightning-pool.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectDispose } from '../support/made-client.js';
import { outcome } from '../support/outcome.js';
import { wait } from '../support/site.js';

async function poolOf(api: 'createPool' | 'Pool') {
  const { Pool, createPool } = await import('lightning-pool');
  const seen = { made: 0, destroyed: 0 };
  const factory = {
    create: () => {
      seen.made++;
      return Promise.resolve({});
    },
    destroy: () => {
      seen.destroyed++;
      return Promise.resolve();
    },
  };
  return { pool: api === 'Pool' ? new Pool<object>(factory) : createPool<object>(factory), seen };
}

const checksOf = (api: 'createPool' | 'Pool'): readonly Check[] => {
  const creator = creatorOf(lightningPool, api);
  return [
    run([`${api}: connects`], 'makes a resource when one is asked for', async () => {
      const { pool, seen } = await poolOf(api);
      await wait(50);
      expect(seen.made).toBe(0);
      await pool.acquire();
      expect(seen.made).toBe(1);
      expect(creator.connects).toBe('lazy');
      await pool.closeAsync(true);
    }),
    run([`${api}: close`], 'close() waits for what is taken, close(true) does not', async () => {
      const { pool, seen } = await poolOf(api);
      const resource = await pool.acquire();
      const closed = Promise.resolve(pool.close());
      expect(await outcome(closed, 100)).toBe('pending');
      pool.release(resource);
      await closed;
      expect(seen.destroyed).toBe(1);
      const other = await poolOf(api);
      await other.pool.acquire();
      await Promise.resolve(other.pool.close(true));
      expect(other.seen.destroyed).toBe(1);
      expect(creator.close).toMatchObject([{ method: 'close', async: true, mode: 'graceful' }]);
    }),
    run([`${api}: dispose`], 'has no symbol to dispose of it', async () => {
      const { pool } = await poolOf(api);
      expectDispose(pool, creator, { sync: false, async: false });
      await pool.closeAsync(true);
    }),
  ];
};

export default {
  library: 'lightning-pool',
  packages: ['lightning-pool'],
  checks: [...checksOf('createPool'), ...checksOf('Pool')],
} satisfies LibraryChecks;
