import type { RequestHandler } from 'express';
import type { Pool } from 'pg';
import { createPool, lease, type PoolOptions } from './pg.js';

declare module 'express-serve-static-core' {
  interface Request {
    pool: Pool;
  }
}

/** `app.use(database())`: makes the pool when the app is put together, and hands it to every request. */
export function database(options: PoolOptions = {}): RequestHandler & { close: () => Promise<void> } {
  const pool = createPool(options);
  const handler: RequestHandler = (req, _res, next) => {
    req.pool = pool;
    next();
  };
  return Object.assign(handler, { close: () => pool.end() });
}

export const health =
  (pool: Pool): RequestHandler =>
  async (_req, res) => {
    await using client = await lease(pool);
    const { rows } = await client.query('SELECT now()');
    res.json(rows[0]);
  };
