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
  cost: 'opens connections of its own to the brokers once connected',
  ...more,
});

/** Kafka clients of @confluentinc/kafka-javascript through its KafkaJS interface. */
export const confluentKafkaJavascript: LibraryDescriptor = {
  name: '@confluentinc/kafka-javascript',
  version: '1.10.1 (types and documentation only)',
  modules: ['@confluentinc/kafka-javascript'],
  creators: [client('new KafkaJS.Kafka().{producer,admin}', 'multiplexed'), client('new KafkaJS.Kafka().consumer', 'consumer')],
  cheap: [],
  holdsProcess: 'unknown',
  notes: [
    'Its native part was not built here: what disconnect() waits for, explicit resource management and whether it keeps the process alive are unverified.',
    'The classes of the node-rdkafka interface (Producer, KafkaConsumer) are not described.',
  ],
};
