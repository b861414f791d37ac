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
  limits: [
    {
      option: 'agent.connections',
      bounds: 'per-host',
      default: 256,
      evidence: 'source',
      note: 'for each node; an option of undici',
    },
  ],
  timeouts: [
    {
      option: 'requestTimeout',
      covers: ['headers', 'body'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      null: 'unlimited',
      note: 'each call takes it too, as its second argument; up to three retries',
    },
    {
      option: 'pingTimeout',
      covers: ['keep-alive'],
      unit: 'ms',
      default: 3_000,
      note: 'read by a ClusterConnectionPool only, which is not the default',
    },
  ],
  waits: [{ for: 'request', default: 'none', endedBy: ['requestTimeout'] }],
  holdsProcess: 'no',
  notes: ['One undici Pool per node, up to 256 connections, kept alive for 600 s.'],
};
