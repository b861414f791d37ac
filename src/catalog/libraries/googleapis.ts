import type { LibraryDescriptor } from '../descriptor.js';

/** The Google API clients, which send through gaxios. */
export const googleapis: LibraryDescriptor = {
  name: 'googleapis',
  version: '178.0.0 (gaxios 7.1.3)',
  modules: ['googleapis'],
  creators: [],
  cheap: [],
  holdsProcess: 'unknown',
  notes: [
    'Requests go through its own copy of gaxios, which owns no sockets except for proxies and client certificates. Clients made per request were not measured.',
  ],
};
