import type { LibraryDescriptor } from '../descriptor.js';

/** phin owns no sockets. */
export const phin: LibraryDescriptor = {
  name: 'phin',
  version: '4.0.0',
  modules: ['phin'],
  creators: [],
  cheap: [
    { api: 'default', why: 'uses the globalAgent of Node' },
    { api: 'phin', why: 'uses the globalAgent of Node' },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: [{ api: '{default,phin}', argument: 0, holds: 'call' }],
      covers: ['connect', 'headers', 'body'],
      misses: ['acquire', 'request'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
    },
  ],
  waits: [{ calls: ['{default,phin}'], for: 'request', default: 'none', endedBy: ['timeout'] }],
  holdsProcess: 'unknown',
  notes: ['phin has nothing to close. Whether it keeps the process alive is unverified.'],
};
