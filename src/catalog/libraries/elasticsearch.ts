import type { LibraryDescriptor } from '../descriptor.js';

/** The Elasticsearch client. */
export const elasticsearch: LibraryDescriptor = {
  name: '@elastic/elasticsearch',
  version: '9.4.3 (transport 9.4.0)',
  modules: ['@elastic/elasticsearch'],
  creators: [
    {
      api: 'Client',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: 'close', async: true, mode: 'graceful', note: 'later calls reject with NoLivingConnectionsError' }],
      dispose: { sync: false, async: false },
      cost: 'keeps up to 256 connections per node of its own',
    },
  ],
  cheap: [{ api: 'new Client().child', why: 'shares the connections of its parent' }],
  holdsProcess: 'no',
  notes: ['One undici Pool per node, up to 256 connections, kept alive for 600 s.'],
};
