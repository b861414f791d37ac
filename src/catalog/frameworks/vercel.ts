import type { FrameworkDescriptor } from '../framework.js';

/** Vercel functions. */
export const vercel: FrameworkDescriptor = {
  name: 'Vercel',
  version: '5',
  modules: ['@vercel/node', '@vercel/functions', '@vercel/edge'],
  types: [
    { type: '{VercelApiHandler,VercelRequest,VercelResponse}', annotates: 'parameter', scope: 'request', label: '{name}()' },
    { type: 'VercelApiHandler', annotates: 'function', scope: 'request', label: '{name}()' },
  ],
  conventions: [
    {
      file: /^api\/.*\.[cm]?[jt]s$/u,
      exports: ['default', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'default.fetch'],
      scope: 'request',
      label: 'Vercel function {name}()',
    },
  ],
  runtime: [
    { runtime: 'edge', imports: ['@vercel/edge'] },
    { runtime: 'serverless', imports: ['@vercel/node', '@vercel/functions'] },
  ],
  shutdownPhase: false,
};
