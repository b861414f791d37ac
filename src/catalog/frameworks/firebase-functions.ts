import type { FrameworkDescriptor } from '../framework.js';

/** Firebase functions 1 and 2. Module scope is also evaluated at deployment. */
export const firebaseFunctions: FrameworkDescriptor = {
  name: 'Firebase Functions',
  version: '7',
  modules: ['firebase-functions', 'firebase-functions/*'],
  per: 'invocation',
  registrations: [
    { callee: '{onInit,params.onInit}', handlers: [{ arguments: [0] }], scope: 'startup', label: '`onInit` callback' },
    {
      callee:
        '{onSchedule,scheduler.onSchedule,pubsub.schedule().onRun,pubsub.schedule().timeZone().onRun,*().pubsub.schedule().onRun}',
      handlers: [{ arguments: [-1] }],
      scope: 'request',
      label: '`{callee}` function',
      calendar: true,
    },
    { callee: 'on*', handlers: [{ arguments: [-1] }], scope: 'request', label: '`{callee}` function' },
    { callee: '*.on*', handlers: [{ arguments: [-1] }], scope: 'request', label: '`{callee}` function' },
    {
      callee: '{*.*.on*,*.*.*().on*,*.*().on*,*().*.on*,*().*.*().on*}',
      handlers: [{ arguments: [-1] }],
      scope: 'request',
      label: 'function',
    },
  ],
  runtime: [{ runtime: 'serverless', imports: ['firebase-functions', 'firebase-functions/*'] }],
  shutdownPhase: false,
};
