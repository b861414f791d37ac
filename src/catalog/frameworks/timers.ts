import type { FrameworkDescriptor } from '../framework.js';

/** Timers: an interval ticks for ever, the others run once for each time they are set, which may be by themselves. */
export const timers: FrameworkDescriptor = {
  name: 'timers',
  version: 'Node 20.20.2',
  modules: ['timers'],
  globals: ['setInterval', 'setTimeout', 'setImmediate', 'queueMicrotask'],
  registrations: [
    { callee: 'setInterval', handlers: [{ arguments: [0] }], scope: 'request', label: '`setInterval` tick', per: 'tick' },
    {
      callee: '{setTimeout,setImmediate}',
      handlers: [{ arguments: [0] }],
      scope: 'inline',
      label: '`{callee}` callback',
      again: { scope: 'request', label: '`{callee}` tick', per: 'tick' },
    },
    {
      callee: 'queueMicrotask',
      handlers: [{ arguments: [0] }],
      scope: 'inline',
      label: '`{callee}` callback',
    },
  ],
  shutdownPhase: true,
};
