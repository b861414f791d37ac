import type { FrameworkDescriptor } from '../framework.js';

/** Remix 2. */
export const remix: FrameworkDescriptor = {
  name: 'Remix',
  version: '2.17.5',
  modules: [
    '@remix-run/node',
    '@remix-run/server-runtime',
    '@remix-run/react',
    '@remix-run/cloudflare',
    '@remix-run/express',
    '@remix-run/deno',
    '@vercel/remix',
  ],
  types: [
    { type: '{LoaderFunction,ActionFunction}', annotates: 'function', scope: 'request', label: '{name}()' },
    {
      type: '{LoaderFunctionArgs,ActionFunctionArgs,LoaderArgs,ActionArgs,DataFunctionArgs}',
      annotates: 'parameter',
      scope: 'request',
      label: '{name}()',
    },
  ],
  conventions: [
    { file: /(?:^|\/)app\/(?:routes\/.*|root)\.[jt]sx?$/u, exports: ['loader', 'action'], scope: 'request', label: '{name}()' },
    {
      file: /(?:^|\/)entry\.server\.[jt]sx?$/u,
      exports: ['default', 'handleDataRequest', 'handleError'],
      scope: 'request',
      label: 'server entry',
    },
  ],
  registrations: [
    {
      callee: 'createRequestHandler',
      handlers: [{ arguments: [0], properties: ['getLoadContext'] }],
      scope: 'request',
      label: '`getLoadContext`',
    },
  ],
  hotReload: { dependencies: ['@remix-run/dev'] },
  runtime: [
    { runtime: 'edge', imports: ['@remix-run/cloudflare', '@remix-run/cloudflare-*', '@remix-run/deno'] },
    { runtime: 'edge', dependencies: ['@remix-run/cloudflare'] },
  ],
  shutdownPhase: 'depends',
};
