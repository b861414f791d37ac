import type { FrameworkDescriptor } from '../framework.js';
import { HTTP_METHODS } from './http-methods.js';
import { exportedMiddleware } from './signatures.js';

/** Express 4 and 5. */
export const express: FrameworkDescriptor = {
  name: 'Express',
  version: '5.3.0, 4.22.3',
  modules: ['express', 'express-serve-static-core', 'express-promise-router'],
  values: {
    app: ['default()', 'Router()', 'new Router()', 'new Application()', 'new Express()', 'new IRouter()'],
    route: ['default().route()', 'Router().route()', 'new Router().route()'],
  },
  chains: { app: '*', route: '*' },
  application: { values: ['app'], members: ['app', 'req.app', 'res.app', 'socket.server'] },
  registrations: [
    {
      callee: `<app>.{${HTTP_METHODS},all}`,
      minArguments: 2,
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: `<route>.{${HTTP_METHODS},all}`,
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: '<app>.use', handlers: [{ arguments: 'all' }], scope: 'request', label: '`{callee}` middleware' },
    { callee: '<app>.{param,engine}', handlers: [{ arguments: [1] }], scope: 'request', label: '`{callee}` callback' },
    { callee: '<app>.listen', handlers: [{ arguments: 'all' }], scope: 'startup', label: '`{callee}` callback' },
    { callee: '<app>.on', handlers: [{ arguments: [1] }], scope: 'startup', label: '`{callee}` callback' },
  ],
  types: [
    {
      type: '{RequestHandler,ErrorRequestHandler,RequestParamHandler}',
      annotates: 'function',
      scope: 'request',
      label: '{name}() request handler',
    },
    { type: '{Request,Response}', annotates: 'parameter', scope: 'request', label: '{name}() request handler' },
  ],
  conventions: exportedMiddleware(['express', 'express-*', 'multer', 'passport']),
  shutdownPhase: true,
};
