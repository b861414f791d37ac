import { attachDatabasePool } from '@vercel/functions';
import { Pool } from 'pg';

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 5,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 5_000,
  maxLifetimeSeconds: 300,
  statement_timeout: 5_000,
  query_timeout: 6_000,
});
pool.on('error', (error) => console.error(error));

// Closes what idles before the instance is suspended.
attachDatabasePool(pool);
