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
  cheap: [
    { api: 'query', why: 'uses the global pool' },
    { api: 'Request', why: 'takes a connection of the pool for one query and gives it back' },
    { api: 'new ConnectionPool().request', why: 'takes a connection of the pool for one query and gives it back' },
  ],
  holdsProcess: 'unknown',
  notes: ['pool.max: 0 makes connect fail'],
};
