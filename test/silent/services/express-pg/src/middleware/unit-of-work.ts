import type { RequestHandler } from 'express';
import type { Pool, PoolClient } from 'pg';

declare module 'express-serve-static-core' {
  interface Locals {
    db: PoolClient;
  }
}

/** Lends every request one connection. `close` comes after `finish`, and also when the caller hangs up. */
export function unitOfWork(pool: Pool): RequestHandler {
  return async (req, res, next) => {
    const client = await pool.connect();
    if (res.closed) {
      client.release();
      return;
    }
    res.once('close', () => client.release());
    res.locals.db = client;
    next();
  };
}
