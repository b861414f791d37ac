import type { Creator, LibraryDescriptor } from '../descriptor.js';

const client = (api: string, more: Partial<Creator> = {}): Creator => ({
  api,
  invoke: 'call',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'eager',
  close: [
    { method: 'end', async: true, mode: 'graceful', note: 'takes a callback and gives back no promise; end(true) is forced' },
    { method: 'endAsync', async: true, mode: 'graceful', note: 'endAsync(true) is forced' },
  ],
  dispose: { sync: false, async: false },
  errorEvent: {
    event: 'error',
    crashesProcess: false,
    note: 'a refused connection and a missing CONNACK without a listener are retried silently',
  },
  cost: 'opens a connection of its own, which reconnects by itself',
  ...more,
});

/** MQTT clients. */
export const mqtt: LibraryDescriptor = {
  name: 'mqtt',
  version: '5.16.0',
  modules: ['mqtt'],
  creators: [client('connect'), client('connectAsync', { returnsPromise: true })],
  cheap: [],
  timeouts: [
    {
      option: 'connectTimeout',
      argument: [0, 1],
      covers: ['connect'],
      unit: 'ms',
      default: 30_000,
      evidence: 'source',
    },
    {
      option: 'keepalive',
      argument: [0, 1],
      covers: ['keep-alive'],
      unit: 's',
      default: 60,
      zero: { means: 'unlimited', does: 'switches pings off: a dead connection is not noticed' },
      evidence: 'source',
      note: 'in seconds, next to times in milliseconds',
    },
    {
      option: 'reconnectPeriod',
      argument: [0, 1],
      covers: ['reconnect'],
      unit: 'ms',
      default: 1_000,
      zero: { means: 'none', does: 'never connects again' },
      evidence: 'source',
    },
  ],
  waits: [{ for: 'connect', default: 30_000, endedBy: ['connectTimeout'], evidence: 'source' }],
  holdsProcess: 'always',
  notes: [],
};
