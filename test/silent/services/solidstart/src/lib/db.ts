import { drizzle } from 'drizzle-orm/mysql2';
import { createPool, type Pool } from 'mysql2/promise';

const g = globalThis as { habits?: Pool };

export const pool = (g.habits ??= createPool({
  uri: process.env.DATABASE_URL,
  connectionLimit: 8,
  maxIdle: 4,
  idleTimeout: 60_000,
  connectTimeout: 3_000,
  enableKeepAlive: true,
}));

export const db = drizzle({ client: pool });
