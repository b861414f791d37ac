import { Redis } from 'ioredis';

// BullMQ demands that blocking commands are retried without end.
export const connection = new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379', {
  maxRetriesPerRequest: null,
  connectTimeout: 5_000,
});

connection.on('error', (error) => console.error('redis', error.message));
