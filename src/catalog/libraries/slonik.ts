import type { LibraryDescriptor } from '../descriptor.js';

/** Slonik. */
export const slonik: LibraryDescriptor = {
  name: 'slonik',
  version: '47.3.2',
  modules: ['slonik'],
  creators: [
    {
      api: 'createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      throwsWithoutConfig: true,
      close: [
        {
          method: 'end',
          async: true,
          mode: 'graceful',
          note: 'waits up to gracefulTerminationTimeout (5000 ms); a second call resolves',
        },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens a connection at once and up to 10 of its own',
      note: 'an undefined connection string rejects the promise',
    },
  ],
  managed: [
    { api: '{createPool(),new DatabasePool()}.connect', takes: 'connection', callback: [0], parameter: 0 },
    { api: '{createPool(),new DatabasePool()}.transaction', takes: 'transaction', callback: [0], parameter: 0 },
  ],
  shortcuts: [
    {
      api: '{createPool(),new DatabasePool()}.{query,any,anyFirst,exists,many,manyFirst,maybeOne,maybeOneFirst,one,oneFirst}',
      note: 'takes a tagged template, not text',
    },
  ],
  cheap: [],
  holdsProcess: 'unknown',
  notes: ['an idle connection may be lost without an error listener', 'needs zod installed (peer dependency)'],
};
