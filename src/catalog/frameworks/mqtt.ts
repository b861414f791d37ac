import type { FrameworkDescriptor } from '../framework.js';

const LISTEN = '<client>.{on,addListener,prependListener}';
// The others come with the connection: `connect`, `reconnect`, `close`, `offline`, `error`.
const MESSAGES = ['message', 'packetreceive', 'packetsend'];

/** MQTT clients that listen. */
export const mqttConsumers: FrameworkDescriptor = {
  name: 'mqtt',
  version: '5.16.0',
  modules: ['mqtt'],
  per: 'message',
  values: {
    client: ['connect()', 'connectAsync()', 'new MqttClient()', 'new Client()'],
  },
  chains: { client: '{on,once,addListener,prependListener,subscribe,unsubscribe,publish}' },
  registrations: [
    {
      callee: LISTEN,
      when: { index: 0, values: MESSAGES },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` message',
    },
    {
      callee: LISTEN,
      when: { index: 0, values: MESSAGES, not: true },
      handlers: [{ arguments: [1] }],
      scope: 'startup',
      label: '`{callee}` callback',
    },
    { callee: '<client>.once', handlers: [{ arguments: [1] }], scope: 'startup', label: '`{callee}` callback' },
  ],
  types: [{ type: 'OnMessageCallback', annotates: 'function', scope: 'request', label: '{name}() message' }],
  shutdownPhase: true,
};
