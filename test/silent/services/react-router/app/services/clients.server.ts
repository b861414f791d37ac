import { remember } from '@epic-web/remember';
import { PrismaClient } from '@prisma/client';
import { Redis } from 'ioredis';
import postgres from 'postgres';

export const prisma = remember(
  'prisma',
  () => new PrismaClient({ transactionOptions: { maxWait: 2_000, timeout: 5_000 } }),
);

export const redis = remember('redis', () => {
  const client = new Redis(process.env.REDIS_URL!, {
    connectTimeout: 2_000,
    commandTimeout: 1_000,
    maxRetriesPerRequest: 3,
  });
  client.on('error', (error) => console.error('redis', error.message));
  return client;
});

/** The warehouse, for reports. */
export const warehouse = remember('warehouse', () =>
  postgres(process.env.WAREHOUSE_URL!, {
    max: 4,
    connect_timeout: 5,
    idle_timeout: 30,
    max_lifetime: 1_800,
    connection: { statement_timeout: 30_000 },
  }),
);

export const closeClients = () =>
  Promise.allSettled([prisma.$disconnect(), redis.quit(), warehouse.end({ timeout: 5 })]);
