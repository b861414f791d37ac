import type { Checkout, LibraryDescriptor } from '../descriptor.js';

const checkout = (
  api: string,
  argument: number,
  release: Checkout['release'],
  more: Pick<Checkout, 'chooses'> = {},
): Checkout => ({
  api,
  returnsPromise: false,
  callback: { argument, parameter: 1 },
  release,
  destroys: ['destroy'],
  secondRelease: 'throws',
  answers: ['query'],
  note: 'end() of a pooled connection is a deprecated name of release() (source lib/PoolConnection.js)',
  ...more,
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
      cost: 'opens up to {max} connections of its own',
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
    checkout('{createPoolCluster(),new PoolCluster()}.getConnection', -1, ['release', 'destroy', 'end'], {
      chooses: true,
    }),
    checkout('{createPoolCluster(),new PoolCluster()}.of().getConnection', 0, ['release', 'destroy', 'end'], {
      chooses: true,
    }),
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
  limits: [
    {
      option: 'connectionLimit',
      of: ['createPool'],
      bounds: 'connections',
      default: 10,
      zero: { means: 'unlimited', does: 'lifts the limit: a burst opens connections until the server refuses them' },
      negative: { means: 'blocks', does: 'hands out no connection: every query waits for ever' },
      null: 'unlimited',
      empty: 'unlimited',
      text: 'literal',
      infinity: 'unlimited',
      servers: [{ family: 'mysql' }],
    },
    {
      option: 'queueLimit',
      of: ['createPool'],
      bounds: 'queue',
      default: 'unlimited',
      zero: 'unlimited',
      null: 'unlimited',
      empty: 'unlimited',
      text: 'literal',
    },
  ],
  timeouts: [
    {
      option: 'acquireTimeout',
      of: ['createPool'],
      covers: ['connect'],
      misses: ['acquire', 'query'],
      unit: 'ms',
      default: 10_000,
      note: 'bounds the connection or the ping of a connection that is being handed out; the wait in the queue has no end',
    },
    {
      option: 'connectTimeout',
      of: ['createPool', 'createConnection'],
      covers: ['connect'],
      misses: ['acquire', 'query'],
      unit: 'ms',
      default: 10_000,
      note: 'bounds the connection of the socket alone: a server that takes it and is silent is waited for until acquireTimeout in a pool, and for ever otherwise',
    },
    {
      option: 'timeout',
      of: [],
      at: [
        {
          api: '{createPool(),new Pool(),createConnection(),new Connection()}.query',
          argument: 0,
          holds: 'call',
        },
      ],
      covers: ['query'],
      misses: ['acquire'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
    },
  ],
  waits: [
    { of: ['createPool', 'createConnection'], for: 'connect', default: 10_000, endedBy: ['connectTimeout'] },
    {
      of: ['createPool'],
      for: 'acquire',
      default: 'none',
      endedBy: [],
      instead: 'bound the queue with queueLimit, or set waitForConnections: false; acquireTimeout does not bound it',
    },
    { of: ['createPool', 'createConnection'], for: 'query', default: 'none', endedBy: ['timeout'] },
  ],
  recycling: [
    {
      of: ['createPool'],
      idle: 'none',
      lifetime: 'none',
      validates: 'ping',
      boundedBy: [],
      note: 'a connection is pinged when it is handed out',
    },
  ],
  ignored: [
    {
      of: ['createPool'],
      option: 'acquireTimeout',
      because: 'ineffective',
      does: 'does not bound the wait for a free connection, only the opening of one',
    },
  ],
  connectionStrings: [
    {
      of: ['createPool'],
      parameters: ['connectionLimit', 'queueLimit'].map((name) => ({ name, option: name })),
      ignored: [
        {
          name: 'connection_limit',
          leaves: 'connectionLimit stays 10',
          instead: 'connectionLimit',
        },
      ],
    },
  ],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: ['a pool survives the loss of its connections without an error listener'],
};
