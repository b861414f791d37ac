import type { LibraryDescriptor } from '../descriptor.js';

const queries = '{query,any,anyFirst,exists,many,manyFirst,maybeOne,maybeOneFirst,one,oneFirst}';
const answers = [queries] as const;

/** Slonik. */
export const slonik: LibraryDescriptor = {
  name: 'slonik',
  version: '47.3.2',
  modules: ['slonik'],
  creators: [
    {
      api: 'createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      throwsWithoutConfig: true,
      close: [
        {
          method: 'end',
          async: true,
          mode: 'graceful',
          note: 'waits up to gracefulTerminationTimeout (5000 ms); a second call resolves',
        },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens a connection at once and up to 10 of its own',
      note: 'an undefined connection string rejects the promise',
    },
  ],
  managed: [
    { api: '{createPool(),new DatabasePool()}.connect', takes: 'connection', callback: [0], parameter: 0, answers },
    { api: '{createPool(),new DatabasePool()}.transaction', takes: 'transaction', callback: [0], parameter: 0, answers },
  ],
  shortcuts: [
    {
      api: `{createPool(),new DatabasePool()}.${queries}`,
      text: 0,
      note: 'takes a tagged template, not text',
    },
  ],
  cheap: [],
  limits: [
    {
      option: 'maximumPoolSize',
      argument: 1,
      bounds: 'connections',
      default: 10,
      zero: { means: 'throws', does: 'rejects: it has to be at least 1' },
      negative: { means: 'throws', does: 'rejects: it has to be at least 1' },
      servers: [{ family: 'postgresql' }],
    },
    {
      option: 'minimumPoolSize',
      argument: 1,
      bounds: 'min',
      default: 0,
      zero: 'none',
      negative: { means: 'throws', does: 'rejects: it has to be at least 0' },
    },
  ],
  timeouts: [
    {
      option: 'connectionTimeout',
      argument: 1,
      covers: ['connect'],
      misses: ['acquire'],
      unit: 'ms',
      default: 5_000,
      measures: 'attempt',
      zero: { means: 'becomes', value: 1 },
      note: "createPool() tries it once, a later request three times; it does not bound the wait for the pool; the text 'DISABLE_TIMEOUT' switches each of these times off",
    },
    {
      option: 'statementTimeout',
      argument: 1,
      covers: ['query'],
      misses: ['acquire', 'connect'],
      unit: 'ms',
      default: 60_000,
      zero: { means: 'becomes', value: 1 },
    },
    {
      option: 'idleTimeout',
      argument: 1,
      covers: ['idle'],
      unit: 'ms',
      default: 5_000,
      zero: { means: 'becomes', value: 1 },
    },
    {
      option: 'idleInTransactionSessionTimeout',
      argument: 1,
      covers: ['transaction'],
      unit: 'ms',
      default: 60_000,
      zero: { means: 'becomes', value: 1 },
    },
    {
      option: 'gracefulTerminationTimeout',
      argument: 1,
      covers: ['close'],
      unit: 'ms',
      default: 5_000,
    },
  ],
  waits: [
    { for: 'connect', default: 5_000, endedBy: ['connectionTimeout'] },
    {
      for: 'acquire',
      default: 'none',
      endedBy: [],
      instead: 'there is no option for it: connectionTimeout does not bound the wait for a free connection',
    },
    { for: 'query', default: 60_000, endedBy: ['statementTimeout'] },
  ],
  relations: [
    {
      kind: 'at-most',
      left: 'minimumPoolSize',
      right: 'maximumPoolSize',
      given: 'either',
      otherwise: 'createPool() rejects',
    },
  ],
  recycling: [
    {
      idle: 5_000,
      keeps: 'minimumPoolSize',
      lifetime: 'none',
      validates: 'none',
      boundedBy: ['idleTimeout'],
    },
  ],
  holdsProcess: 'unknown',
  notes: ['an idle connection may be lost without an error listener', 'needs zod installed (peer dependency)'],
};
