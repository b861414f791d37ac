import { defineInt, defineSecret } from 'firebase-functions/params';
import { Pool } from 'pg';

export const databaseUrl = defineSecret('DATABASE_URL');
const maxConnections = defineInt('MAX_CONNECTIONS', { default: 2 });

let pool: Pool;

/** Secrets have no value while the module is read at deployment, hence not at module scope. */
export function getPool(): Pool {
  if (!pool) {
    pool = new Pool({
      connectionString: databaseUrl.value(),
      max: maxConnections.value(),
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      maxLifetimeSeconds: 900,
      statement_timeout: 10_000,
      query_timeout: 12_000,
    });
    pool.on('error', (error) => console.error('idle client', error));
  }
  return pool;
}
