import type { LibraryDescriptor } from '../descriptor.js';

/** tarn, a pool of anything. */
export const tarn: LibraryDescriptor = {
  name: 'tarn',
  version: '3.1.2',
  modules: ['tarn'],
  creators: [
    {
      api: 'Pool',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      generic: true,
      close: [{ method: 'destroy', async: true, mode: 'graceful', note: 'waits for resources in use' }],
      dispose: { sync: false, async: false },
      cost: 'makes up to max resources of its own',
      note: 'what it holds depends on create()',
    },
  ],
  checkouts: [
    {
      api: 'new Pool().acquire',
      returnsPromise: false,
      result: 'promise',
      release: ['pool.release'],
      secondRelease: 'ignored',
      note: 'acquire() gives back an object whose promise is the resource; a second release() returns false',
    },
  ],
  cheap: [],
  holdsProcess: 'unknown',
  notes: ['acquire() after destroy() hung as long as it was observed (300 ms)'],
};
