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
  holdsProcess: 'unknown',
  notes: [
    'Everything after connecting is from source and documentation: no broker was at hand.',
    'createChannel() opens a channel on the connection: one per worker, not one per message.',
  ],
};
