import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import express, { type ErrorRequestHandler } from 'express';
import { Client } from 'pg';
import { config } from './config.js';
import { closeDatabases, createPool } from './db.js';
import { warmUp } from './http.js';
import { startReconciliation } from './jobs/reconcile.js';
import { customers } from './routes/customers.js';
import { inventory } from './routes/inventory.js';
import { orders } from './routes/orders.js';
import { createPayments } from './routes/payments.js';
import { createReports } from './routes/reports.js';
import { shipping } from './routes/shipping.js';

const app = express();

app.use('/orders', orders);
app.use('/customers', customers);
app.use('/shipping', shipping);
app.use('/reports', createReports());
app.use('/inventory', inventory);
app.use('/payments', createPayments(createPool({ max: 3, connectionTimeoutMillis: 4_000 })));

app.get('/health', async (req, res) => {
  const [database, warehouse] = await Promise.all([pingDatabase(), pingWarehouse()]);
  res.status(database && warehouse ? 200 : 503).json({ database, warehouse });
});

const reportError: ErrorRequestHandler = (error, req, res, next) => {
  console.error(`${req.method} ${req.originalUrl} failed`, error);
  if (res.headersSent) next(error);
  else res.status(500).json({ error: 'internal error' });
};
app.use(reportError);

async function pingDatabase(): Promise<boolean> {
  const client = new Client({ connectionString: config.databaseUrl, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

async function pingWarehouse(): Promise<boolean> {
  try {
    const response = await fetch(`${config.warehouseUrl}/health`, { signal: AbortSignal.timeout(2_000) });
    const { healthy } = (await response.json()) as { healthy: boolean };
    return healthy;
  } catch {
    return false;
  }
}

/** The database may start later than the service. */
async function waitForDatabase(): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client({ connectionString: config.databaseUrl });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (attempt === 10) throw error;
    } finally {
      await client.end();
    }
    await delay(1_000);
  }
}

await waitForDatabase();
await warmUp().catch((error: unknown) => {
  console.warn('The warehouse was not warmed up', error);
});
const server = app.listen(config.port, () => {
  console.log(`Orders service on port ${(server.address() as AddressInfo).port}`);
});
const reconciliation = startReconciliation();

process.once('SIGTERM', () => {
  clearInterval(reconciliation);
  server.close(() => {
    void closeDatabases();
  });
});
