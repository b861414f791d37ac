import type { LibraryDescriptor } from '../descriptor.js';

/** memcached. */
export const memcached: LibraryDescriptor = {
  name: 'memcached',
  version: '2.2.2',
  modules: ['memcached'],
  creators: [
    {
      api: 'default',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [{ method: 'end', async: false, mode: 'forced', note: 'ends all connections (docs)' }],
      cost: 'opens up to 10 connections of its own',
    },
  ],
  cheap: [],
  holdsProcess: 'unknown',
  notes: ['dispose symbols, the need of an error listener and whether it keeps the process alive are unverified'],
};
