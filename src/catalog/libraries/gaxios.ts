import type { LibraryDescriptor } from '../descriptor.js';

/** gaxios owns no sockets except for proxies and client certificates. */
export const gaxios: LibraryDescriptor = {
  name: 'gaxios',
  version: '7.3.1',
  modules: ['gaxios'],
  creators: [],
  cheap: [
    { api: 'Gaxios', why: 'keeps agents only for proxies and client certificates' },
    { api: 'request', why: 'goes through node-fetch and the globalAgent of Node' },
  ],
  holdsProcess: 'unknown',
  notes: [
    'Gaxios has no close.',
    'googleapis 178.0.0 brings gaxios 7.1.3, @google-cloud/storage 6.7.1. Whether it keeps the process alive is unverified.',
  ],
};
