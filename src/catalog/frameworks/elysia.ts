import type { FrameworkDescriptor } from '../framework.js';

/** Elysia, on Bun. */
export const elysia: FrameworkDescriptor = {
  name: 'Elysia',
  version: '1.4.30',
  modules: ['elysia'],
  values: {
    app: ['new Elysia()', 'new default()'],
  },
  chains: { app: '*' },
  application: { values: ['app'], members: ['store', 'server'] },
  registrations: [
    {
      callee: '<app>.{get,post,put,patch,delete,options,head,all,connect,trace}',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: '<app>.route', handlers: [{ arguments: { from: 2 } }], scope: 'request', label: '`{callee}` handler' },
    {
      callee:
        '<app>.{onRequest,onParse,onTransform,onBeforeHandle,onAfterHandle,onAfterResponse,onError,mapResponse,derive,resolve}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` hook',
    },
    { callee: '<app>.ws', handlers: [{ arguments: [1], properties: ['*'] }], scope: 'request', label: '`{callee}` handler' },
    {
      callee: '<app>.{onStart,onStop,listen}',
      handlers: [{ arguments: 'all' }],
      scope: 'startup',
      label: '`{callee}` callback',
    },
  ],
  shutdownPhase: true,
};
