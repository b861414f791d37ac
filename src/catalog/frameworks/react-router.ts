import type { FrameworkDescriptor } from '../framework.js';

/** React Router 7, framework mode. */
export const reactRouter: FrameworkDescriptor = {
  name: 'React Router',
  version: '7.18.5',
  modules: ['react-router', '@react-router/node', '@react-router/express', '@react-router/cloudflare'],
  types: [
    { type: '{LoaderFunction,ActionFunction}', annotates: 'function', scope: 'request', label: '{name}()' },
    { type: '{LoaderFunctionArgs,ActionFunctionArgs}', annotates: 'parameter', scope: 'request', label: '{name}()' },
    {
      type: '{Route.LoaderArgs,Route.ActionArgs}',
      annotates: 'parameter',
      scope: 'request',
      label: '{name}()',
      modules: ['./+types/*', '../+types/*', '*/+types/*'],
    },
  ],
  conventions: [
    {
      file: /(?:^|\/)app\/(?:routes\/.*|root)\.[jt]sx?$/u,
      exports: ['loader', 'action', 'middleware'],
      scope: 'request',
      label: '{name}()',
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
  hotReload: { dependencies: ['@react-router/dev'] },
  runtime: [
    { runtime: 'edge', imports: ['@react-router/cloudflare'] },
    { runtime: 'edge', dependencies: ['@react-router/cloudflare'] },
  ],
  shutdownPhase: 'depends',
};
