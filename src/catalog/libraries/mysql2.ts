import type { Checkout, Creator, LibraryDescriptor } from '../descriptor.js';

const close: Creator['close'] = [
  {
    method: 'end',
    async: true,
    mode: 'forced',
    note: 'resolves even while a connection is checked out, waiters get "Pool is closed."; a second promise end rejects',
  },
];
const closeConnection: Creator['close'] = [
  {
    method: 'end',
    async: true,
    mode: 'graceful',
    note: 'on a pooled connection it is a deprecated alias of release() with a console warning unless gracefulEnd is set',
  },
  { method: 'destroy', async: false, mode: 'forced' },
];

const DISPOSE = 'not in 3.9.9; the first version with it is unverified';
const checkout = (more: Pick<Checkout, 'api'> & Partial<Checkout>): Checkout => ({
  returnsPromise: true,
  release: ['release', 'destroy', 'end', 'pool.releaseConnection'],
  destroys: ['destroy'],
  dispose: { sync: false, async: true, effect: 'releases', note: DISPOSE },
  secondRelease: 'corrupts',
  note: 'end() of a pooled connection is a deprecated name of release(), or closes it with gracefulEnd; a release() after the connection was taken again gives it to two holders',
  ...more,
});
const withCallback = (api: string, argument: number, release: Checkout['release']): Checkout =>
  checkout({
    api,
    modules: ['mysql2'],
    returnsPromise: false,
    callback: { argument, parameter: 1 },
    release,
    dispose: { sync: true, async: false, effect: 'releases', note: DISPOSE },
  });
const ofCluster = ['release', 'destroy', 'end'] as const;

/** mysql2 with its callback and its promise API. */
export const mysql2: LibraryDescriptor = {
  name: 'mysql2',
  version: '3.24.5',
  modules: ['mysql2', 'mysql2/promise'],
  creators: [
    {
      api: 'createPool',
      modules: ['mysql2'],
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close,
      dispose: { sync: true, async: false, note: 'not in 3.9.9; the first version with it is unverified' },
      cost: 'opens up to 10 connections of its own',
    },
    {
      api: 'createPool',
      modules: ['mysql2/promise'],
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close,
      dispose: { sync: false, async: true, note: 'calls end(); not in 3.9.9; the first version with it is unverified' },
      cost: 'opens up to 10 connections of its own',
    },
    {
      api: 'createPoolCluster',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [{ method: 'end', async: true, mode: 'forced', note: 'ends the pool of each node' }],
      cost: 'opens up to 10 connections of its own for each node',
    },
    {
      api: '{createConnection,connect}',
      modules: ['mysql2'],
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'eager',
      throwsWithoutConfig: true,
      close: closeConnection,
      dispose: { sync: true, async: false, note: 'read in the source of 3.24.6 (lib/base/connection.js:1149)' },
      errorEvent: { event: 'error', crashesProcess: true },
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query', 'execute'], sameOptions: true },
      cost: 'opens a connection of its own, with a handshake',
    },
    {
      api: 'createConnection',
      modules: ['mysql2/promise'],
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      throwsWithoutConfig: true,
      close: closeConnection,
      dispose: { sync: false, async: true, note: 'calls end(); not in 3.9.9; the first version with it is unverified' },
      errorEvent: {
        event: 'error',
        crashesProcess: false,
        note: 'the first loss is swallowed by a left-over once("error") listener',
      },
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query', 'execute'], sameOptions: true },
      cost: 'opens a connection of its own, with a handshake',
    },
  ],
  checkouts: [
    withCallback('{createPool(),new Pool()}.getConnection', 0, ['release', 'destroy', 'end', 'pool.releaseConnection']),
    withCallback('{createPoolCluster(),new PoolCluster()}.getConnection', -1, ofCluster),
    withCallback('{createPoolCluster(),new PoolCluster()}.of().getConnection', 0, ofCluster),
    checkout({ api: '{createPool(),new Pool()}.promise().getConnection', modules: ['mysql2'] }),
    checkout({ api: '{createPool(),new Pool()}.getConnection', modules: ['mysql2/promise'] }),
    checkout({
      api: '{createPoolCluster().getConnection,createPoolCluster().of().getConnection,new PoolCluster().getConnection,new PoolCluster().of().getConnection}',
      modules: ['mysql2/promise'],
      release: ofCluster,
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
      note: 'that release() leaves it open is read in the source (lib/base/pool.js); resetOnRelease, off by default, rolls it back',
    },
  ],
  shortcuts: [
    { api: '{createPool(),new Pool()}.{query,execute}', text: 0, property: 'sql', callback: -1 },
    { api: '{createPool(),new Pool()}.promise().{query,execute}', modules: ['mysql2'], text: 0, property: 'sql' },
  ],
  cheap: [{ api: 'createPool().promise', modules: ['mysql2'], why: 'wraps the same pool' }],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'a pool survives the loss of its connections without an error listener; the next query reconnects',
    'a pool with maxIdle < connectionLimit keeps the process alive even if it was only created',
    'a stale release() after the connection was taken again hands one connection to two holders',
    'START TRANSACTION and ROLLBACK through pool.query run on different connections',
  ],
};
