import type { Checkout, LibraryDescriptor } from '../descriptor.js';

const checkout = (api: string, argument: number, release: Checkout['release']): Checkout => ({
  api,
  returnsPromise: false,
  callback: { argument, parameter: 1 },
  release,
  destroys: ['destroy'],
  secondRelease: 'throws',
  note: 'end() of a pooled connection is a deprecated name of release() (source lib/PoolConnection.js)',
});

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
    checkout('{createPool(),new Pool()}.getConnection', 0, ['release', 'destroy', 'end', 'pool.releaseConnection']),
    checkout('{createPoolCluster(),new PoolCluster()}.getConnection', -1, ['release', 'destroy', 'end']),
    checkout('{createPoolCluster(),new PoolCluster()}.of().getConnection', 0, ['release', 'destroy', 'end']),
  ],
  transactions: [
    {
      begin: ['beginTransaction', 'text:BEGIN', 'text:START TRANSACTION'],
      commit: ['commit', 'text:COMMIT'],
      rollback: ['rollback', 'text:ROLLBACK'],
      held: 'receiver',
      alsoEnds: ['destroy'],
      onRelease: 'stays-open',
      note: 'that release() leaves it open is read in the source (lib/Pool.js)',
    },
  ],
  shortcuts: [{ api: '{createPool(),new Pool()}.query', text: 0, property: 'sql', callback: -1 }],
  cheap: [],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: ['a pool survives the loss of its connections without an error listener'],
};
