import type { LibraryDescriptor } from '../descriptor.js';

/** generic-pool, a pool of anything. */
export const genericPool: LibraryDescriptor = {
  name: 'generic-pool',
  version: '3.9.0',
  modules: ['generic-pool'],
  creators: [
    {
      api: 'createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      generic: true,
      close: [
        { method: 'drain', async: true, mode: 'graceful', note: 'waits for borrowers; clear() has to follow' },
        { method: 'clear', async: true, mode: 'graceful', note: 'after drain(): destroys the resources' },
      ],
      dispose: { sync: false, async: false },
      cost: 'makes up to max (1 by default) resources of its own',
      note: 'fills itself at once when min is above 0; what it holds depends on the factory',
    },
  ],
  checkouts: [
    {
      api: '{createPool(),new Pool()}.acquire',
      returnsPromise: true,
      release: ['pool.release', 'pool.destroy'],
      destroys: ['pool.destroy'],
      secondRelease: 'rejects',
    },
  ],
  managed: [{ api: '{createPool(),new Pool()}.use', takes: 'connection', callback: [0], parameter: 0 }],
  cheap: [],
  holdsProcess: 'unknown',
  notes: [
    'failing creations are reported by the event factoryCreateError only',
    'a factory whose create() rejects at once makes acquire() retry without a pause: the process freezes',
  ],
};
