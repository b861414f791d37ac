import type { FrameworkDescriptor } from '../framework.js';
import { exportedHandlers, REQUEST } from './signatures.js';

// Names of hooks that run with a request; every other name is an application hook.
const LIFECYCLE = [
  'onTimeout',
  'onRequest',
  'preParsing',
  'preValidation',
  'preSerialization',
  'preHandler',
  'onSend',
  'onResponse',
  'onError',
  'onRequestAbort',
];
const ROUTE_HOOKS = LIFECYCLE;

/** Fastify 4 and 5: routes and lifecycle hooks run per request, plugin bodies and application hooks once. */
export const fastify: FrameworkDescriptor = {
  name: 'Fastify',
  version: '5.12.8, 4.29.1',
  modules: ['fastify', 'fastify-plugin'],
  values: {
    app: ['default()', 'fastify()', 'new FastifyInstance()'],
  },
  chains: { app: '*' },
  application: { values: ['app'], members: ['server', 'request.server'] },
  registrations: [
    {
      callee: `<app>.{get,head,post,put,delete,patch,options,trace,all,search,query,propfind,proppatch,mkcalendar,mkcol,copy,move,lock,unlock,report}`,
      minArguments: 2,
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: `<app>.{get,head,post,put,delete,patch,options,trace,all,search,query,propfind,proppatch,mkcalendar,mkcol,copy,move,lock,unlock,report}`,
      minArguments: 2,
      handlers: [{ arguments: [1], properties: [...ROUTE_HOOKS] }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: '<app>.route',
      handlers: [{ arguments: [0], properties: ['handler', 'errorHandler', 'schemaErrorFormatter', ...ROUTE_HOOKS] }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: '<app>.addHook',
      when: { index: 0, values: LIFECYCLE },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` hook',
    },
    {
      callee: '<app>.addHook',
      when: { index: 0, values: LIFECYCLE, not: true },
      handlers: [{ arguments: [1] }],
      scope: 'startup',
      label: '`{callee}` hook',
      parameters: { 0: 'app' },
    },
    {
      callee: '<app>.{setErrorHandler,setNotFoundHandler,setGenReqId,setChildLoggerFactory}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: '<app>.addContentTypeParser',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: '`{callee}` parser',
    },
    {
      callee: '<app>.{decorateRequest,decorateReply}',
      handlers: [{ arguments: [1], properties: ['getter'] }],
      scope: 'request',
      label: '`{callee}` getter',
    },
    {
      callee: '<app>.register',
      handlers: [{ arguments: [0] }],
      scope: 'startup',
      label: '`{callee}` plugin',
      parameters: { 0: 'app' },
    },
    { callee: 'default', handlers: [{ arguments: [0] }], scope: 'startup', label: 'plugin', parameters: { 0: 'app' } },
    { callee: '<app>.{after,ready,listen}', handlers: [{ arguments: 'all' }], scope: 'startup', label: '`{callee}` callback' },
  ],
  types: [
    {
      type: '{FastifyPlugin,FastifyPluginAsync*,FastifyPluginCallback*}',
      annotates: 'function',
      modules: ['fastify', '@fastify/type-provider-*', 'fastify-type-provider-*'],
      scope: 'startup',
      label: '{name}() plugin',
      parameters: { 0: 'app' },
    },
    {
      type: 'RouteOptions',
      annotates: 'object',
      properties: ['handler', 'errorHandler', ...ROUTE_HOOKS],
      scope: 'request',
      label: 'route handler',
    },
    {
      type: '{RouteHandler,RouteHandlerMethod,*HookHandler}',
      annotates: 'function',
      scope: 'request',
      label: '{name}() handler',
    },
    { type: '{FastifyRequest,FastifyReply}', annotates: 'parameter', scope: 'request', label: '{name}() handler' },
  ],
  conventions: [exportedHandlers(['fastify', 'fastify-*', '@fastify/*'], [REQUEST, /^_*rep(?:ly)?$/iu], '{name}() handler')],
  runtime: [{ runtime: 'node', imports: ['fastify'] }],
  shutdownPhase: true,
};
