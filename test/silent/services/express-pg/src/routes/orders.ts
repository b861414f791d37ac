import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';
import { Router } from 'express';
import QueryStream from 'pg-query-stream';
import { pool, withTransaction } from '../lib/db.js';
import { charge, PaymentError } from '../lib/payments.js';
import { asyncHandler } from '../middleware/async-handler.js';

export const orders = Router();

const toLines = () =>
  new Transform({
    writableObjectMode: true,
    transform(row, _encoding, done) {
      done(null, `${JSON.stringify(row)}\n`);
    },
  });

orders.get(
  '/',
  asyncHandler(async (req, res) => {
    const { rows } = await pool.query(
      'SELECT id, total, state FROM orders WHERE customer_id = $1 ORDER BY id DESC LIMIT 50',
      [req.query.customer],
    );
    res.json(rows);
  }),
);

orders.get(
  '/export',
  asyncHandler(async (req, res) => {
    const client = await pool.connect();
    try {
      const rows = client.query(new QueryStream('SELECT * FROM orders ORDER BY id', [], { batchSize: 500 }));
      res.type('application/x-ndjson');
      await pipeline(rows, toLines(), res);
    } finally {
      client.release();
    }
  }),
);

orders.post(
  '/',
  asyncHandler(async (req, res) => {
    const order = await withTransaction(async (client) => {
      const { rows } = await client.query<{ id: number; total: number }>(
        'INSERT INTO orders (customer_id, total) VALUES ($1, $2) RETURNING id, total',
        [req.body.customer, req.body.total],
      );
      for (const item of req.body.items) {
        await client.query('INSERT INTO order_items (order_id, sku, quantity) VALUES ($1, $2, $3)', [
          rows[0].id,
          item.sku,
          item.quantity,
        ]);
      }
      return rows[0];
    });
    try {
      const payment = await charge(order.id, order.total);
      await pool.query('UPDATE orders SET payment_id = $2, state = $3 WHERE id = $1', [
        order.id,
        payment.id,
        'paid',
      ]);
      res.status(201).json({ ...order, payment: payment.id });
    } catch (error) {
      if (!(error instanceof PaymentError)) throw error;
      await pool.query('UPDATE orders SET state = $2 WHERE id = $1', [order.id, 'payment_failed']);
      res.status(402).json({ error: error.message });
    }
  }),
);

orders.delete(
  '/:id',
  asyncHandler(async (req, res) => {
    const { rowCount } = await pool.query('DELETE FROM orders WHERE id = $1', [req.params.id]);
    res.sendStatus(rowCount === 0 ? 404 : 204);
  }),
);
