import { EventEmitter } from 'node:events';
import pg from 'pg';

export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 1_800,
  statement_timeout: 5_000,
  query_timeout: 6_000,
});
pool.on('error', (error) => console.error('pg', error));

export const saved = new EventEmitter();

let listener: pg.Client | undefined;
let closing = false;

/** LISTEN needs a connection for itself, which is made again when it is lost. */
export async function listen(): Promise<void> {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
  });
  client.on('notification', ({ payload }) => saved.emit('message', JSON.parse(payload ?? 'null')));
  client.on('error', (error) => console.error('listener', error));
  client.on('end', () => {
    if (!closing) setTimeout(() => listen().catch((error) => console.error(error)), 1_000);
  });
  await client.connect();
  await client.query('LISTEN messages');
  listener = client;
}

export async function closeHistory(): Promise<void> {
  closing = true;
  await listener?.end();
  await pool.end();
}
