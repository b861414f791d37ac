import type { FrameworkDescriptor } from '../framework.js';
import { HTTP_METHODS } from './http-methods.js';

/** @koa/router and koa-router. */
export const koaRouter: FrameworkDescriptor = {
  name: '@koa/router',
  version: '15.7.0',
  modules: ['@koa/router', 'koa-router'],
  values: {
    app: ['new default()', 'default()', 'new Router()'],
  },
  chains: { app: '*' },
  application: { values: ['app'], members: ['app', 'request.app', 'response.app'] },
  registrations: [
    {
      callee: `<app>.{${HTTP_METHODS},del,all}`,
      minArguments: 2,
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: '<app>.{use,register,param}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` middleware',
    },
  ],
  types: [
    { type: '{RouterMiddleware,Middleware}', annotates: 'function', scope: 'request', label: '{name}() middleware' },
    { type: 'RouterContext', annotates: 'parameter', scope: 'request', label: '{name}() middleware' },
  ],
  shutdownPhase: true,
};
