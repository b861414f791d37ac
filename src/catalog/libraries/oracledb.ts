import type { LibraryDescriptor } from '../descriptor.js';

/** node-oracledb. */
export const oracledb: LibraryDescriptor = {
  name: 'oracledb',
  version: '26.0.0 (thin mode)',
  modules: ['oracledb'],
  creators: [
    {
      api: 'createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      returnsPromise: true,
      throwsWithoutConfig: true,
      close: [
        {
          method: 'close',
          async: true,
          mode: 'graceful',
          note: 'without a drain time (in seconds) it rejects while connections are out (docs)',
        },
      ],
      closedBy: ['getPool().close'],
      dispose: { sync: false, async: true },
      cost: 'opens up to 4 connections of its own',
      note: 'opens nothing with poolMin 0 (docs); kept in a process-wide cache under poolAlias "default"; an undefined connectString rejects (run on 7.0.1)',
    },
    {
      api: 'getConnection',
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      close: [{ method: 'close', async: true, mode: 'graceful', note: 'releases the connection if it came from a pool' }],
      dispose: { sync: false, async: true },
      ownsWhen: [
        { test: 'has-property', argument: 0, property: 'connectString' },
        { test: 'has-property', argument: 0, property: 'connectionString' },
        { test: 'has-property', argument: 0, property: 'user' },
      ],
      cost: 'opens a connection of its own, with a login',
      note: 'without credentials it takes a connection of the default pool; createPool() has no query method, so that there is no pool to put in its place unchanged',
    },
  ],
  checkouts: [
    {
      api: '{createPool(),getPool(),new Pool()}.getConnection',
      returnsPromise: true,
      callback: { argument: -1, parameter: 1 },
      release: ['close', 'release'],
      releaseIsAsync: true,
      dispose: { sync: false, async: true, effect: 'releases', note: 'read in the source (lib/connection.js), not run' },
    },
    {
      api: 'getConnection',
      returnsPromise: true,
      callback: { argument: -1, parameter: 1 },
      unless: [
        { test: 'has-property', argument: 0, property: 'connectString' },
        { test: 'has-property', argument: 0, property: 'connectionString' },
        { test: 'has-property', argument: 0, property: 'user' },
      ],
      release: ['close', 'release'],
      releaseIsAsync: true,
      dispose: { sync: false, async: true, effect: 'releases', note: 'read in the source (lib/connection.js), not run' },
      note: 'without credentials it takes a connection of the default pool; with them it opens one of its own, which close() ends',
    },
  ],
  cheap: [{ api: 'getPool', why: 'gives back a pool of the process-wide cache' }],
  holdsProcess: 'unknown',
  notes: ['whether an error listener is needed is unverified'],
};
