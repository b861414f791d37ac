import type { LibraryDescriptor } from '../descriptor.js';

/** Upstash Redis over HTTP. */
export const upstashRedis: LibraryDescriptor = {
  name: '@upstash/redis',
  version: '1.39.0',
  modules: ['@upstash/redis'],
  creators: [],
  cheap: [{ api: '{Redis,Redis.fromEnv}', why: 'sends HTTP requests through fetch and opens no socket of its own' }],
  holdsProcess: 'no',
  edge: 'made for it: creating one per request is fine',
  notes: ['the modules @upstash/redis/cloudflare and @upstash/redis/fastly are unverified and left out'],
};
