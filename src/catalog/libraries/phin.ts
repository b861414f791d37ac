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
  holdsProcess: 'unknown',
  notes: ['phin has nothing to close. Whether it keeps the process alive is unverified.'],
};
