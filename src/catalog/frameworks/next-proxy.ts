import type { FrameworkDescriptor } from '../framework.js';

/** Next.js middleware and proxy. Middleware runs at the edge unless it says otherwise. */
export const nextProxy: FrameworkDescriptor = {
  name: 'Next.js (middleware, proxy)',
  version: '16.4.6',
  modules: ['next/server'],
  types: [{ type: '{NextProxy,NextMiddleware}', annotates: 'function', scope: 'request', label: '{name}()' }],
  conventions: [
    {
      file: /(?:^|\/)(?:src\/)?proxy\.[cm]?[jt]s$/u,
      exports: ['default', 'proxy'],
      scope: 'request',
      label: 'proxy',
      needsImport: true,
    },
    {
      file: /(?:^|\/)(?:src\/)?middleware\.[cm]?[jt]s$/u,
      exports: ['default', 'middleware'],
      scope: 'request',
      label: 'middleware',
      needsImport: true,
    },
  ],
  runtime: [{ runtime: 'node', exportedConstant: { name: 'runtime', values: ['nodejs'] } }],
  shutdownPhase: false,
};
