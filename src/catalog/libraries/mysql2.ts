import type { Creator, LibraryDescriptor } from '../descriptor.js';

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
    {
      api: 'createPool().getConnection',
      returnsPromise: true,
      callback: { argument: 0, parameter: 1 },
      release: ['release', 'destroy'],
    },
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
