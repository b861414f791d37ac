import { fetchResponse } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';

/** wretch works over the global fetch. */
export const wretch: LibraryDescriptor = {
  name: 'wretch',
  version: '2.11.1',
  modules: ['wretch'],
  creators: [],
  cheap: [{ api: 'default', why: 'holds options only; requests go through the global fetch' }],
  responses: [
    {
      ...fetchResponse,
      api: '{default(),default().*(),default().*().*(),default().*().*().*()}.{get,post,put,patch,delete,opts,fetch}().res',
      ofPlatform: true,
      managedBy: [0],
      delivery: [{ by: 'promise' }],
      note: 'json(), text() and the like read the body; so does an error',
    },
  ],
  timeouts: [
    {
      option: 'signal',
      of: [],
      at: [{ api: 'default().options', argument: 0, holds: 'client' }],
      covers: ['acquire', 'connect', 'request'],
      unit: 'signal',
      default: 'none',
    },
  ],
  holdsProcess: 'no',
  notes: ['wretch has nothing to close.'],
};
