import type { Creator, LibraryDescriptor } from '../descriptor.js';

const pool = (api: string): Creator => ({
  api,
  invoke: 'new',
  makes: 'threads',
  holds: 'threads',
  connects: 'eager',
  close: [
    { method: 'close', async: true, mode: 'graceful', note: 'forced after closeTimeout, 30 s' },
    { method: 'destroy', async: true, mode: 'forced' },
  ],
  dispose: { sync: true, async: true, note: 'both call close()' },
  cost: 'starts worker threads of its own, by default one for every two processors',
});

/** Worker threads of Piscina. */
export const piscina: LibraryDescriptor = {
  name: 'piscina',
  version: '5.3.2',
  modules: ['piscina'],
  creators: [pool('default'), pool('Piscina')],
  cheap: [],
  holdsProcess: 'no',
  notes: ['minThreads threads start in the constructor; the default is half of the processors, at least one.'],
};
