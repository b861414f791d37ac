import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '@prisma/client';
import { Pool } from 'pg';

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 1_800,
  statement_timeout: 10_000,
  query_timeout: 11_000,
});
pool.on('error', (error) => console.error('pg', error));

export const prisma = new PrismaClient({
  adapter: new PrismaPg(pool),
  transactionOptions: { maxWait: 2_000, timeout: 5_000 },
}).$extends({
  name: 'soft-delete',
  query: {
    task: { delete: ({ args }) => prisma.task.update({ where: args.where, data: { deleted: true } }) },
  },
});
