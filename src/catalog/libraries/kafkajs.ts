import type { Creator, LibraryDescriptor } from '../descriptor.js';

const CONNECT = { method: 'connect', required: true, repeatable: false, returnsClient: false } as const;

const client = (api: string, makes: Creator['makes'], more: Partial<Creator> = {}): Creator => ({
  api,
  invoke: 'call',
  makes,
  holds: 'sockets',
  connects: 'on-connect',
  connect: CONNECT,
  close: [{ method: 'disconnect', async: true, mode: 'graceful' }],
  dispose: { sync: false, async: false },
  cost: 'opens connections of its own to the brokers once connected',
  ...more,
});

/** Kafka clients of kafkajs. */
export const kafkajs: LibraryDescriptor = {
  name: 'kafkajs',
  version: '2.2.4',
  modules: ['kafkajs'],
  creators: [
    client('new Kafka().{producer,admin}', 'multiplexed'),
    client('new Kafka().consumer', 'consumer', {
      throwsWithoutConfig: true,
      note: 'stop() ends fetching and leaves the connections; disconnect() stops first',
    }),
  ],
  cheap: [{ api: 'Kafka', why: 'holds the configuration and opens nothing' }],
  holdsProcess: 'unknown',
  notes: [
    'Before connect() nothing is open and the process may end; afterwards it is unverified (no broker was at hand).',
    'connect() rejects on failure; there is no error event to listen to.',
  ],
};
