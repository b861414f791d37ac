import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';

const HOUR = 3_600_000;

let current: Promise<Pool> | undefined;
let expires = 0;

async function open(previous: Promise<Pool> | undefined): Promise<Pool> {
  const { user, password } = JSON.parse(await readFile('/run/secrets/audit.json', 'utf8'));
  const pool = new Pool({
    host: process.env.AUDIT_HOST,
    user,
    password,
    max: 2,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 10_000,
    maxLifetimeSeconds: 600,
    statement_timeout: 5_000,
  });
  pool.on('error', (error) => console.error('audit', error));
  // Whoever just took the old one still has a minute.
  setTimeout(() => previous?.then((old) => old.end()).catch(console.error), 60_000).unref();
  return pool;
}

/** The password is replaced every hour, and the pool with it. */
function audit(): Promise<Pool> {
  if (!current || Date.now() > expires) {
    expires = Date.now() + HOUR;
    current = open(current);
  }
  return current;
}

export default async function auditLog(app: FastifyInstance): Promise<void> {
  app.addHook('onResponse', async (request, reply) => {
    const pool = await audit();
    await pool.query('INSERT INTO audit (url, status) VALUES ($1, $2)', [request.url, reply.statusCode]);
  });
  app.addHook('onClose', async () => {
    await (await current)?.end();
  });
}
