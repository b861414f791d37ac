import 'server-only';
import { Redis } from 'ioredis';

const KEY = Symbol.for('storefront.redis');
const store = globalThis as typeof globalThis & { [KEY]?: Redis };

export function getRedis(): Redis {
  return (store[KEY] ??= new Redis(process.env.REDIS_URL!, {
    connectTimeout: 3_000,
    commandTimeout: 1_000,
    maxRetriesPerRequest: 1,
  }).on('error', (error) => console.warn(error.message)));
}
