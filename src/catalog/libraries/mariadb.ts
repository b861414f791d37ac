import type { Creator, LibraryDescriptor } from '../descriptor.js';

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
  cost: 'opens 10 connections of its own at once, without any query',
});

const closeConnection: Creator['close'] = [
  { method: 'end', async: true, mode: 'graceful' },
  { method: 'destroy', async: false, mode: 'forced' },
];

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
      dispose: { sync: false, async: true, note: 'read in the source (lib/connection-promise.js:362)' },
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
      errorEvent: { event: 'error', crashesProcess: true, note: 'run with the promise API only' },
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query', 'execute', 'batch'], sameOptions: true },
      cost: 'opens a connection of its own, with a handshake',
    },
  ],
  checkouts: [
    {
      api: 'createPool().getConnection',
      returnsPromise: true,
      release: ['release', 'end', 'destroy'],
    },
  ],
  cheap: [],
  holdsProcess: 'always',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'a pool opens minimumIdle (= connectionLimit = 10) connections as soon as it is made and keeps the process alive from then on',
    'a pool survives the loss of idle and checked-out connections without an error listener',
  ],
};
