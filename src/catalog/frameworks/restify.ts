import type { FrameworkDescriptor } from '../framework.js';
import { exportedMiddleware } from './signatures.js';

/** restify. */
export const restify: FrameworkDescriptor = {
  name: 'restify',
  version: '11.1.0',
  modules: ['restify'],
  values: {
    app: ['createServer()', 'new Server()'],
  },
  application: { values: ['app'], members: ['socket.server'] },
  registrations: [
    {
      callee: '<app>.{get,head,post,put,patch,del,opts,use,pre,first,param}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: '<app>.{listen,on}', handlers: [{ arguments: 'all' }], scope: 'startup', label: '`{callee}` callback' },
  ],
  types: [
    { type: '{RequestHandler,RequestHandlerType}', annotates: 'function', scope: 'request', label: '{name}() handler' },
    { type: '{Request,Response}', annotates: 'parameter', scope: 'request', label: '{name}() handler' },
  ],
  conventions: exportedMiddleware(['restify', 'restify-*']),
  runtime: [{ runtime: 'node', imports: ['restify'] }],
  shutdownPhase: true,
};
