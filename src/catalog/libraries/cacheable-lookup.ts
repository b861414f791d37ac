import type { LibraryDescriptor } from '../descriptor.js';

/** A DNS cache for agents. */
export const cacheableLookup: LibraryDescriptor = {
  name: 'cacheable-lookup',
  version: '7.0.0',
  modules: ['cacheable-lookup'],
  creators: [],
  cheap: [{ api: 'default', why: 'a DNS cache and no sockets; made per request it caches nothing' }],
  holdsProcess: 'no',
  notes: ['Create it once, or it is of no use.'],
};
