import type { FrameworkDescriptor } from '../framework.js';
import { exportedHandlers, NEXT } from './signatures.js';

/** Koa. */
export const koa: FrameworkDescriptor = {
  name: 'Koa',
  version: '3.3.0',
  modules: ['koa'],
  values: {
    app: ['new default()', 'new Koa()'],
  },
  chains: { app: 'use' },
  application: { values: ['app'], members: ['app', 'request.app', 'response.app'] },
  registrations: [
    { callee: '<app>.use', handlers: [{ arguments: 'all' }], scope: 'request', label: '`{callee}` middleware' },
    { callee: '<app>.{listen,on}', handlers: [{ arguments: 'all' }], scope: 'startup', label: '`{callee}` callback' },
  ],
  types: [
    { type: 'Middleware', annotates: 'function', scope: 'request', label: '{name}() middleware' },
    { type: '{Context,ParameterizedContext}', annotates: 'parameter', scope: 'request', label: '{name}() middleware' },
  ],
  conventions: [exportedHandlers(['koa', 'koa-*', '@koa/*'], [/^_*(?:ctx|context)$/iu, NEXT], '{name}() middleware')],
  runtime: [{ runtime: 'node', imports: ['koa'] }],
  shutdownPhase: true,
};
