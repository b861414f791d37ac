import pg from 'pg';

const { Pool } = pg;

// Never more than the jobs that run at the same time.
export const CONCURRENCY = 8;

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: CONCURRENCY,
  min: 0,
  connectionTimeoutMillis: 10_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 3_600,
  statement_timeout: 120_000,
  query_timeout: 130_000,
}).on('error', (error: Error) => console.error('idle client', error));
