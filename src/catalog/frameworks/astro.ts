import type { FrameworkDescriptor } from '../framework.js';

/** Astro. */
export const astro: FrameworkDescriptor = {
  name: 'Astro',
  version: '6.0.5',
  modules: ['astro', 'astro:middleware', 'astro:actions'],
  types: [
    { type: '{APIRoute,MiddlewareHandler}', annotates: 'function', scope: 'request', label: '{name}()' },
    { type: 'APIContext', annotates: 'parameter', scope: 'request', label: '{name}()' },
  ],
  conventions: [
    {
      file: /(?:^|\/)src\/pages\/.*\.[jt]s$/u,
      exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'ALL'],
      scope: 'request',
      label: 'endpoint {name}()',
    },
    { file: /(?:^|\/)src\/middleware(?:\/index)?\.[jt]s$/u, exports: ['onRequest'], scope: 'request', label: 'middleware' },
  ],
  registrations: [
    { callee: '{defineMiddleware,sequence}', handlers: [{ arguments: 'all' }], scope: 'request', label: 'middleware' },
    { callee: 'defineAction', handlers: [{ arguments: [0], properties: ['handler'] }], scope: 'request', label: 'action' },
  ],
  hotReload: { dependencies: ['astro'] },
  runtime: [
    { runtime: 'edge', dependencies: ['@astrojs/cloudflare'] },
    { runtime: 'node', dependencies: ['@astrojs/node'] },
  ],
  shutdownPhase: 'depends',
};
