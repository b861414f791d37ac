import type { Creator, LibraryDescriptor } from '../descriptor.js';

const socket = (api: string): Creator => ({
  api,
  invoke: 'new',
  makes: 'connection',
  holds: 'sockets',
  connects: 'eager',
  throwsWithoutConfig: true,
  perRequestIsNormal: true,
  close: [
    { method: 'close', async: false, mode: 'graceful', note: 'closing handshake; forced after 30 s' },
    { method: 'terminate', async: false, mode: 'forced' },
  ],
  dispose: { sync: false, async: false },
  errorEvent: {
    event: 'error',
    crashesProcess: true,
    note: 'a refused connection and a malformed frame end the process; an open connection that is reset only closes',
  },
  cost: 'opens a socket of its own',
});

/** WebSocket clients of ws. */
export const ws: LibraryDescriptor = {
  name: 'ws',
  version: '8.23.0',
  modules: ['ws'],
  creators: [socket('default'), socket('WebSocket')],
  cheap: [],
  timeouts: [
    {
      option: 'handshakeTimeout',
      argument: [1, 2],
      covers: ['connect'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      evidence: 'source',
      note: 'the opening handshake; an open socket that goes silent is only found by pings of your own',
    },
    {
      option: 'closeTimeout',
      argument: [1, 2],
      covers: ['close'],
      unit: 'ms',
      default: 30_000,
      evidence: 'source',
    },
  ],
  waits: [{ for: 'connect', default: 'none', endedBy: ['handshakeTimeout'], evidence: 'source' }],
  holdsProcess: 'always',
  notes: ['WebSocketServer is a server and not described here.'],
};
