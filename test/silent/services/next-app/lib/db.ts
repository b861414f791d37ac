import 'server-only';
import { Pool } from 'pg';

const globalForDb = globalThis as unknown as { pool?: Pool };

function create() {
  const pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    max: 10,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: 10_000,
    query_timeout: 12_000,
  });
  pool.on('error', (error) => console.error('idle client', error));
  return pool;
}

export const pool = (globalForDb.pool ??= create());
