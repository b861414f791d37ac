import type { FrameworkDescriptor } from '../framework.js';

/** Cloudflare Workers, Pages and Durable Objects: clients belong to the request, never to module scope. */
export const cloudflareWorkers: FrameworkDescriptor = {
  name: 'Cloudflare Workers',
  version: 'workers-types 4',
  modules: ['cloudflare:workers', '@cloudflare/workers-types', '@opennextjs/cloudflare'],
  runtime: [
    { runtime: 'edge', imports: ['cloudflare:*', '@opennextjs/cloudflare', '@cloudflare/*'] },
    {
      runtime: 'edge',
      types: ['ExportedHandler', 'PagesFunction', 'DurableObjectState', 'ExecutionContext', 'Hyperdrive', 'KVNamespace'],
    },
    { runtime: 'edge', projectFile: ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'] },
  ],
  shutdownPhase: false,
};
