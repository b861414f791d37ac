import type { FrameworkDescriptor } from '../framework.js';

/** SvelteKit. */
export const sveltekit: FrameworkDescriptor = {
  name: 'SvelteKit',
  version: '2.70.4',
  modules: ['@sveltejs/kit', '$app/server'],
  types: [
    {
      type: '{RequestHandler,PageServerLoad,LayoutServerLoad,Actions,Action,Handle,HandleFetch,HandleServerError}',
      annotates: 'function',
      scope: 'request',
      label: '{name}()',
      modules: ['@sveltejs/kit', './$types', './$types.js'],
    },
    {
      type: '{RequestEvent,ServerLoadEvent}',
      annotates: 'parameter',
      scope: 'request',
      label: '{name}()',
      modules: ['@sveltejs/kit', './$types', './$types.js'],
    },
  ],
  conventions: [
    {
      file: /(?:^|\/)\+server\.[jt]s$/u,
      exports: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'fallback'],
      scope: 'request',
      label: 'endpoint {name}()',
    },
    {
      file: /(?:^|\/)\+(?:page|layout)(?:@[^/]*)?(?:\.server)?\.[jt]s$/u,
      exports: ['load'],
      scope: 'request',
      label: 'load()',
    },
    { file: /(?:^|\/)\+page\.server\.[jt]s$/u, exports: ['actions.*'], scope: 'request', label: 'form action {name}()' },
    {
      file: /(?:^|\/)hooks(?:\.server)?(?:\/index)?\.[jt]s$/u,
      exports: ['handle', 'handleFetch', 'handleError', 'reroute'],
      scope: 'request',
      label: '{name}() hook',
    },
    { file: /(?:^|\/)hooks\.server(?:\/index)?\.[jt]s$/u, exports: ['init'], scope: 'startup', label: 'init()' },
  ],
  registrations: [
    {
      callee: '{query,form,command,prerender,query.batch}',
      handlers: [{ arguments: 'all' }],
      scope: 'request',
      label: 'remote function',
    },
    { callee: 'sequence', handlers: [{ arguments: 'all' }], scope: 'request', label: '`sequence` handle' },
  ],
  hotReload: { dependencies: ['@sveltejs/kit'] },
  runtime: [
    { runtime: 'edge', dependencies: ['@sveltejs/adapter-cloudflare', '@sveltejs/adapter-cloudflare-workers'] },
    { runtime: 'node', dependencies: ['@sveltejs/adapter-node'] },
  ],
  shutdownPhase: 'depends',
};
