import { z } from 'zod';

const schema = z.object({
  PORT: z.coerce.number().default(3000),
  DATABASE_URL: z.string().url(),
  REPLICA_URL: z.string().url().optional(),
  PG_POOL_MAX: z.coerce.number().int().min(1).max(20).default(10),
  PAYMENTS_URL: z.string().url(),
  PAYMENTS_KEY: z.string().min(1),
});

export const config = schema.parse(process.env);
