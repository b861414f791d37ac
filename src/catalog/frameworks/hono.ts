import type { FrameworkDescriptor } from '../framework.js';

/** Hono. Its `on` is a route, not an event. */
export const hono: FrameworkDescriptor = {
  name: 'Hono',
  version: '4.13.19',
  modules: ['hono', 'hono/tiny', 'hono/quick', 'hono/factory', '@hono/zod-openapi', '@hono/node-ws'],
  values: {
    app: ['new Hono()', 'new OpenAPIHono()'],
    factory: ['createFactory()'],
  },
  chains: { app: '*' },
  application: { values: ['app'] },
  registrations: [
    {
      callee: '<app>.{get,post,put,delete,options,patch,query,all}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: '<app>.on', handlers: [{ arguments: { from: 2 } }], scope: 'request', label: '`{callee}` handler' },
    { callee: '<app>.openapi', handlers: [{ arguments: { from: 1 } }], scope: 'request', label: '`{callee}` handler' },
    { callee: '<app>.use', handlers: [{ arguments: 'all' }], scope: 'request', label: '`{callee}` middleware' },
    { callee: '<app>.{onError,notFound}', handlers: [{ arguments: 'all' }], scope: 'request', label: '`{callee}` handler' },
    { callee: 'createMiddleware', handlers: [{ arguments: [0] }], scope: 'request', label: '`{callee}` middleware' },
    {
      callee: '<factory>.{createMiddleware,createHandlers}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: 'createFactory',
      handlers: [{ arguments: [0], properties: ['initApp'] }],
      scope: 'startup',
      label: '`initApp`',
      parameters: { 0: 'app' },
    },
    {
      callee: '{upgradeWebSocket,createNodeWebSocket().upgradeWebSocket}',
      handlers: [{ arguments: [0] }],
      scope: 'request',
      label: '`{callee}` handler',
    },
  ],
  types: [
    {
      type: '{Handler,MiddlewareHandler,ErrorHandler,NotFoundHandler}',
      annotates: 'function',
      scope: 'request',
      label: '{name}() handler',
    },
    { type: 'Context', annotates: 'parameter', scope: 'request', label: '{name}() handler' },
  ],
  runtime: [
    { runtime: 'node', imports: ['@hono/node-server', '@hono/node-server/*'] },
    { runtime: 'edge', imports: ['hono/cloudflare-workers', 'hono/cloudflare-pages'] },
    { runtime: 'serverless', imports: ['hono/aws-lambda', 'hono/lambda-edge'] },
    { runtime: 'node', dependencies: ['@hono/node-server'] },
  ],
  shutdownPhase: 'depends',
};
