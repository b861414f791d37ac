import type { FrameworkDescriptor } from '../framework.js';

/** h3 1 and 2. Nitro imports every export by itself, so unresolved names count. */
export const h3: FrameworkDescriptor = {
  name: 'h3',
  version: '1.15.11, 2.0.8',
  modules: ['h3', 'nitro/h3', 'nitro'],
  globals: [
    'defineEventHandler',
    'eventHandler',
    'defineHandler',
    'defineCachedEventHandler',
    'cachedEventHandler',
    'defineValidatedHandler',
    'defineMiddleware',
    'defineRequestMiddleware',
    'defineResponseMiddleware',
    'defineWebSocketHandler',
    'defineLazyEventHandler',
    'lazyEventHandler',
    'fromNodeMiddleware',
  ],
  values: {
    app: ['new H3()', 'createApp()', 'createRouter()'],
  },
  chains: { app: '*' },
  registrations: [
    {
      callee:
        '{defineEventHandler,eventHandler,defineHandler,defineCachedEventHandler,cachedEventHandler,defineValidatedHandler,defineMiddleware,defineRequestMiddleware,defineResponseMiddleware,fromNodeMiddleware}',
      handlers: [
        { arguments: [0] },
        { arguments: [0], properties: ['handler', 'onRequest', 'onBeforeResponse', 'middleware'] },
      ],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: 'defineWebSocketHandler',
      handlers: [{ arguments: [0], properties: ['*'] }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    {
      callee: '{defineLazyEventHandler,lazyEventHandler}',
      handlers: [{ arguments: [0] }],
      scope: 'startup',
      label: '`{callee}` loader',
    },
    {
      callee: '<app>.{get,post,put,delete,patch,options,head,all,on}',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'request',
      label: '`{callee}` handler',
    },
    { callee: '<app>.use', handlers: [{ arguments: 'all' }], scope: 'request', label: '`{callee}` middleware' },
  ],
  types: [
    { type: '{EventHandler,EventHandlerRequest}', annotates: 'function', scope: 'request', label: '{name}() handler' },
    { type: 'H3Event', annotates: 'parameter', scope: 'request', label: '{name}() handler' },
  ],
  shutdownPhase: 'depends',
};
