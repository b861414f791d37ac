import { Router } from 'express';
import pg from 'pg';
import { pool } from '../lib/db.js';
import { isAvailable } from '../lib/payments.js';
import { unitOfWork } from '../middleware/unit-of-work.js';

export const admin = Router();

// The read replica is optional, so its pool is made by whoever asks first.
let replica: pg.Pool | undefined;

function getReplica(): pg.Pool {
  if (replica) return replica;
  const connectionString = process.env.REPLICA_URL;
  if (!connectionString) return pool;
  replica = new pg.Pool({
    connectionString,
    max: 5,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: 60_000,
    keepAlive: true,
  });
  replica.on('error', (error) => console.error('idle replica client failed', error));
  return replica;
}

export async function closeReplica(): Promise<void> {
  await replica?.end();
  replica = undefined;
}

admin.get('/health', async (_req, res) => {
  const [database, payments] = await Promise.all([
    pool.query('SELECT 1').then(
      () => true,
      () => false,
    ),
    isAvailable(),
  ]);
  res.status(database && payments ? 200 : 503).json({ database, payments, waiting: pool.waitingCount });
});

admin.get('/report', async (req, res) => {
  const { rows } = await getReplica().query('SELECT * FROM revenue_by_day($1, $2)', [
    req.query.from,
    req.query.to,
  ]);
  res.json(rows);
});

admin.post('/reindex', unitOfWork(pool), async (_req, res) => {
  await res.locals.db.query('REINDEX TABLE orders');
  res.sendStatus(202);
});

// The form "try this connection" of the settings page: a stranger's database, so a connection of its own that is closed.
admin.post('/connections/test', async (req, res) => {
  const { host, port, user, password, database } = req.body;
  const client = new pg.Client({
    host,
    port,
    user,
    password,
    database,
    connectionTimeoutMillis: 3_000,
    query_timeout: 3_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query('SELECT version()');
    res.json({ ok: true, version: rows[0].version });
  } catch (error) {
    res.status(422).json({ ok: false, message: (error as Error).message });
  } finally {
    await client.end();
  }
});
