import type { Creator, LibraryDescriptor } from '../descriptor.js';

const base = (more: Pick<Creator, 'api' | 'makes' | 'connects' | 'cost'> & Partial<Creator>): Creator => ({
  invoke: 'new',
  holds: 'sockets',
  close: [
    { method: 'close', async: true, mode: 'graceful' },
    { method: 'disconnect', async: true, mode: 'forced' },
  ],
  dispose: { sync: false, async: false },
  errorEvent: {
    event: 'error',
    crashesProcess: false,
    note: 'attach a listener; without one the error is only written to the console (source)',
  },
  ...more,
});

/** Queues and workers of BullMQ. */
export const bullmq: LibraryDescriptor = {
  name: 'bullmq',
  version: '6.7.0 (source and documentation; no Redis was at hand)',
  modules: ['bullmq'],
  creators: [
    base({
      api: 'Queue',
      makes: 'multiplexed',
      connects: 'eager',
      cost: 'opens a Redis connection of its own unless it is given one',
    }),
    base({
      api: 'FlowProducer',
      makes: 'multiplexed',
      connects: 'eager',
      errorEvent: {
        event: 'error',
        crashesProcess: false,
        note: 'attach a listener; without one the error is lost',
      },
      cost: 'opens a Redis connection of its own unless it is given one',
    }),
    base({
      api: 'Worker',
      makes: 'consumer',
      connects: 'eager',
      generic: true,
      close: [
        { method: 'close', async: true, mode: 'graceful', note: 'waits for running jobs; close(true) is forced' },
        { method: 'disconnect', async: true, mode: 'forced' },
      ],
      cost: 'opens two Redis connections of its own, one of them blocking',
    }),
    base({
      api: 'QueueEvents',
      makes: 'consumer',
      connects: 'eager',
      cost: 'opens a blocking Redis connection of its own',
    }),
  ],
  cheap: [],
  transfers: [
    { api: 'new {Queue,QueueEvents}()', argument: 1, property: 'connection', takesOver: false },
    { api: 'new Worker()', argument: 2, property: 'connection', takesOver: false },
    { api: 'new FlowProducer()', argument: 0, property: 'connection', takesOver: false },
  ],
  holdsProcess: 'unknown',
  notes: [
    'A Redis client passed as connection is shared and not closed by close(); connection options make a client of its own.',
    'ioredis is an optional dependency since version 6.',
    'Whether it keeps the process alive is unverified.',
  ],
};
