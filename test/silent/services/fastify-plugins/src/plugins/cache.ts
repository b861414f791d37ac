import fp from 'fastify-plugin';
import { Redis } from 'ioredis';

declare module 'fastify' {
  interface FastifyInstance {
    redis: Redis;
    remember: <T>(key: string, seconds: number, load: () => Promise<T>) => Promise<T>;
  }
}

export default fp<{ url: string }>(
  async function cache(app, options) {
    const redis = new Redis(options.url, {
      lazyConnect: true,
      connectTimeout: 2_000,
      commandTimeout: 500,
      maxRetriesPerRequest: 1,
      enableAutoPipelining: true,
    }).on('error', (err) => app.log.warn({ err }, 'redis'));
    await redis.connect();

    app.decorate('redis', redis);
    app.decorate('remember', async <T>(key: string, seconds: number, load: () => Promise<T>): Promise<T> => {
      const hit = await redis.get(key).catch(() => null);
      if (hit !== null) return JSON.parse(hit) as T;
      const value = await load();
      await redis
        .set(key, JSON.stringify(value), 'EX', seconds)
        .catch((err: unknown) => app.log.warn({ err }, 'cannot cache'));
      return value;
    });
    app.addHook('onClose', (instance, done) => {
      redis.quit().then(
        () => done(),
        (err) => {
          instance.log.warn({ err }, 'redis did not say goodbye');
          redis.disconnect();
          done();
        },
      );
    });
  },
  { name: 'cache' },
);
