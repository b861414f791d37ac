import { drizzle } from 'drizzle-orm/postgres-js';
import { createMiddleware } from 'hono/factory';
import postgres from 'postgres';
import type { AppEnv } from './env';

/** A client per request: a socket belongs to the request that opened it. Hyperdrive keeps the real pool. */
export const database = createMiddleware<AppEnv>(async (c, next) => {
  const sql = postgres(c.env.HYPERDRIVE.connectionString, {
    max: 5,
    fetch_types: false,
    connect_timeout: 5,
    idle_timeout: 20,
  });
  c.set('db', drizzle(sql));
  try {
    await next();
  } finally {
    c.executionCtx.waitUntil(sql.end({ timeout: 5 }));
  }
});
