import type { LibraryDescriptor } from '../descriptor.js';

/** ofetch works over the global fetch. */
export const ofetch: LibraryDescriptor = {
  name: 'ofetch',
  version: '1.5.1',
  modules: ['ofetch'],
  creators: [],
  cheap: [
    { api: 'ofetch.create', why: 'holds defaults only; requests go through the global fetch where there is one' },
    { api: '{ofetch,ofetch.raw}', why: 'goes through the global fetch where there is one' },
  ],
  holdsProcess: 'no',
  notes: ['ofetch has nothing to close.'],
};
