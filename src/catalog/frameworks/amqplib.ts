import type { FrameworkDescriptor } from '../framework.js';

/** amqplib consumers. */
export const amqplibConsumers: FrameworkDescriptor = {
  name: 'amqplib',
  version: '2.3.1',
  modules: ['amqplib', 'amqplib/callback_api'],
  per: 'message',
  values: {
    channel: [
      'connect().createChannel()',
      'connect().createConfirmChannel()',
      'new Channel()',
      'new ConfirmChannel()',
      'new ChannelModel().createChannel()',
    ],
  },
  registrations: [
    { callee: '<channel>.consume', handlers: [{ arguments: [1] }], scope: 'request', label: '`{callee}` message' },
  ],
  types: [{ type: 'ConsumeMessage', annotates: 'parameter', scope: 'request', label: '{name}() message' }],
  shutdownPhase: true,
};
