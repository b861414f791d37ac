import type { FrameworkDescriptor } from '../framework.js';

/** socket.io. */
export const socketIo: FrameworkDescriptor = {
  name: 'socket.io',
  version: '4.8',
  modules: ['socket.io'],
  values: {
    io: ['new Server()', 'default()', 'new Namespace()'],
    socket: ['new Socket()'],
  },
  chains: { io: 'of' },
  application: { values: ['io'], members: ['nsp', 'server'] },
  registrations: [
    {
      callee: '<io>.on',
      when: { index: 0, values: ['connection', 'connect'] },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` connection',
      per: 'connection',
      parameters: { 0: 'socket' },
    },
    {
      callee: '<io>.use',
      handlers: [{ arguments: [0] }],
      scope: 'request',
      label: '`{callee}` middleware',
      per: 'connection',
      parameters: { 0: 'socket' },
    },
    {
      callee: '<socket>.{on,onAny,use,once}',
      handlers: [{ arguments: [-1] }],
      scope: 'request',
      label: '`{callee}` message',
      per: 'message',
    },
  ],
  shutdownPhase: true,
};
