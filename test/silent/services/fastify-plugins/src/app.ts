import Fastify, { type FastifyServerOptions } from 'fastify';
import cache from './plugins/cache.js';
import database from './plugins/database.js';
import storage from './plugins/storage.js';
import events from './routes/events.js';
import products from './routes/products.js';

export async function build(options: FastifyServerOptions = {}) {
  const app = Fastify({ requestTimeout: 30_000, ...options });
  await app.register(database, { connectionString: process.env.DATABASE_URL!, max: 12 });
  await app.register(cache, { url: process.env.REDIS_URL! });
  await app.register(storage);
  await app.register(products, { prefix: '/v1' });
  await app.register(events);
  return app;
}
