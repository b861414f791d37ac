import type { LibraryDescriptor } from '../descriptor.js';

/** A DNS cache for agents. */
export const cacheableLookup: LibraryDescriptor = {
  name: 'cacheable-lookup',
  version: '7.0.0',
  modules: ['cacheable-lookup'],
  creators: [],
  cheap: [{ api: 'default', why: 'a DNS cache and no sockets; made per request it caches nothing' }],
  timeouts: [
    {
      option: 'maxTtl',
      of: [],
      at: [{ api: 'default', argument: 0, holds: 'client' }],
      covers: ['dns-cache'],
      unit: 's',
      default: 'none',
      note: 'in seconds; without it an address is believed for as long as its DNS record says',
    },
  ],
  holdsProcess: 'no',
  notes: ['Create it once, or it is of no use.'],
};
