import type { Checkout, Creator, LibraryDescriptor } from '../descriptor.js';
import { mariadbFacts } from '../pools/mariadb.js';

const pool = (module: string, async: boolean): Creator => ({
  api: 'createPool',
  modules: [module],
  invoke: 'call',
  makes: 'pool',
  holds: 'sockets',
  connects: 'eager',
  throwsWithoutConfig: true,
  close: [{ method: 'end', async: true, mode: 'graceful', note: 'a second call rejects "pool is already closed"' }],
  ...(async ? { dispose: { sync: false, async: true } } : {}),
  cost: 'opens {max} connections of its own at once, without any query',
});

const closeConnection: Creator['close'] = [
  { method: 'end', async: true, mode: 'forced', note: 'the promise of a statement in progress never settles' },
  { method: 'destroy', async: false, mode: 'forced' },
];

const checkout = (more: Pick<Checkout, 'api' | 'modules' | 'returnsPromise'> & Partial<Checkout>): Checkout => ({
  release: ['release', 'end', 'close', 'destroy'],
  releaseIsAsync: true,
  destroys: ['destroy'],
  secondRelease: 'ignored',
  answers: ['{query,execute,batch}'],
  note: 'end() and close() of a pooled connection are release() (source lib/pool-promise.js)',
  ...more,
});

const CONNECTS = ['createPool', 'createConnection'];
const { limits: mariadbLimits, timeouts: mariadbTimeouts } = mariadbFacts({ pools: ['createPool'], all: CONNECTS });

/** MariaDB connector with its promise and its callback API. */
export const mariadb: LibraryDescriptor = {
  name: 'mariadb',
  version: '3.5.4',
  modules: ['mariadb', 'mariadb/callback'],
  creators: [
    pool('mariadb', true),
    pool('mariadb/callback', false),
    {
      api: 'createPoolCluster',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [{ method: 'end', async: true, mode: 'graceful' }],
      cost: 'opens connections of its own for each node',
      note: 'opens nothing by itself; add() fills the pool of the node at once (one socket seen on 3.5.4), the rest is unverified',
    },
    {
      api: 'createConnection',
      modules: ['mariadb'],
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      close: closeConnection,
      dispose: { sync: false, async: true },
      errorEvent: { event: 'error', crashesProcess: true, note: 'uncaught "socket has unexpectedly been closed"' },
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query', 'execute', 'batch'], sameOptions: true },
      cost: 'opens a connection of its own, with a handshake',
    },
    {
      api: 'createConnection',
      modules: ['mariadb/callback'],
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'eager',
      close: closeConnection,
      errorEvent: { event: 'error', crashesProcess: true },
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query', 'execute', 'batch'], sameOptions: true },
      cost: 'opens a connection of its own, with a handshake',
    },
  ],
  checkouts: [
    checkout({
      api: '{createPool(),new Pool()}.getConnection',
      modules: ['mariadb'],
      returnsPromise: true,
      dispose: { sync: false, async: true, effect: 'releases' },
    }),
    checkout({
      api: '{createPoolCluster().getConnection,createPoolCluster().of().getConnection,new PoolCluster().getConnection,new PoolCluster().of().getConnection}',
      chooses: true,
      modules: ['mariadb'],
      returnsPromise: true,
    }),
    checkout({
      api: '{createPool(),new Pool()}.getConnection',
      modules: ['mariadb/callback'],
      returnsPromise: false,
      callback: { argument: 0, parameter: 1 },
    }),
    checkout({
      api: '{createPoolCluster().getConnection,createPoolCluster().of().getConnection,new PoolCluster().getConnection,new PoolCluster().of().getConnection}',
      chooses: true,
      modules: ['mariadb/callback'],
      returnsPromise: false,
      callback: { argument: -1, parameter: 1 },
    }),
  ],
  transactions: [
    {
      begin: ['beginTransaction', 'text:BEGIN', 'text:START TRANSACTION'],
      commit: ['commit', 'text:COMMIT'],
      rollback: ['rollback', 'text:ROLLBACK'],
      held: 'receiver',
      alsoEnds: ['destroy'],
      onRelease: 'rolls-back',
      note: 'release() rolls back unless noControlAfterUse is set (source lib/pool.js)',
    },
  ],
  shortcuts: [{ api: '{createPool(),new Pool()}.{query,execute,batch}', text: 0, property: 'sql', callback: -1 }],
  cheap: [],
  limits: mariadbLimits,
  timeouts: mariadbTimeouts,
  waits: [
    { for: 'connect', of: CONNECTS, default: 1_000, endedBy: ['connectTimeout'] },
    { for: 'acquire', of: ['createPool'], default: 10_000, endedBy: ['acquireTimeout'] },
    { for: 'query', of: CONNECTS, default: 'none', endedBy: ['queryTimeout', 'socketTimeout'] },
  ],
  relations: [
    {
      of: ['createPool'],
      kind: 'at-most',
      left: 'minimumIdle',
      right: 'connectionLimit',
      given: 'either',
      otherwise: 'minimumIdle is lowered to connectionLimit',
    },
    {
      of: ['createPool'],
      kind: 'at-most',
      left: 'acquireTimeout',
      right: 'queryTimeout',
      given: 'both',
      otherwise: 'a request may wait longer for a connection than its statement may take',
    },
  ],
  recycling: [
    {
      of: ['createPool'],
      idle: 1_800_000,
      keeps: 'minimumIdle',
      lifetime: 'none',
      validates: 'ping',
      boundedBy: ['idleTimeout'],
      note: 'a connection that was idle for more than minDelayValidation, 500 ms, is pinged; minimumIdle is connectionLimit by default, so that none is ever closed',
    },
  ],
  connectionStrings: [
    {
      of: ['createPool'],
      parameters: ['connectionLimit', 'acquireTimeout', 'connectTimeout', 'idleTimeout', 'minimumIdle'].map((name) => ({
        name,
        option: name,
      })),
      ignored: [
        {
          name: 'connection_limit',
          leaves: 'connectionLimit stays 10',
          instead: 'connectionLimit',
        },
      ],
    },
  ],
  holdsProcess: 'always',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'a pool opens minimumIdle (= connectionLimit = 10) connections as soon as it is made and keeps the process alive from then on',
    'a pool survives the loss of idle and checked-out connections without an error listener',
  ],
};
