import type { FrameworkDescriptor } from '../framework.js';

/** tRPC 10 and 11. Procedures are usually imported from the file that makes them, under a name ending in procedure. */
export const trpc: FrameworkDescriptor = {
  name: 'tRPC',
  version: '11.25.2',
  modules: ['@trpc/server', '@trpc/server/*'],
  values: {
    t: ['initTRPC.create()', 'initTRPC.context().create()', 'initTRPC.context().meta().create()', 'initTRPC.meta().create()'],
    procedure: [
      'initTRPC.create().procedure',
      'initTRPC.context().create().procedure',
      'initTRPC.context().meta().create().procedure',
      'initTRPC.meta().create().procedure',
    ],
  },
  chains: { procedure: '*' },
  importedValues: { procedure: /procedure$/iu },
  registrations: [
    {
      callee: '<procedure>.{query,mutation,subscription}',
      handlers: [{ arguments: [0] }],
      scope: 'request',
      label: '`{callee}` resolver',
    },
    { callee: '<procedure>.use', handlers: [{ arguments: [0] }], scope: 'request', label: '`{callee}` middleware' },
    { callee: '<t>.middleware', handlers: [{ arguments: [0] }], scope: 'request', label: '`{callee}` middleware' },
    {
      callee:
        '{createExpressMiddleware,createHTTPServer,createHTTPHandler,fetchRequestHandler,applyWSSHandler,createNextApiHandler,awsLambdaRequestHandler,fastifyTRPCPlugin}',
      handlers: [{ arguments: [0], properties: ['createContext', 'onError', 'responseMeta'] }],
      scope: 'request',
      label: '`createContext`',
    },
  ],
  types: [
    {
      type: '{CreateExpressContextOptions,CreateNextContextOptions,FetchCreateContextFnOptions,CreateFastifyContextOptions,CreateWSSContextFnOptions,CreateHTTPContextOptions}',
      annotates: 'parameter',
      scope: 'request',
      label: '{name}()',
    },
  ],
  shutdownPhase: 'depends',
};
