import { expect } from 'vitest';
import { cacheableLookup } from '../../../../src/catalog/libraries/cacheable-lookup.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';

const HOUR = 3_600;

/** How often a name whose record holds for an hour is asked for, when so many seconds have passed after the first time. */
async function asked(options: object, seconds: number): Promise<number> {
  const { default: CacheableLookup } = await import('cacheable-lookup');
  type Found = (error: null, entries: readonly object[]) => void;
  let questions = 0;
  const resolver = {
    getServers: () => [],
    setServers: () => undefined,
    resolve4: (_name: string, _options: object, found: Found) => {
      questions++;
      found(null, [{ address: '127.0.0.1', ttl: HOUR }]);
    },
    resolve6: (_name: string, _options: object, found: Found) => found(null, []),
  };
  await withHandClock(async (clock) => {
    const lookup = new CacheableLookup({ resolver, lookup: false, ...options } as never);
    await lookup.lookupAsync('named.invalid');
    await clock.forward(seconds * 1000);
    await lookup.lookupAsync('named.invalid');
  });
  return questions;
}

export default {
  library: 'cacheable-lookup',
  packages: ['cacheable-lookup'],
  checks: [
    run(['maxTtl: default'], 'an address is believed as long as its record says, and for maxTtl seconds at most', async () => {
      expect(await asked({}, HOUR - 10)).toBe(1);
      expect(await asked({}, HOUR + 10)).toBe(2);
      expect(await asked({ maxTtl: 60 }, 50)).toBe(1);
      expect(await asked({ maxTtl: 60 }, 70)).toBe(2);
      expect(catalogSays(cacheableLookup, 'maxTtl')).toMatchObject({ default: 'none', unit: 's' });
    }),
  ],
} satisfies LibraryChecks;
