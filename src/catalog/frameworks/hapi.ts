import type { FrameworkDescriptor } from '../framework.js';

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
      handlers: [
        {
          arguments: [0],
          properties: [
            'handler',
            'options.handler',
            'options.pre',
            'options.pre.method',
            'options.ext.*.method',
            'config.handler',
            'config.pre.method',
          ],
        },
      ],
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
      callee: '<server>.register',
      handlers: [{ arguments: [0], properties: ['register', 'plugin.register'] }],
      scope: 'startup',
      label: 'plugin',
      parameters: { 0: 'server' },
    },
  ],
  types: [
    { type: '{Lifecycle.Method,RouteOptionsPreObject}', annotates: 'function', scope: 'request', label: '{name}() handler' },
    { type: '{Request,ResponseToolkit}', annotates: 'parameter', scope: 'request', label: '{name}() handler' },
  ],
  runtime: [{ runtime: 'node', imports: ['@hapi/hapi'] }],
  shutdownPhase: true,
};
