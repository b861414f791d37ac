import type { FrameworkDescriptor } from '../framework.js';

/** Servers of node:http, https, http2 and net. */
export const nodeHttpServer: FrameworkDescriptor = {
  name: 'node:http',
  version: 'Node 20.20.2',
  modules: ['http', 'https', 'http2', 'net', 'tls'],
  values: {
    server: ['{createServer,createSecureServer}()', 'new Server()'],
  },
  chains: { server: 'on' },
  application: { values: ['server'], members: ['socket.server'] },
  registrations: [
    {
      callee: '{createServer,createSecureServer}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: 'Server', construct: true, handlers: [{ arguments: 'all' }], scope: 'request', label: '`{callee}` handler' },
    {
      callee: '<server>.{on,addListener,prependListener}',
      when: {
        index: 0,
        values: ['request', 'upgrade', 'connect', 'checkContinue', 'checkExpectation', 'stream'],
      },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` listener',
    },
    {
      callee: '<server>.{on,addListener,prependListener}',
      when: { index: 0, values: ['connection', 'secureConnection'] },
      handlers: [{ arguments: [1] }],
      scope: 'request',
      label: '`{callee}` listener',
      per: 'connection',
    },
    {
      callee: '<server>.{on,once,addListener,prependListener,listen,close}',
      handlers: [{ arguments: 'all' }],
      scope: 'startup',
      label: '`{callee}` callback',
    },
  ],
  types: [
    { type: 'RequestListener', annotates: 'function', scope: 'request', label: '{name}() handler' },
    {
      type: '{IncomingMessage,ServerResponse,Http2ServerRequest,Http2ServerResponse}',
      annotates: 'parameter',
      scope: 'request',
      label: '{name}() handler',
    },
  ],
  runtime: [
    {
      runtime: 'node',
      imports: [
        'express',
        'polka',
        '@nestjs/core',
        '@grpc/grpc-js',
        'bullmq',
        'worker_threads',
        'cluster',
        'http',
        'https',
        'http2',
        'net',
      ],
    },
  ],
  shutdownPhase: true,
};
