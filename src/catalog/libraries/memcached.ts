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
  limits: [
    {
      option: 'poolSize',
      argument: 1,
      bounds: 'connections',
      default: 10,
      zero: { means: 'becomes', value: 20 },
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      argument: 1,
      covers: ['connect'],
      misses: ['query'],
      unit: 'ms',
      default: 5_000,
      note: 'a get() on a silent server was still waiting after 7 s',
    },
    { option: 'idle', argument: 1, covers: ['idle'], unit: 'ms', default: 5_000 },
  ],
  holdsProcess: 'unknown',
  notes: ['dispose symbols, the need of an error listener and whether it keeps the process alive are unverified'],
};
