import type { FrameworkDescriptor } from '../framework.js';

/** ws. */
export const ws: FrameworkDescriptor = {
  name: 'ws',
  version: '8.23.0',
  modules: ['ws'],
  values: {
    server: ['new WebSocketServer()', 'new Server()'],
    socket: ['new WebSocket()', 'new default()'],
  },
  registrations: [
    {
      callee: '<server>.{on,addListener}',
      when: { index: 0, values: ['connection', 'message', 'headers'] },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` connection',
      per: 'connection',
      parameters: { 0: 'socket' },
    },
    { callee: '<server>.{on,once}', handlers: [{ arguments: [1] }], scope: 'startup', label: '`{callee}` callback' },
    {
      callee: '<socket>.{on,addListener,addEventListener}',
      when: { index: 0, values: ['message', 'ping', 'pong'] },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` message',
      per: 'message',
    },
    {
      callee: '<socket>.{on,once,addEventListener}',
      handlers: [{ arguments: [1] }],
      scope: 'inline',
      label: '`{callee}` callback',
    },
  ],
  shutdownPhase: true,
};
