import type { FrameworkDescriptor } from '../framework.js';

/** SolidStart. */
export const solidstart: FrameworkDescriptor = {
  name: 'SolidStart',
  version: '1.3.2',
  modules: ['@solidjs/start', '@solidjs/start/server', '@solidjs/start/middleware', '@solidjs/router'],
  types: [
    { type: 'APIHandler', annotates: 'function', scope: 'request', label: '{name}()' },
    { type: 'APIEvent', annotates: 'parameter', scope: 'request', label: '{name}()' },
  ],
  conventions: [
    {
      file: /(?:^|\/)src\/routes\/.*\.[jt]sx?$/u,
      exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      scope: 'request',
      label: '{name}()',
      needsImport: true,
    },
  ],
  registrations: [
    {
      callee: 'createMiddleware',
      handlers: [{ arguments: [0], properties: ['onRequest', 'onBeforeResponse'] }],
      scope: 'request',
      label: 'middleware',
    },
    { callee: '{query,cache,action}', handlers: [{ arguments: [0] }], scope: 'request', label: '`{callee}` function' },
  ],
  hotReload: { dependencies: ['@solidjs/start'] },
  shutdownPhase: 'depends',
};
