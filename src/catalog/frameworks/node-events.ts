import type { FrameworkDescriptor } from '../framework.js';

// Events that come once in the life of an emitter.
const ONCE_EVENTS = [
  'listening',
  'ready',
  'open',
  'connect',
  'close',
  'end',
  'finish',
  'exit',
  'error',
  'start',
  'stop',
  'mount',
];

/** EventEmitter and the events of the process. */
export const nodeEvents: FrameworkDescriptor = {
  name: 'node:events',
  version: 'Node 20.20.2',
  modules: ['events', 'worker_threads', 'process', 'cluster'],
  per: 'event',
  globals: ['process'],
  values: {
    emitter: ['new EventEmitter()', 'new default()'],
  },
  chains: { emitter: '{on,once,addListener,prependListener}' },
  registrations: [
    {
      callee: '<emitter>.{on,addListener,prependListener}',
      when: { index: 0, values: ONCE_EVENTS, not: true },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` listener',
    },
    {
      callee: '<emitter>.{on,addListener,prependListener}',
      when: { index: 0, values: ONCE_EVENTS },
      handlers: [{ arguments: [1] }],
      scope: 'startup',
      label: '`{callee}` listener',
    },
    { callee: '<emitter>.once', handlers: [{ arguments: [1] }], scope: 'startup', label: '`{callee}` listener' },
    {
      callee: 'parentPort.on',
      when: { index: 0, values: ['message'] },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` message',
      per: 'message',
    },
    {
      callee: '{process.on,process.addListener,process.prependListener}',
      when: { index: 0, values: ['message'] },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` message',
      per: 'message',
    },
    {
      callee: 'process.{on,once,addListener,prependListener}',
      handlers: [{ arguments: [1] }],
      scope: 'startup',
      label: '`{callee}` callback',
    },
    { callee: 'process.nextTick', handlers: [{ arguments: [0] }], scope: 'inline', label: '`{callee}` callback' },
  ],
  shutdownPhase: true,
};
