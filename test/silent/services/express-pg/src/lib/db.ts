import pg from 'pg';
import { config } from '../config.js';
import { logger } from './logger.js';

// bigint columns are ids here, far below 2^53
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export const pool = new pg.Pool({
  connectionString: config.DATABASE_URL,
  application_name: 'orders-api',
  max: config.PG_POOL_MAX,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 1_800,
  statement_timeout: 15_000,
  query_timeout: 20_000,
  idle_in_transaction_session_timeout: 30_000,
  keepAlive: true,
});

pool.on('error', (error) => {
  logger.error({ error }, 'idle database client failed');
});

// A client that is checked out has no listener of the pool.
pool.on('connect', (client) => {
  client.on('error', (error) => logger.error({ error }, 'database client failed'));
});

export type Queryable = Pick<pg.ClientBase, 'query'>;

/** Runs `work` on one connection of the pool and always gives it back. */
export async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** Runs `work` in a transaction. A connection whose rollback failed is thrown away. */
export async function withTransaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    try {
      await client.query('ROLLBACK');
    } catch (rollbackError) {
      broken = rollbackError as Error;
    }
    throw error;
  } finally {
    client.release(broken);
  }
}
