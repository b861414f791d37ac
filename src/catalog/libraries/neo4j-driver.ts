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
      close: [{ method: 'close', async: true, mode: 'forced', note: 'does not wait for statements; a second call resolves' }],
      dispose: { sync: false, async: true },
      cost: 'opens up to {max} connections of its own',
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
  limits: [
    {
      option: 'maxConnectionPoolSize',
      argument: 2,
      bounds: 'connections',
      default: 100,
      zero: 'unlimited',
      negative: 'unlimited',
      null: 'default',
      infinity: 'default',
    },
  ],
  timeouts: [
    {
      option: 'connectionAcquisitionTimeout',
      argument: 2,
      covers: ['acquire', 'connect'],
      misses: ['query'],
      unit: 'ms',
      default: 60_000,
    },
    {
      option: 'connectionTimeout',
      argument: 2,
      covers: ['connect'],
      unit: 'ms',
      default: 30_000,
      zero: 'unlimited',
    },
    { option: 'maxConnectionLifetime', argument: 2, covers: ['lifetime'], unit: 'ms', default: 3_600_000 },
    {
      option: 'connectionLivenessCheckTimeout',
      argument: 2,
      covers: ['keep-alive'],
      unit: 'ms',
      default: 'none',
      zero: { means: 'immediate', does: 'asks the server each time a connection is taken' },
      negative: { means: 'throws', does: 'throws: it has to be positive, or 0 for always' },
      note: 'after this time of disuse a connection is tried before it is handed out',
    },
    {
      option: 'timeout',
      of: [],
      at: [
        { api: '{driver(),new Driver()}.session().run', argument: 2, holds: 'call' },
        { api: '{driver(),new Driver()}.session().{executeRead,executeWrite}', argument: 1, holds: 'call' },
        { api: '{driver(),new Driver()}.session().beginTransaction', argument: 0, holds: 'call' },
      ],
      covers: ['query', 'transaction'],
      misses: ['acquire', 'connect'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      evidence: 'docs',
      note: "without it the server's own setting holds",
    },
  ],
  waits: [
    { for: 'connect', default: 30_000, endedBy: ['connectionTimeout'] },
    { for: 'acquire', default: 60_000, endedBy: ['connectionAcquisitionTimeout'] },
    { for: 'query', default: 'none', endedBy: ['timeout'] },
  ],
  relations: [
    {
      kind: 'at-most',
      left: 'connectionTimeout',
      right: 'connectionAcquisitionTimeout',
      given: 'either',
      otherwise: 'the driver warns: no connection can ever time out by itself',
    },
  ],
  recycling: [
    {
      idle: 'none',
      lifetime: 3_600_000,
      validates: 'none',
      boundedBy: ['maxConnectionLifetime'],
      note: 'connectionLivenessCheckTimeout has a connection tried before it is handed out',
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'neo4j-driver-lite is unverified and left out',
    'sessions and transactions have Symbol.asyncDispose too',
    'that no error listener is needed is unverified',
  ],
};
