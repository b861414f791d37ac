import type { LibraryDescriptor } from '../descriptor.js';

/** ky works over the global fetch. */
export const ky: LibraryDescriptor = {
  name: 'ky',
  version: '1.14.3',
  modules: ['ky'],
  creators: [],
  cheap: [
    { api: '{create,extend}', why: 'holds defaults and hooks only; requests go through the global fetch' },
    { api: 'default', why: 'goes through the global fetch' },
  ],
  holdsProcess: 'no',
  notes: ['ky has nothing to close.'],
};
