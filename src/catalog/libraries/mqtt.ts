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
  holdsProcess: 'always',
  notes: [],
};
