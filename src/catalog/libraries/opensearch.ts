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
      close: [
        {
          method: 'close',
          async: true,
          mode: 'graceful',
          note: 'takes a callback or gives back a promise; a second call never settles',
        },
      ],
      dispose: { sync: false, async: false },
      cost: 'keeps up to 256 connections per node of its own',
    },
  ],
  cheap: [],
  limits: [
    {
      option: 'agent.maxSockets',
      bounds: 'per-host',
      default: 256,
      evidence: 'source',
      note: 'for each node; an option of the agent of node:http',
    },
  ],
  timeouts: [
    {
      option: 'requestTimeout',
      covers: ['request'],
      unit: 'ms',
      default: 30_000,
      zero: 'unlimited',
      note: 'each call takes it too, as its second argument, where 0 means that of the client',
    },
    { option: 'pingTimeout', covers: ['keep-alive'], unit: 'ms', default: 3_000, evidence: 'source' },
  ],
  waits: [{ for: 'request', default: 30_000, endedBy: ['requestTimeout'] }],
  holdsProcess: 'no',
  notes: ['One keep-alive agent per node, up to 256 sockets.', 'Whether client.child() shares connections is unverified.'],
};
