import type { FrameworkDescriptor } from '../framework.js';

/** Azure Functions, programming model 4. */
export const azureFunctions: FrameworkDescriptor = {
  name: 'Azure Functions',
  version: '4',
  modules: ['@azure/functions'],
  per: 'invocation',
  registrations: [
    {
      callee: 'app.{get,post,put,patch,deleteRequest}',
      handlers: [{ arguments: [1] }, { arguments: [1], properties: ['handler'] }],
      scope: 'request',
      per: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: 'app.timer',
      handlers: [{ arguments: [1], properties: ['handler'] }],
      scope: 'request',
      label: '`{callee}` handler',
      calendar: true,
    },
    { callee: 'app.*', handlers: [{ arguments: [1], properties: ['handler'] }], scope: 'request', label: '`{callee}` handler' },
    {
      callee: 'app.hook.{preInvocation,postInvocation}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` hook',
    },
    {
      callee: 'app.hook.{appStart,appTerminate}',
      handlers: [{ arguments: 'all' }],
      scope: 'startup',
      label: '`{callee}` hook',
    },
  ],
  types: [
    { type: 'TimerHandler', annotates: 'function', scope: 'request', label: '{name}() handler', calendar: true },
    { type: '{HttpHandler,*Handler}', annotates: 'function', scope: 'request', label: '{name}() handler' },
    { type: '{HttpRequest,InvocationContext}', annotates: 'parameter', scope: 'request', label: '{name}() handler' },
  ],
  runtime: [{ runtime: 'serverless', imports: ['@azure/functions'] }],
  shutdownPhase: false,
};
