import type { LibraryDescriptor } from '../descriptor.js';

/** Worker threads of workerpool. */
export const workerpool: LibraryDescriptor = {
  name: 'workerpool',
  version: '10.0.3',
  modules: ['workerpool'],
  creators: [
    {
      api: 'pool',
      invoke: 'call',
      makes: 'threads',
      holds: 'threads',
      connects: 'lazy',
      close: [
        { method: 'terminate', async: true, mode: 'graceful', note: 'finishes running tasks; terminate(true) is forced' },
      ],
      dispose: { sync: false, async: false },
      cost: 'starts worker threads of its own, by default up to one for every processor but one',
    },
  ],
  cheap: [],
  holdsProcess: 'once-used',
  notes: [],
};
