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
      close: [
        {
          method: 'shutdown',
          async: true,
          mode: 'forced',
          note: 'takes a callback or returns a promise; does not wait for requests under way (source lib/client.js, lib/connection.js)',
        },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens a control connection and connections of its own to each node',
      note: 'connects with connect() or the first query; connect() on a connected client resolves at once, after shutdown() it rejects (source lib/client.js)',
    },
  ],
  cheap: [],
  limits: [
    {
      option: 'pooling.maxRequestsPerConnection',
      bounds: 'in-flight',
      default: 2_048,
      note: '128 with versions 1 and 2 of the protocol',
    },
  ],
  timeouts: [
    {
      option: 'socketOptions.readTimeout',
      at: [{ api: 'new Client().{execute,batch}', argument: [1, 2], property: 'readTimeout', holds: 'call' }],
      covers: ['query'],
      unit: 'ms',
      default: 12_000,
      zero: 'unlimited',
      null: { means: 'throws', does: 'throws: it has to be a number' },
      text: { means: 'throws', does: 'throws: it has to be a number' },
    },
    {
      option: 'socketOptions.connectTimeout',
      covers: ['connect'],
      unit: 'ms',
      default: 5_000,
    },
    {
      option: 'pooling.heartBeatInterval',
      covers: ['keep-alive'],
      unit: 'ms',
      default: 30_000,
      zero: 'unlimited',
    },
  ],
  waits: [
    { for: 'connect', default: 5_000, endedBy: ['socketOptions.connectTimeout'] },
    { for: 'query', default: 12_000, endedBy: ['socketOptions.readTimeout'] },
  ],
  holdsProcess: 'unknown',
  notes: ['no server was available: that a connected client keeps the process alive and needs no error listener is unverified'],
};
