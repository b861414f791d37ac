import { Redis, type RedisOptions } from 'ioredis';

export const buildRedis = (url: string, options: RedisOptions = {}): Redis => {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    commandTimeout: 1_000,
    maxRetriesPerRequest: 2,
    ...options,
  });
  redis.on('error', (error) => console.warn(error.message));
  return redis;
};

/** A subscriber beside a client: it ends when the returned function is called. */
export async function subscribe(
  redis: Redis,
  channel: string,
  onMessage: (text: string) => void,
): Promise<() => void> {
  const subscriber = redis.duplicate();
  subscriber.on('error', (error) => console.warn(error.message));
  subscriber.on('message', (_channel, text) => onMessage(text));
  try {
    await subscriber.subscribe(channel);
  } catch (error) {
    subscriber.disconnect();
    throw error;
  }
  return () => subscriber.disconnect();
}

/** Reads through; concurrent callers share one load. */
export function createCache<T>(redis: Redis, seconds: number, load: (key: string) => Promise<T>) {
  const loading = new Map<string, Promise<T>>();
  return async (key: string): Promise<T> => {
    const hit = await redis.get(key);
    if (hit !== null) return JSON.parse(hit) as T;
    let pending = loading.get(key);
    if (!pending) {
      pending = load(key).finally(() => loading.delete(key));
      loading.set(key, pending);
      void pending.then((value) => redis.set(key, JSON.stringify(value), 'EX', seconds)).catch(() => {});
    }
    return pending;
  };
}
