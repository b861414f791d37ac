import type { LibraryDescriptor } from '../descriptor.js';

/** request (deprecated) owns no sockets. */
export const request: LibraryDescriptor = {
  name: 'request',
  version: '2.88.2',
  modules: ['request'],
  creators: [],
  cheap: [
    { api: 'default', why: 'uses the globalAgent of Node' },
    { api: 'defaults', why: 'holds options only' },
  ],
  transfers: [
    { api: 'default', argument: 0, property: 'agent', takesOver: false },
    { api: 'default', argument: 1, property: 'agent', takesOver: false },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: [
        { api: 'default', argument: [0, 1], holds: 'call' },
        { api: '{get,head,post,put,patch,del,delete}', argument: [0, 1], holds: 'call' },
        { api: 'defaults', argument: 0, holds: 'client' },
      ],
      covers: ['connect', 'headers', 'body'],
      misses: ['request'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
    },
  ],
  waits: [
    {
      calls: ['default', '{get,head,post,put,patch,del,delete}'],
      for: 'request',
      default: 'none',
      endedBy: ['timeout'],
    },
  ],
  holdsProcess: 'unknown',
  notes: ['Deprecated.', 'request.defaults() has no close. Whether it keeps the process alive is unverified.'],
};
