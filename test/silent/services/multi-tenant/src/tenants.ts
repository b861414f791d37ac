import { LRUCache } from 'lru-cache';
import pg from 'pg';

export interface Tenant {
  readonly id: string;
  readonly databaseUrl: string;
}

const control = new pg.Pool({
  connectionString: process.env.CONTROL_URL,
  max: 3,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 5_000,
});
control.on('error', (error) => console.error('control', error));

/** A pool per tenant, the fifty used last. A pool that falls out is closed once its connections are back. */
const pools = new LRUCache<string, pg.Pool>({
  max: 50,
  ttl: 10 * 60_000,
  updateAgeOnGet: true,
  dispose: (pool, id) => {
    pool.end().catch((error: unknown) => console.error(`closing ${id}`, error));
  },
});

export function poolOf(tenant: Tenant): pg.Pool {
  let pool = pools.get(tenant.id);
  if (!pool) {
    pool = new pg.Pool({
      connectionString: tenant.databaseUrl,
      max: 4,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 10_000,
      maxLifetimeSeconds: 900,
      statement_timeout: 10_000,
      query_timeout: 12_000,
    });
    pool.on('error', (error) => console.error(tenant.id, error));
    pools.set(tenant.id, pool);
  }
  return pool;
}

export async function findTenant(host: string): Promise<Tenant | undefined> {
  const { rows } = await control.query<Tenant>(
    'SELECT id, database_url AS "databaseUrl" FROM tenants WHERE host = $1',
    [host],
  );
  return rows[0];
}

export async function closeAll(): Promise<void> {
  pools.clear();
  await control.end();
}
