import { Pool } from '@neondatabase/serverless';
import { Redis } from '@upstash/redis/cloudflare';
import { sql } from 'drizzle-orm';
import { Hono } from 'hono';
import type { AppEnv } from '../env';

export const cart = new Hono<AppEnv>();

cart.get('/:id', async (c) => {
  const redis = new Redis({ url: c.env.UPSTASH_URL, token: c.env.UPSTASH_TOKEN });
  const cached = await redis.get(`cart:${c.req.param('id')}`);
  if (cached) return c.json(cached);
  const rows = await c.get('db').execute(sql`SELECT * FROM cart_items WHERE cart_id = ${c.req.param('id')}`);
  c.executionCtx.waitUntil(redis.set(`cart:${c.req.param('id')}`, rows, { ex: 60 }));
  return c.json(rows);
});

cart.post('/:id/checkout', async (c) => {
  // WebSockets as well must not outlive the request.
  const pool = new Pool({ connectionString: c.env.NEON_URL, max: 1, connectionTimeoutMillis: 3_000 });
  pool.on('error', (error: Error) => console.error(error));
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query('SELECT total FROM carts WHERE id = $1 FOR UPDATE', [
      c.req.param('id'),
    ]);
    const response = await fetch('https://api.stripe.com/v1/payment_intents', {
      method: 'POST',
      headers: { authorization: `Bearer ${c.env.STRIPE_KEY}` },
      body: new URLSearchParams({ amount: String(rows[0].total), currency: 'eur' }),
      signal: AbortSignal.timeout(10_000),
    });
    const intent = await response.json<{ id: string }>();
    if (!response.ok) throw new Error('payment refused');
    await client.query('UPDATE carts SET intent = $2 WHERE id = $1', [c.req.param('id'), intent.id]);
    await client.query('COMMIT');
    return c.json(intent);
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
    c.executionCtx.waitUntil(pool.end());
  }
});
