import type { FrameworkDescriptor } from '../framework.js';
import { exportedHandlers, REQUEST } from './signatures.js';

// Where the functions stand in a route.
const ROUTE = [
  'handler',
  'options.handler',
  'options.pre',
  'options.pre.method',
  'options.ext.*.method',
  'config.handler',
  'config.pre.method',
];
const SCHEME = ['authenticate', 'payload', 'response', 'verify'];

const SERVER_EXTENSIONS = ['onPreStart', 'onPostStart', 'onPreStop', 'onPostStop'];

/** hapi. */
export const hapi: FrameworkDescriptor = {
  name: 'hapi',
  version: '21.4.10',
  modules: ['@hapi/hapi', 'hapi'],
  values: {
    server: ['server()', 'Server()', 'new Server()'],
  },
  application: { values: ['server'], members: ['server', 'request.server'] },
  registrations: [
    {
      callee: '<server>.route',
      handlers: [{ arguments: [0], properties: ROUTE }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: '<server>.ext',
      when: { index: 0, values: SERVER_EXTENSIONS },
      handlers: [{ arguments: [1] }],
      scope: 'startup',
      label: '`{callee}` hook',
    },
    {
      callee: '<server>.ext',
      when: { index: 0, values: SERVER_EXTENSIONS, not: true },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` hook',
    },
    {
      callee: '<server>.decorate',
      when: { index: 0, values: ['request'] },
      handlers: [{ arguments: [2] }],
      scope: 'request',
      label: '`{callee}` method',
    },
    { callee: '<server>.auth.scheme', handlers: [{ arguments: [1] }], scope: 'startup', label: 'auth scheme' },
    {
      callee: '<server>.auth.scheme',
      handlers: [{ arguments: [1], returns: SCHEME }],
      scope: 'request',
      label: 'auth scheme {name}()',
    },
    {
      callee: '<server>.register',
      handlers: [{ arguments: [0], properties: ['register', 'plugin.register'] }],
      scope: 'startup',
      label: 'plugin',
      parameters: { 0: 'server' },
    },
  ],
  types: [
    { type: 'ServerRoute', annotates: 'object', properties: ROUTE, scope: 'request', label: 'route handler' },
    {
      type: '{Plugin,PluginBase,NamedPlugin}',
      annotates: 'object',
      properties: ['register'],
      scope: 'startup',
      label: 'plugin',
      parameters: { 0: 'server' },
    },
    { type: 'ServerAuthScheme', annotates: 'function', scope: 'startup', label: 'auth scheme' },
    { type: 'ServerAuthScheme', annotates: 'function', returns: SCHEME, scope: 'request', label: 'auth scheme {name}()' },
    { type: '{Lifecycle.Method,RouteOptionsPreObject}', annotates: 'function', scope: 'request', label: '{name}() handler' },
    { type: '{Request,ResponseToolkit}', annotates: 'parameter', scope: 'request', label: '{name}() handler' },
  ],
  conventions: [
    exportedHandlers(['@hapi/*'], [REQUEST, /^_*h$/u], '{name}() handler'),
    // A list of routes that another file registers.
    {
      file: /./u,
      exports: [...ROUTE, ...ROUTE.map((path) => `*.${path}`)],
      siblings: ['method', 'path'],
      needsImport: ['@hapi/*'],
      scope: 'request',
      label: 'route handler',
    },
  ],
  runtime: [{ runtime: 'node', imports: ['@hapi/hapi'] }],
  shutdownPhase: true,
};
