import type { Creator, LibraryDescriptor } from '../descriptor.js';

const socket = (api: string): Creator => ({
  api,
  invoke: 'call',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'eager',
  close: [
    { method: 'disconnect', async: false, mode: 'forced', note: 'also stops reconnecting' },
    { method: 'close', async: false, mode: 'forced', note: 'the same as disconnect()' },
  ],
  dispose: { sync: false, async: false },
  errorEvent: { event: 'connect_error', crashesProcess: false, note: 'a refused connection only leads to another try' },
  cost: 'opens a connection of its own, which reconnects for ever',
  note: 'A different namespace of the same origin shares its connection; the same namespace again, forceNew: true or multiplex: false opens a new one.',
});

/** Socket.IO clients. */
export const socketIoClient: LibraryDescriptor = {
  name: 'socket.io-client',
  version: '4.8.4',
  modules: ['socket.io-client'],
  creators: [
    socket('default'),
    socket('{io,connect}'),
    {
      api: 'Manager',
      invoke: 'new',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'eager',
      close: [],
      dispose: { sync: false, async: false },
      cost: 'opens a connection of its own, which reconnects for ever',
      note: 'has no public close: the connection ends when all of its sockets were disconnected',
    },
  ],
  cheap: [],
  limits: [
    {
      option: 'reconnectionAttempts',
      argument: [0, 1],
      bounds: 'attempts',
      default: 'unlimited',
      zero: 'unlimited',
      null: 'unlimited',
      evidence: 'source',
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      argument: [0, 1],
      covers: ['connect'],
      unit: 'ms',
      default: 20_000,
      null: 'default',
      false: 'unlimited',
      evidence: 'source',
    },
  ],
  waits: [{ for: 'connect', default: 20_000, endedBy: ['timeout'], evidence: 'source' }],
  holdsProcess: 'always',
  notes: ['Retries for ever by default.'],
};
