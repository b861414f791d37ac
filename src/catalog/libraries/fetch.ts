import type { LibraryDescriptor } from '../descriptor.js';

/** The fetch of Node itself. */
export const fetch: LibraryDescriptor = {
  name: 'fetch',
  version: 'bundled undici 5.29.0 (Node 18), 6.24.1 (20), 6.28.1 (22), 7.29.1 (24)',
  modules: ['<global>'],
  creators: [],
  cheap: [
    {
      api: '{fetch,globalThis.fetch}',
      why: 'uses the process-wide dispatcher unless {dispatcher} is passed, which owns the sockets',
    },
  ],
  transfers: [
    {
      api: '{fetch,globalThis.fetch}',
      argument: 1,
      property: 'dispatcher',
      takesOver: false,
      note: 'a dispatcher made for one call keeps its sockets after it',
    },
  ],
  holdsProcess: 'no',
  notes: [
    'The process-wide dispatcher is shared with the undici package: its setGlobalDispatcher() and getGlobalDispatcher() reach it. There is no other handle to close.',
    'fetch has no timeout option: {timeout} is ignored.',
  ],
};
