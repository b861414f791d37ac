import { readFileSync } from 'node:fs';
import express, { type RequestHandler } from 'express';
import { Redis } from 'ioredis';
import { Pool, type PoolConfig } from 'pg';
import { bikes, closeBikes } from './bikes.js';
import { closeStations, stations } from './stations.js';

const limits: PoolConfig = {
  max: 3,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 5_000,
  query_timeout: 6_000,
};

const closing: (() => unknown)[] = [closeBikes, closeStations];

/** Listens to a pool and closes it in the end. */
function keep(pool: Pool): Pool {
  pool.on('error', (error) => console.warn(error.message));
  closing.push(() => pool.end());
  return pool;
}

const open = (database: string): Pool => keep(new Pool({ ...limits, database }));

/** A handler over a table. The pool is an argument of what makes the handler, not of the handler. */
const listOf =
  (pool: Pool, table: 'prices' | 'rules'): RequestHandler =>
  async (_req, res) => {
    const { rows } = await pool.query(`SELECT * FROM ${table}`);
    res.json(rows);
  };

const countRides =
  ({ pool = open('rides') }: { pool?: Pool } = {}): RequestHandler =>
  async (_req, res) => {
    const { rows } = await pool.query('SELECT count(*)::int AS rides FROM rides');
    res.json(rows[0]);
  };

class Invoices {
  constructor(private readonly pool = open('invoices')) {}

  handle: RequestHandler = async (req, res) => {
    const { rows } = await this.pool.query('SELECT * FROM invoices WHERE rider = $1', [req.query.rider]);
    res.json(rows);
  };
}

function throttle(redis: Redis): RequestHandler {
  redis.on('error', (error) => console.warn(error.message));
  closing.push(() => redis.quit());
  return async (req, res, next) => {
    if ((await redis.incr(`rate:${req.ip}`)) > 100) res.sendStatus(429);
    else next();
  };
}

// What can be changed without a restart.
let zones: Pool | undefined;

function reload(): void {
  const previous = zones;
  const { database } = JSON.parse(readFileSync('/etc/bikes.json', 'utf8'));
  zones = new Pool({ ...limits, database });
  zones.on('error', (error) => console.warn(error.message));
  previous?.end().catch((error: unknown) => console.warn(error));
}

reload();
process.on('SIGHUP', reload);
closing.push(() => zones?.end());

const app = express().use(express.json());
app.use(
  throttle(
    new Redis(process.env.REDIS_URL!, {
      connectTimeout: 2_000,
      commandTimeout: 300,
      maxRetriesPerRequest: 1,
    }),
  ),
);
app.get('/prices', listOf(open('billing'), 'prices'));
app.get('/rules', listOf(keep(new Pool({ ...limits, database: 'rules' })), 'rules'));
app.get('/rides', countRides());
app.get('/invoices', new Invoices().handle);
app.get('/zones', async (_req, res) => {
  const { rows } = await zones!.query('SELECT id, shape FROM zones');
  res.json(rows);
});
app.post('/-/reload', (_req, res) => {
  reload();
  res.sendStatus(204);
});
app.use('/bikes', bikes);
app.use('/stations', stations);

// Written once a minute, from the copy of this process.
const flush = ((pool: Pool) => async () => {
  await pool.query('INSERT INTO uptime (seconds) VALUES ($1)', [process.uptime()]);
})(open('metrics'));
const timer = setInterval(flush, 60_000);

const server = app.listen(3000);

process.once('SIGTERM', () => {
  clearInterval(timer);
  server.close(() => Promise.allSettled(closing.map((close) => close())));
});
