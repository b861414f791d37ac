import { Router } from 'express';
import { Client, Pool } from 'pg';
import { config } from '../config.js';
import { createPool, databaseUrl } from '../db.js';

const tenantPools = new Map<string, Pool>();

/** Reports have a pool of their own, so that a slow one does not hold up orders. */
export function createReports(): Router {
  const pool = createPool({ max: 3, statement_timeout: 30_000 });
  const router = Router();

  router.get('/turnover', async (req, res) => {
    const { rows } = await pool.query<{ cents: string }>('SELECT sum(total_cents) AS cents FROM orders');
    res.json({ cents: Number(rows[0]?.cents) });
  });

  router.get('/best-customers', async (req, res) => {
    const pool = new Pool({ connectionString: config.databaseUrl, statement_timeout: 60_000 });
    try {
      const { rows } = await pool.query<{ name: string; cents: string }>(
        'SELECT name, sum(total_cents) AS cents FROM orders JOIN customers ON customers.id = customer_id GROUP BY name ORDER BY 2 DESC, 1',
      );
      res.json(rows.map(({ name, cents }) => ({ name, cents: Number(cents) })));
    } finally {
      await pool.end();
    }
  });

  router.get('/tenants/:tenant/turnover', async (req, res) => {
    const tenantDb = new Pool({ connectionString: databaseUrl(`tenant_${req.params.tenant}`) });
    const { rows } = await tenantDb.query<{ cents: string }>('SELECT sum(total_cents) AS cents FROM orders');
    res.json({ tenant: req.params.tenant, cents: Number(rows[0]?.cents) });
  });

  router.get('/tenants/:tenant/orders', async (req, res) => {
    const { rows } = await tenantPool(req.params.tenant).query('SELECT id, status, total_cents FROM orders ORDER BY id');
    res.json(rows);
  });

  /** Does the database of a new tenant answer? */
  router.post('/tenants/:tenant/check', async (req, res) => {
    const client = new Client({ connectionString: databaseUrl(`tenant_${req.params.tenant}`) });
    try {
      await client.connect();
      await client.query('SELECT 1');
      res.json({ reachable: true });
    } catch {
      res.json({ reachable: false });
    } finally {
      await client.end();
    }
  });

  return router;
}

function tenantPool(tenant: string): Pool {
  let pool = tenantPools.get(tenant);
  if (!pool) {
    pool = createPool({ connectionString: databaseUrl(`tenant_${tenant}`), max: 3 });
    tenantPools.set(tenant, pool);
  }
  return pool;
}
