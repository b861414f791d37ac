export { createCluster, createPool, DEFAULTS, lease, UnitOfWork, type PoolOptions } from './pg.js';
export { createAgent, createJsonClient, HttpError, send, withRedirects } from './http.js';
export { buildRedis, createCache, subscribe } from './redis.js';
export { Agent } from 'undici';
