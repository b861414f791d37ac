import type { FrameworkDescriptor } from '../framework.js';

/** pg-boss, Agenda, sqs-consumer and NATS subscriptions. */
export const jobQueues: FrameworkDescriptor = {
  name: 'pg-boss, Agenda, sqs-consumer, NATS',
  version: '12, 6, 14, 2',
  modules: ['pg-boss', 'agenda', '@hokify/agenda', 'sqs-consumer', 'nats', '@nats-io/transport-node'],
  per: 'job',
  values: {
    boss: ['new default()', 'new PgBoss()'],
    agenda: ['new Agenda()', 'new default()'],
    nats: ['connect()', 'new NatsConnection()'],
  },
  registrations: [
    { callee: '<boss>.work', handlers: [{ arguments: [-1] }], scope: 'request', label: '`{callee}` job' },
    { callee: '<agenda>.define', handlers: [{ arguments: { from: 1 } }], scope: 'request', label: '`{callee}` job' },
    {
      callee: 'Consumer.create',
      handlers: [{ arguments: [0], properties: ['handleMessage', 'handleMessageBatch'] }],
      scope: 'request',
      label: 'SQS message',
      per: 'message',
    },
    {
      callee: '<nats>.subscribe',
      handlers: [{ arguments: [1], properties: ['callback'] }],
      scope: 'request',
      label: '`{callee}` message',
      per: 'message',
    },
  ],
  shutdownPhase: true,
};
