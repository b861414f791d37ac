import type { LibraryDescriptor } from '../descriptor.js';

/** The OpenSearch client. */
export const opensearch: LibraryDescriptor = {
  name: '@opensearch-project/opensearch',
  version: '3.9.0',
  modules: ['@opensearch-project/opensearch'],
  creators: [
    {
      api: 'Client',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: 'close', async: true, mode: 'graceful', note: 'takes a callback or gives back a promise' }],
      dispose: { sync: false, async: false },
      cost: 'keeps up to 256 connections per node of its own',
    },
  ],
  cheap: [],
  holdsProcess: 'no',
  notes: ['One keep-alive agent per node, up to 256 sockets.', 'Whether client.child() shares connections is unverified.'],
};
