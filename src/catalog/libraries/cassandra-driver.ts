import type { LibraryDescriptor } from '../descriptor.js';

/** Cassandra driver. */
export const cassandraDriver: LibraryDescriptor = {
  name: 'cassandra-driver',
  version: '4.10.0',
  modules: ['cassandra-driver'],
  creators: [
    {
      api: 'Client',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      connect: { method: 'connect', required: false, repeatable: true, returnsClient: false },
      throwsWithoutConfig: true,
      close: [{ method: 'shutdown', async: true, mode: 'graceful', note: 'takes a callback or returns a promise (docs)' }],
      dispose: { sync: false, async: false },
      cost: 'opens a control connection and connections of its own to each node',
      note: 'connects with connect() or the first query; connect() on a connected client resolves at once, after shutdown() it rejects (source lib/client.js)',
    },
  ],
  cheap: [],
  holdsProcess: 'unknown',
  notes: ['no server was available: that a connected client keeps the process alive and needs no error listener is unverified'],
};
