import type { LibraryDescriptor } from '../descriptor.js';

/** memjs. */
export const memjs: LibraryDescriptor = {
  name: 'memjs',
  version: '1.3.2',
  modules: ['memjs'],
  creators: [
    {
      api: 'Client.create',
      invoke: 'call',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        { method: 'quit', async: false, mode: 'graceful' },
        { method: 'close', async: false, mode: 'forced' },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens a socket of its own to each server',
    },
  ],
  cheap: [],
  timeouts: [
    {
      option: 'timeout',
      argument: 1,
      covers: ['query'],
      unit: 's',
      default: 0.5,
      measures: 'attempt',
      note: 'in seconds; with its two retries an operation on a silent server failed after 1.2 s',
    },
    {
      option: 'conntimeout',
      argument: 1,
      covers: ['connect'],
      unit: 's',
      default: null,
      null: 'default',
      evidence: 'source',
      note: 'twice timeout by default',
    },
  ],
  waits: [
    { for: 'connect', default: 1_000, endedBy: ['conntimeout', 'timeout'], evidence: 'source' },
    { for: 'query', default: 500, endedBy: ['timeout'] },
  ],
  holdsProcess: 'unknown',
  notes: ['times are in seconds', 'the need of an error listener and whether it keeps the process alive are unverified'],
};
