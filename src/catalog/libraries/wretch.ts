import type { LibraryDescriptor } from '../descriptor.js';

/** wretch works over the global fetch. */
export const wretch: LibraryDescriptor = {
  name: 'wretch',
  version: '2.11.1',
  modules: ['wretch'],
  creators: [],
  cheap: [{ api: 'default', why: 'holds options only; requests go through the global fetch' }],
  holdsProcess: 'no',
  notes: ['wretch has nothing to close.'],
};
