import type { LibraryDescriptor } from '../descriptor.js';

/** memjs. */
export const memjs: LibraryDescriptor = {
  name: 'memjs',
  version: '1.3.2',
  modules: ['memjs'],
  creators: [
    {
      api: 'Client.create',
      invoke: 'call',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        { method: 'quit', async: false, mode: 'graceful' },
        { method: 'close', async: false, mode: 'forced' },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens a socket of its own to each server',
    },
  ],
  cheap: [],
  holdsProcess: 'unknown',
  notes: ['times are in seconds', 'the need of an error listener and whether it keeps the process alive are unverified'],
};
