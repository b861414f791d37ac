import type { Knex } from 'knex';

const config: Record<string, Knex.Config> = {
  development: { client: 'pg', connection: 'postgres://localhost/dev', pool: { min: 0, max: 5 } },
  production: {
    client: 'pg',
    connection: process.env.DATABASE_URL,
    pool: { min: 0, max: 2 },
    acquireConnectionTimeout: 10_000,
  },
};

export default config;
