import type { Creator, LibraryDescriptor } from '../descriptor.js';

const pool = (api: string, invoke: Creator['invoke']): Creator => ({
  api,
  invoke,
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  generic: true,
  close: [
    {
      method: 'close',
      async: true,
      mode: 'graceful',
      note: 'close(true) and close(ms) are forced, the latter after that time',
    },
  ],
  dispose: { sync: false, async: false },
  cost: 'makes up to 10 resources of its own',
  note: 'what it holds depends on the factory',
});

/** lightning-pool, a pool of anything. */
export const lightningPool: LibraryDescriptor = {
  name: 'lightning-pool',
  version: '4.14.0',
  modules: ['lightning-pool'],
  creators: [pool('createPool', 'call'), pool('Pool', 'new')],
  checkouts: [
    {
      api: '{createPool(),new Pool()}.acquire',
      returnsPromise: true,
      callback: { argument: 0, parameter: 1 },
      release: ['pool.release', 'pool.releaseAsync', 'pool.destroy', 'pool.destroyAsync'],
      destroys: ['pool.destroy', 'pool.destroyAsync'],
      secondRelease: 'ignored',
    },
  ],
  cheap: [],
  holdsProcess: 'unknown',
  notes: ['the need of an error listener and whether it keeps the process alive are unverified'],
};
