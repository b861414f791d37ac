import type { LibraryDescriptor } from '../descriptor.js';

/** mysql, the callback driver. */
export const mysql: LibraryDescriptor = {
  name: 'mysql',
  version: '2.18.1',
  modules: ['mysql'],
  creators: [
    {
      api: 'createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: 'end', async: true, mode: 'graceful' }],
      dispose: { sync: false, async: false },
      cost: 'opens up to 10 connections of its own',
    },
    {
      api: 'createPoolCluster',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [{ method: 'end', async: true, mode: 'graceful' }],
      dispose: { sync: false, async: false },
      cost: 'opens up to 10 connections of its own for each node',
    },
    {
      api: 'createConnection',
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'lazy',
      connect: { method: 'connect', required: false, repeatable: false, returnsClient: false },
      throwsWithoutConfig: true,
      close: [
        { method: 'end', async: true, mode: 'graceful' },
        { method: 'destroy', async: false, mode: 'forced' },
      ],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true },
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query'], sameOptions: true },
      cost: 'opens a connection of its own, with a handshake',
      note: 'connects on connect() or with the first query; a second connect() fails (source lib/protocol/Protocol.js:221)',
    },
  ],
  checkouts: [
    {
      api: 'createPool().getConnection',
      returnsPromise: false,
      callback: { argument: 0, parameter: 1 },
      release: ['release', 'destroy'],
    },
  ],
  cheap: [],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: ['a pool survives the loss of its connections without an error listener'],
};
