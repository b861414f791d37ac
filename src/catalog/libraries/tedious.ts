import type { Creator, LibraryDescriptor } from '../descriptor.js';

const shared = {
  makes: 'connection',
  holds: 'sockets',
  throwsWithoutConfig: true,
  close: [{ method: 'close', async: false, mode: 'forced' }],
  dispose: { sync: false, async: false },
  errorEvent: {
    event: 'error',
    crashesProcess: true,
    note: 'an idle connection that loses its server ends the process',
  },
  cost: 'opens a connection of its own, with a handshake',
} as const satisfies Partial<Creator>;

/** tedious, the TDS driver under mssql. It has no pool of its own. */
export const tedious: LibraryDescriptor = {
  name: 'tedious',
  version: '19.2.2',
  modules: ['tedious'],
  creators: [
    {
      ...shared,
      api: 'Connection',
      invoke: 'new',
      connects: 'on-connect',
      connect: { method: 'connect', required: true, repeatable: false, returnsClient: false },
      note: 'a second connect() throws (source lib/connection.js:877)',
    },
    { ...shared, api: 'connect', invoke: 'call', connects: 'eager' },
  ],
  transactions: [
    {
      begin: ['beginTransaction'],
      commit: ['commitTransaction'],
      rollback: ['rollbackTransaction'],
      held: 'receiver',
      alsoEnds: ['close'],
      note: 'all of them take callbacks (source lib/connection.js, not run)',
    },
  ],
  cheap: [],
  timeouts: [
    {
      option: 'options.connectTimeout',
      covers: ['connect'],
      misses: ['query'],
      unit: 'ms',
      default: 15_000,
    },
    {
      option: 'options.requestTimeout',
      covers: ['query'],
      unit: 'ms',
      default: 15_000,
      zero: 'unlimited',
    },
    {
      option: 'options.cancelTimeout',
      covers: ['close'],
      unit: 'ms',
      default: 5_000,
      note: 'how long the server may take to confirm that a request was cancelled',
    },
  ],
  waits: [
    { for: 'connect', default: 15_000, endedBy: ['options.connectTimeout'] },
    { for: 'query', default: 15_000, endedBy: ['options.requestTimeout'] },
  ],
  holdsProcess: 'unknown',
  notes: ['mssql is the usual pool over it'],
};
