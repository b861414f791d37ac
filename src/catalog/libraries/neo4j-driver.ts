import type { LibraryDescriptor } from '../descriptor.js';

/** Neo4j driver. */
export const neo4jDriver: LibraryDescriptor = {
  name: 'neo4j-driver',
  version: '6.3.0',
  modules: ['neo4j-driver'],
  creators: [
    {
      api: 'driver',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: 'close', async: true, mode: 'graceful', note: 'a second call resolves' }],
      dispose: { sync: false, async: true },
      cost: 'opens up to 100 connections of its own',
    },
  ],
  checkouts: [
    {
      api: '{driver(),new Driver()}.session',
      takes: 'session',
      returnsPromise: false,
      takenBy: ['*'],
      release: ['close'],
      releaseIsAsync: true,
      dispose: { sync: false, async: true, effect: 'releases' },
      note: 'close() returns the connection (docs)',
    },
  ],
  transactions: [
    {
      of: ['{driver(),new Driver()}.session'],
      begin: ['beginTransaction'],
      commit: ['commit'],
      rollback: ['rollback', 'close'],
      held: 'result',
    },
  ],
  managed: [
    {
      api: '{driver(),new Driver()}.session().{executeRead,executeWrite,readTransaction,writeTransaction}',
      takes: 'transaction',
      callback: [0],
      parameter: 0,
      note: 'ends the transaction and not the session',
    },
  ],
  shortcuts: [{ api: '{driver(),new Driver()}.executeQuery', text: 0 }],
  cheap: [],
  holdsProcess: 'unknown',
  notes: [
    'neo4j-driver-lite is unverified and left out',
    'sessions and transactions have Symbol.asyncDispose too',
    'that no error listener is needed is unverified',
  ],
};
