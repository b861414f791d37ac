import type { LibraryDescriptor, ValueEffect } from '../descriptor.js';
import { tarnNumber, tarnTimeouts } from '../pools/tarn.js';

const NO_SIZE: ValueEffect = { means: 'throws', does: 'lets connect() reject: it takes the place of the default' };

/** mssql. */
export const mssql: LibraryDescriptor = {
  name: 'mssql',
  version: '12.7.14 (tarn 3.1.2, tedious 19.2.2)',
  modules: ['mssql', 'mssql/msnodesqlv8'],
  creators: [
    {
      api: 'connect',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      idempotent: true,
      throwsWithoutConfig: true,
      close: [{ method: 'close', async: true, mode: 'graceful', note: 'sql.close() closes the global pool too' }],
      closedBy: ['close'],
      dispose: { sync: false, async: false },
      cost: 'opens the global pool, of up to {max} connections',
      note: 'a second connect(config) gives the first pool back and ignores the new config (source lib/global-connection.js)',
    },
    {
      api: 'ConnectionPool',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'on-connect',
      connect: { method: 'connect', required: true, repeatable: true, returnsClient: true },
      throwsWithoutConfig: true,
      close: [
        {
          method: 'close',
          async: true,
          mode: 'graceful',
          note: 'waits for connections in use, and rejects while the pool is connecting (source lib/base/connection-pool.js, not run)',
        },
      ],
      dispose: { sync: false, async: false },
      errorEvent: {
        event: 'error',
        crashesProcess: false,
        note: 'an idle connection that loses its server is dropped in silence; other errors of connections are emitted on the pool (source lib/tedious/connection-pool.js)',
      },
      cost: 'opens up to {max} connections of its own',
      note: 'connect() opens and closes one connection as a probe; on a connected pool it resolves at once (source)',
    },
  ],
  checkouts: [
    {
      api: '{new Transaction(),new ConnectionPool().transaction(),new ConnectionPool().connect().transaction(),connect().transaction()}.begin',
      takes: 'transaction',
      returnsPromise: true,
      held: 'receiver',
      release: ['commit', 'rollback'],
      transaction: { commit: ['commit'], rollback: ['rollback'] },
      answers: ['request().{query,batch,execute}'],
      note: 'read in the source (lib/base/transaction.js), not run; takes a callback without a connection instead',
    },
    {
      api: 'new PreparedStatement().prepare',
      returnsPromise: true,
      held: 'receiver',
      release: ['unprepare'],
      note: 'keeps a connection until unprepare() (source lib/base/prepared-statement.js, not run)',
    },
  ],
  shortcuts: [
    { api: '{query,batch}', text: 0, tag: true },
    { api: '{new ConnectionPool(),new ConnectionPool().connect(),connect()}.{query,batch}', text: 0, tag: true },
    {
      api: '{new Request(),new ConnectionPool().request(),new ConnectionPool().connect().request(),connect().request()}.{query,batch,execute}',
      chains: ['input', 'output', 'replaceInput'],
      text: 0,
      tag: true,
    },
  ],
  globalPool: ['default', 'connect()'],
  transfers: [
    {
      api: 'new {Request,Transaction,PreparedStatement}()',
      argument: 0,
      takesOver: false,
      note: 'without an argument they use the global pool',
    },
  ],
  cheap: [
    { api: 'query', why: 'uses the global pool' },
    { api: 'Request', why: 'takes a connection of the pool for one query and gives it back' },
    { api: 'new ConnectionPool().request', why: 'takes a connection of the pool for one query and gives it back' },
  ],
  limits: [
    {
      option: 'pool.max',
      bounds: 'connections',
      default: 10,
      ...tarnNumber('lets connect() reject: it has to be an integer above 0'),
      undefined: NO_SIZE,
      servers: [{ family: 'sql-server' }],
    },
    {
      option: 'pool.min',
      bounds: 'min',
      default: 0,
      zero: 'none',
      undefined: NO_SIZE,
    },
  ],
  timeouts: [
    {
      option: 'connectionTimeout',
      covers: ['connect'],
      misses: ['acquire', 'query'],
      unit: 'ms',
      default: 15_000,
      zero: { means: 'immediate', does: 'is over at once: connect() rejects' },
      null: 'default',
      note: 'a connection string has it in seconds',
    },
    {
      option: 'requestTimeout',
      covers: ['query'],
      misses: ['acquire'],
      unit: 'ms',
      default: 15_000,
      zero: 'unlimited',
      negative: 'unlimited',
      infinity: 'unlimited',
      nan: 'default',
      null: 'default',
    },
    ...tarnTimeouts(
      { prefix: 'pool.' },
      { acquire: 30_000, does: 'lets connect() reject: it has to be a positive whole number' },
    ),
  ],
  waits: [
    { for: 'connect', default: 15_000, endedBy: ['connectionTimeout'] },
    { for: 'acquire', default: 30_000, endedBy: ['pool.acquireTimeoutMillis'] },
    { for: 'query', default: 15_000, endedBy: ['requestTimeout'] },
  ],
  relations: [
    {
      kind: 'at-most',
      left: 'pool.min',
      right: 'pool.max',
      given: 'either',
      otherwise: 'connect() rejects',
    },
    {
      kind: 'at-most',
      left: 'pool.acquireTimeoutMillis',
      right: 'requestTimeout',
      given: 'both',
      otherwise: 'a request may wait longer for a connection than its statement may take',
    },
  ],
  recycling: [
    {
      idle: 30_000,
      keeps: 'pool.min',
      lifetime: 'none',
      validates: 'ping',
      boundedBy: ['pool.idleTimeoutMillis'],
      note: "validateConnection: 'socket' looks at the state of the socket instead",
    },
  ],
  holdsProcess: 'unknown',
  notes: ['pool.max: 0 makes connect fail'],
};
