import { glob } from 'node:fs/promises';
import cron from 'node-cron';
import pg from 'pg';
import { pool } from './db.js';
import { uploadAll } from './jobs/upload.js';
import { queues } from './queues/index.js';

cron.schedule('0 6 1 * *', async () => {
  const { rows } = await pool.query('SELECT id FROM customers WHERE active');
  await queues.reports.addBulk(
    rows.map(({ id }) => ({
      name: 'report',
      data: { customer: id, month: new Date().toISOString().slice(0, 7) },
    })),
  );
});

cron.schedule('30 2 * * *', async () => {
  await uploadAll(await Array.fromAsync(glob('/tmp/*.pdf')));
});

// Once a night, as the owner of the tables: a pool would keep that connection all day.
cron.schedule('0 3 * * *', async () => {
  const client = new pg.Client({
    connectionString: process.env.OWNER_URL,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 3_600_000,
  });
  client.on('error', (error) => console.error('maintenance', error));
  await client.connect();
  try {
    await client.query('VACUUM (ANALYZE) bookings');
  } finally {
    await client.end();
  }
});
