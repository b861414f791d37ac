import type { LibraryDescriptor } from '../descriptor.js';

/** SSH connections. */
export const ssh2: LibraryDescriptor = {
  name: 'ssh2',
  version: '1.17.0',
  modules: ['ssh2'],
  creators: [
    {
      api: 'Client',
      invoke: 'new',
      makes: 'connection',
      holds: 'sockets',
      connects: 'on-connect',
      connect: { method: 'connect', required: true, repeatable: false, returnsClient: false },
      perRequestIsNormal: true,
      close: [
        { method: 'end', async: false, mode: 'graceful' },
        { method: 'destroy', async: false, mode: 'forced' },
      ],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true, note: 'a refused connection ends the process' },
      cost: 'opens a TCP connection of its own, with a key exchange',
      note: 'connect() gives back the client itself, but at once and not as a promise',
    },
  ],
  cheap: [],
  timeouts: [
    {
      option: 'readyTimeout',
      of: [],
      at: [{ api: 'new Client().connect', argument: 0, holds: 'client' }],
      covers: ['connect'],
      unit: 'ms',
      default: 20_000,
      negative: 'default',
      null: 'default',
      text: 'default',
      evidence: 'source',
      note: 'the handshake and the login',
    },
    {
      option: 'keepaliveInterval',
      of: [],
      at: [{ api: 'new Client().connect', argument: 0, holds: 'client' }],
      covers: ['keep-alive'],
      unit: 'ms',
      default: 'none',
      zero: { means: 'unlimited', does: 'sends no probes, as by default' },
      negative: 'default',
      text: 'default',
      evidence: 'source',
    },
  ],
  waits: [{ for: 'connect', default: 20_000, endedBy: ['readyTimeout'], evidence: 'source' }],
  holdsProcess: 'unknown',
  notes: ['Before connect() nothing is open.', 'Whether it keeps the process alive is unverified.'],
};
