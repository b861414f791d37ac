import type { Checkout, Creator, LibraryDescriptor } from '../descriptor.js';
import {
  mysql2ConnectionTimeouts,
  mysql2Limits,
  mysql2PoolTimeouts,
  mysql2Recycling,
  mysql2Relations,
} from '../pools/mysql2.js';

const close: Creator['close'] = [
  {
    method: 'end',
    async: true,
    mode: 'forced',
    note: 'lets a running statement end, but resolves even while a connection is checked out; waiters get "Pool is closed."; a second promise end rejects',
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
  answers: ['{query,execute}'],
  note: 'end() of a pooled connection is a deprecated name of release(), or closes it with gracefulEnd; a release() after the connection was taken again gives it to two holders',
  ...more,
});
const withCallback = (
  api: string,
  argument: number,
  release: Checkout['release'],
  more: Pick<Checkout, 'chooses'> = {},
): Checkout =>
  checkout({
    api,
    modules: ['mysql2'],
    returnsPromise: false,
    callback: { argument, parameter: 1 },
    release,
    dispose: { sync: true, async: false, effect: 'releases', note: DISPOSE },
    ...more,
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
      cost: 'opens up to {max} connections of its own',
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
      cost: 'opens up to {max} connections of its own',
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
      dispose: { sync: true, async: false },
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
    withCallback('{createPoolCluster(),new PoolCluster()}.getConnection', -1, ofCluster, { chooses: true }),
    withCallback('{createPoolCluster(),new PoolCluster()}.of().getConnection', 0, ofCluster, { chooses: true }),
    checkout({ api: '{createPool(),new Pool()}.promise().getConnection', modules: ['mysql2'] }),
    checkout({ api: '{createPool(),new Pool()}.getConnection', modules: ['mysql2/promise'] }),
    checkout({
      api: '{createPoolCluster().getConnection,createPoolCluster().of().getConnection,new PoolCluster().getConnection,new PoolCluster().of().getConnection}',
      modules: ['mysql2/promise'],
      release: ofCluster,
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
      note: 'that release() leaves it open is read in the source (lib/base/pool.js); resetOnRelease, off by default, rolls it back',
    },
  ],
  shortcuts: [
    { api: '{createPool(),new Pool()}.{query,execute}', text: 0, property: 'sql', callback: -1 },
    { api: '{createPool(),new Pool()}.promise().{query,execute}', modules: ['mysql2'], text: 0, property: 'sql' },
  ],
  cheap: [{ api: 'createPool().promise', modules: ['mysql2'], why: 'wraps the same pool' }],
  limits: mysql2Limits({ of: ['createPool'] }),
  timeouts: [
    ...mysql2ConnectionTimeouts({ of: ['createPool', '{createConnection,connect}', 'createConnection'] }),
    ...mysql2PoolTimeouts({ of: ['createPool'] }),
    {
      option: 'timeout',
      of: [],
      at: [
        {
          api: '{createPool(),new Pool(),createPool().promise(),createConnection(),connect(),new Connection(),createPool().getConnection()}.{query,execute}',
          argument: 0,
          holds: 'call',
        },
      ],
      covers: ['query'],
      misses: ['acquire'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      note: 'only in the options of a query: { sql, timeout }',
    },
  ],
  waits: [
    {
      of: ['createPool', '{createConnection,connect}', 'createConnection'],
      for: 'connect',
      default: 10_000,
      endedBy: ['connectTimeout'],
    },
    {
      of: ['createPool'],
      for: 'acquire',
      default: 'none',
      endedBy: [],
      instead: 'bound the queue with queueLimit, or set waitForConnections: false',
    },
    {
      of: ['createPool', '{createConnection,connect}', 'createConnection'],
      for: 'query',
      default: 'none',
      endedBy: ['timeout'],
    },
  ],
  relations: mysql2Relations({ of: ['createPool'] }),
  recycling: [{ of: ['createPool'], ...mysql2Recycling }],
  ignored: [
    {
      of: ['createPool'],
      option: 'acquireTimeout',
      because: 'other-name',
      leaves: 'the wait for a free connection has no end',
      warns: true,
    },
    {
      option: 'timeout',
      because: 'other-place',
      place: 'on each query, as { sql, timeout }',
      warns: true,
    },
    ...['max', 'poolSize'].map((option) => ({
      of: ['createPool'],
      option,
      because: 'other-name' as const,
      leaves: 'connectionLimit stays 10',
      instead: 'connectionLimit',
      warns: true,
      evidence: 'source' as const,
    })),
  ],
  connectionStrings: [undefined, 'uri'].map((property) => ({
    of: ['createPool'],
    ...(property === undefined ? {} : { property }),
    parameters: ['connectionLimit', 'queueLimit', 'connectTimeout', 'idleTimeout', 'maxIdle'].map((name) => ({
      name,
      option: name,
    })),
    ignored: [
      { name: 'connection_limit', leaves: 'connectionLimit stays 10', instead: 'connectionLimit' },
      { name: 'max', leaves: 'connectionLimit stays 10', instead: 'connectionLimit' },
      { name: 'pool_timeout' },
    ],
  })),
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'a pool survives the loss of its connections without an error listener; the next query reconnects',
    'a pool with maxIdle < connectionLimit keeps the process alive even if it was only created',
    'a stale release() after the connection was taken again hands one connection to two holders',
    'START TRANSACTION and ROLLBACK through pool.query run on different connections',
  ],
};
