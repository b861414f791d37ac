import type { LibraryDescriptor } from '../descriptor.js';

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
      cost: 'opens the global pool, of up to 10 connections',
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
          note: 'waits for connections in use and rejects while the pool is connecting (source lib/base/connection-pool.js, not run)',
        },
      ],
      dispose: { sync: false, async: false },
      errorEvent: {
        event: 'error',
        crashesProcess: false,
        note: 'connection errors are emitted on the pool (source lib/tedious/connection-pool.js:108); whether that ends the process is unverified',
      },
      cost: 'opens up to 10 connections of its own',
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
      api: '{new ConnectionPool().request(),new ConnectionPool().connect().request(),connect().request()}.{query,batch,execute}',
      text: 0,
      tag: true,
    },
  ],
  cheap: [
    { api: 'query', why: 'uses the global pool' },
    { api: 'Request', why: 'takes a connection of the pool for one query and gives it back' },
    { api: 'new ConnectionPool().request', why: 'takes a connection of the pool for one query and gives it back' },
  ],
  holdsProcess: 'unknown',
  notes: ['pool.max: 0 makes connect fail'],
};
