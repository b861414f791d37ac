import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { config } from './config.js';

const ARCHIVED_YEARS = [2023, 2024, 2025];

const pools: Pool[] = [];

/** A pool that is closed with the service. */
export function createPool(options: PoolConfig = {}): Pool {
  const pool = new Pool({ connectionString: config.databaseUrl, ...options });
  pool.on('error', (error) => {
    console.error('Idle database connection failed', error);
  });
  pools.push(pool);
  return pool;
}

export const db = createPool({ max: 10 });

/** Orders of past years lie in a database per year. */
export const archives = new Map(
  ARCHIVED_YEARS.map((year) => [year, createPool({ connectionString: databaseUrl(`archive_${year}`), max: 2 })]),
);

let invoices: Pool | undefined;

/** The invoices, which not every installation has. */
export function getInvoices(): Pool {
  if (!invoices) {
    invoices = new Pool({ connectionString: databaseUrl('invoices'), max: 4 });
    pools.push(invoices);
  }
  return invoices;
}

/** Runs statements that belong together on one connection: all of them count, or none. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

/** The address of another database on the same server. */
export function databaseUrl(name: string): string {
  const url = new URL(config.databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function closeDatabases(): Promise<void> {
  await Promise.all(pools.map((pool) => pool.end()));
}
