import { json, Router } from 'express';
import { Client, Pool } from 'pg';
import { Agent, request } from 'undici';
import { config } from '../config.js';
import { db } from '../db.js';
import { availableStock } from '../http.js';

interface OrderLine {
  sku: string;
  quantity: number;
}

interface Order {
  id: number;
  customer_id: number;
  status: string;
  total_cents: number;
}

export const orders = Router();

orders.get('/', async (req, res) => {
  const pool = new Pool({ connectionString: config.databaseUrl });
  const { rows } = await pool.query<Order>('SELECT * FROM orders WHERE status = $1 ORDER BY id', [req.query.status ?? 'open']);
  res.json(rows);
});

orders.post('/', json(), async (req, res) => {
  const { customer, lines } = req.body as { customer: number; lines: OrderLine[] };
  const prices = await Promise.all(
    lines.map(async ({ sku, quantity }) => {
      const agent = new Agent({ headersTimeout: 5_000 });
      const { body } = await request(`${config.warehouseUrl}/prices/${sku}`, { dispatcher: agent });
      const { cents } = (await body.json()) as { cents: number };
      await agent.close();
      return cents * quantity;
    }),
  );
  const total = prices.reduce((sum, price) => sum + price, 0);
  const { rows } = await db.query<Order>('INSERT INTO orders (customer_id, total_cents) VALUES ($1, $2) RETURNING *', [
    customer,
    total,
  ]);
  await db.query("SELECT pg_notify('order_placed', $1)", [String(total)]);
  res.status(201).json({ status: rows[0]?.status, total });
});

/** Orders as they are placed, as server-sent events. */
orders.get('/events', async (req, res) => {
  const client = new Client({ connectionString: config.databaseUrl });
  await client.connect();
  client.on('notification', ({ payload }) => {
    res.write(`data: ${payload ?? ''}\n\n`);
  });
  await client.query('LISTEN order_placed');
  req.on('close', () => {
    void client.end();
  });
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.flushHeaders();
});

orders.get('/:id', async (req, res) => {
  const order = await loadOrder(Number(req.params.id));
  if (!order) {
    res.status(404).json({ error: 'no such order' });
    return;
  }
  res.json(order);
});

orders.get('/:id/total', async (req, res) => {
  const order = await loadOrder(Number(req.params.id));
  const pool = new Pool({ connectionString: config.databaseUrl });
  const { rows } = await pool.query<{ count: string }>('SELECT count(*) FROM orders WHERE customer_id = $1', [
    order?.customer_id,
  ]);
  res.json({ total: order?.total_cents ?? 0, ordersOfCustomer: Number(rows[0]?.count) });
});

orders.get('/stock/:sku', async (req, res) => {
  res.json({ sku: req.params.sku, available: await availableStock(req.params.sku) });
});

async function loadOrder(id: number): Promise<Order | undefined> {
  const orderDb = connect();
  try {
    const { rows } = await orderDb.query<Order>('SELECT * FROM orders WHERE id = $1', [id]);
    return rows[0];
  } finally {
    await orderDb.end();
  }
}

function connect(): Pool {
  return new Pool({ connectionString: config.databaseUrl, max: 2 });
}
