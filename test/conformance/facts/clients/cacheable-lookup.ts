import { expect } from 'vitest';
import { cacheableLookup } from '../../../../src/catalog/libraries/cacheable-lookup.js';
import { run, type LibraryChecks } from '../check.js';
import { isHeld } from '../support/creators.js';

const PROGRAM = `
  import CacheableLookup from 'cacheable-lookup';
  const resolver = {
    getServers: () => [],
    setServers: () => undefined,
    resolve4: (_name, _options, found) => found(null, [{ address: '127.0.0.1', ttl: 3600 }]),
    resolve6: (_name, _options, found) => found(null, []),
  };
  const lookup = new CacheableLookup({ resolver, lookup: false });
  await lookup.lookupAsync('named.invalid');
  if (lookup._cache.size !== 1) throw new Error('Nothing is kept');`;

export default {
  library: 'cacheable-lookup',
  packages: ['cacheable-lookup'],
  checks: [
    run(['holds process'], 'a process ends by itself although an address is kept', async () => {
      expect(await isHeld(PROGRAM, 2_500)).toBe(false);
      expect(cacheableLookup.holdsProcess).toBe('no');
    }),
  ],
} satisfies LibraryChecks;
