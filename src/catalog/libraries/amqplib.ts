import type { Creator, LibraryDescriptor } from '../descriptor.js';

const connection = (module: string, more: Partial<Creator>): Creator => ({
  api: 'connect',
  modules: [module],
  invoke: 'call',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'eager',
  close: [{ method: 'close', async: true, mode: 'graceful' }],
  dispose: { sync: false, async: false },
  errorEvent: { event: 'error', crashesProcess: true, note: 'on the connection and on each channel' },
  cost: 'opens a TCP connection of its own to the broker',
  ...more,
});

/** AMQP connections. */
export const amqplib: LibraryDescriptor = {
  name: 'amqplib',
  version: '2.3.1',
  modules: ['amqplib', 'amqplib/callback_api'],
  creators: [
    connection('amqplib', { returnsPromise: true }),
    connection('amqplib/callback_api', {
      note: 'gives back nothing: the connection is the second parameter of the callback, which is the last argument; close() takes a callback',
    }),
  ],
  cheap: [],
  timeouts: [
    {
      option: 'timeout',
      argument: 1,
      covers: ['connect'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      evidence: 'source',
      note: 'the connection and its handshake; switched off once it is open',
    },
  ],
  waits: [{ for: 'connect', default: 'none', endedBy: ['timeout'], evidence: 'source' }],
  connectionStrings: [
    {
      parameters: [
        {
          name: 'heartbeat',
          unit: 's',
          covers: ['keep-alive'],
          default: null,
          zero: { means: 'unlimited', does: 'switches heartbeats off: a dead connection is not noticed' },
          evidence: 'source',
          note: 'in seconds; what the server proposes by default; 0: documentation',
        },
        { name: 'channelMax', default: 'none', zero: 'unlimited', evidence: 'source' },
      ],
      ignored: [],
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'Everything after connecting is from source and documentation: no broker was at hand.',
    'createChannel() opens a channel on the connection: one per worker, not one per message.',
  ],
};
