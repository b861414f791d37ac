import process from 'node:process';

/** @type {import('knex').Knex.Config} */
export default {
  client: 'mysql2',
  connection: { uri: process.env.DATABASE_URL, connectTimeout: 5_000 },
  pool: { min: 0, max: 10, idleTimeoutMillis: 30_000 },
  acquireConnectionTimeout: 5_000,
  migrations: { directory: './migrations' },
};
