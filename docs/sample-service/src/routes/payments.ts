import { json, Router } from 'express';
import type { Pool, PoolClient } from 'pg';
import { inTransaction } from '../db.js';

interface Order {
  status: string;
  total_cents: number;
}

/** What was paid. Payments have few connections, so that orders always have some. */
export function createPayments(pool: Pool): Router {
  const router = Router();

  router.get('/orders/:id', async (req, res) => {
    const reader = await pool.connect();
    const { rows } = await reader.query('SELECT cents FROM payments WHERE order_id = $1 ORDER BY cents', [req.params.id]);
    reader.release();
    res.json(rows);
  });

  router.post('/orders/:id', json(), async (req, res) => {
    const { cents } = req.body as { cents: number };
    const client = await pool.connect();
    const { rows } = await client.query<Order>('SELECT status, total_cents FROM orders WHERE id = $1', [req.params.id]);
    if (rows.length === 0) {
      res.status(404).json({ error: 'no such order' });
      return;
    }
    await client.query('INSERT INTO payments (order_id, cents) VALUES ($1, $2)', [req.params.id, cents]);
    client.release();
    res.status(201).json({ order: Number(req.params.id), cents });
  });

  /** Gives back what was paid for an order, as long as it was not shipped. */
  router.post('/orders/:id/refunds', json(), async (req, res) => {
    const { cents } = req.body as { cents: number };
    const refunding = await pool.connect();
    try {
      await refunding.query('BEGIN');
      await refunding.query('INSERT INTO payments (order_id, cents) VALUES ($1, $2)', [req.params.id, -cents]);
      await refunding.query('COMMIT');
      res.status(201).json({ refunded: cents });
    } finally {
      refunding.release();
    }
  });

  router.get('/orders/:id/balance', async (req, res) => {
    const holder = await pool.connect();
    try {
      const { rows } = await holder.query<Order>('SELECT status, total_cents FROM orders WHERE id = $1', [req.params.id]);
      const paid = await pool.query<{ cents: string }>('SELECT sum(cents) AS cents FROM payments WHERE order_id = $1', [
        req.params.id,
      ]);
      res.json({ due: (rows[0]?.total_cents ?? 0) - Number(paid.rows[0]?.cents) });
    } finally {
      holder.release();
    }
  });

  /** Pays two orders at once. */
  router.post('/pairs/:first/:second', json(), async (req, res) => {
    const { cents } = req.body as { cents: number };
    await pool.query('BEGIN');
    await pool.query('INSERT INTO payments (order_id, cents) VALUES ($1, $2)', [req.params.first, cents]);
    await pool.query('INSERT INTO payments (order_id, cents) VALUES ($1, $2)', [req.params.second, cents]);
    await pool.query('COMMIT');
    res.status(201).json({ cents: 2 * cents });
  });

  // Right as they are: each gives its connection back whatever happens.

  router.get('/largest', async (req, res) => {
    const client = await pool.connect();
    try {
      const { rows } = await client.query<{ cents: number }>('SELECT cents FROM payments ORDER BY cents DESC LIMIT 1');
      if (!rows[0]) {
        res.status(404).json({ error: 'nothing paid yet' });
        return;
      }
      res.json({ cents: rows[0].cents });
    } finally {
      client.release();
    }
  });

  router.get('/customers/:id', async (req, res) => {
    const cents = await withClient(pool, async (client) => {
      const { rows } = await client.query<{ cents: string }>(
        'SELECT coalesce(sum(cents), 0) AS cents FROM payments JOIN orders ON orders.id = order_id WHERE customer_id = $1',
        [req.params.id],
      );
      return Number(rows[0]?.cents);
    });
    res.json({ cents });
  });

  router.post('/customers/:id/credits', json(), async (req, res) => {
    const { cents } = req.body as { cents: number };
    const credited = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ id: number }>(
        "INSERT INTO orders (customer_id, status, total_cents) VALUES ($1, 'credit', 0) RETURNING id",
        [req.params.id],
      );
      await client.query('INSERT INTO payments (order_id, cents) VALUES ($1, $2)', [rows[0]?.id, cents]);
      return rows.length;
    });
    res.status(201).json({ credited });
  });

  return router;
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
