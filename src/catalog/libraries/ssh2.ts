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
  holdsProcess: 'unknown',
  notes: ['Before connect() nothing is open.', 'Whether it keeps the process alive is unverified.'],
};
