import { json, Router } from 'express';
import { Client } from 'pg';
import { config } from '../config.js';
import { db } from '../db.js';

interface Customer {
  id: number;
  name: string;
  email: string;
}

export const customers = Router();

customers.get('/', async (req, res) => {
  const client = new Client({ connectionString: config.databaseUrl });
  await client.connect();
  const { rows } = await client.query<Customer>('SELECT id, name, email FROM customers ORDER BY name');
  await client.end();
  res.json(rows);
});

customers.get('/:id', async (req, res) => {
  const client = new Client({ connectionString: config.databaseUrl });
  try {
    await client.connect();
    const { rows } = await client.query<Customer>('SELECT id, name, email FROM customers WHERE id = $1', [req.params.id]);
    if (rows.length === 0) {
      res.status(404).json({ error: 'no such customer' });
      return;
    }
    res.json(rows[0]);
  } finally {
    await client.end();
  }
});

customers.get('/:id/orders', async (req, res) => {
  const { rows } = await db.query('SELECT id, status, total_cents FROM orders WHERE customer_id = $1 ORDER BY id', [
    req.params.id,
  ]);
  res.json(rows);
});

/** Notes that a customer has moved. The moves stay, for the invoices sent to where they lived before. */
customers.post('/:id/moves', json(), async (req, res) => {
  const { city } = req.body as { city: string };
  const client = new Client({ connectionString: config.databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query('UPDATE customers SET city = $2 WHERE id = $1', [req.params.id, city]);
    await client.query('INSERT INTO moves (customer_id, city) VALUES ($1, $2)', [req.params.id, city]);
    await client.query('COMMIT');
    res.status(201).json({ city });
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    await client.end();
  }
});
