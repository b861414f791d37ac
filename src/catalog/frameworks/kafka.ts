import type { FrameworkDescriptor } from '../framework.js';

/** kafkajs and @confluentinc/kafka-javascript consumers. */
export const kafkaConsumers: FrameworkDescriptor = {
  name: 'kafkajs',
  version: '2.2.4',
  modules: ['kafkajs', '@confluentinc/kafka-javascript'],
  per: 'message',
  values: {
    consumer: ['new Kafka().consumer()', 'new KafkaJS.Kafka().consumer()', 'new Consumer()'],
  },
  registrations: [
    {
      callee: '<consumer>.run',
      handlers: [{ arguments: [0], properties: ['eachMessage', 'eachBatch'] }],
      scope: 'request',
      label: '`{callee}` message',
    },
  ],
  types: [
    { type: '{EachMessageHandler,EachBatchHandler}', annotates: 'function', scope: 'request', label: '{name}() message' },
    {
      type: '{EachMessagePayload,EachBatchPayload,KafkaMessage}',
      annotates: 'parameter',
      scope: 'request',
      label: '{name}() message',
    },
  ],
  shutdownPhase: true,
};
