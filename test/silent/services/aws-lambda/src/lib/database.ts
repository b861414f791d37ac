import { Signer } from '@aws-sdk/rds-signer';
import pg from 'pg';

const { DB_HOST, DB_USER, AWS_REGION } = process.env;

const signer = new Signer({ hostname: DB_HOST!, port: 5432, username: DB_USER!, region: AWS_REGION });

/** One event at a time, so one connection. The token lives for 15 minutes and is asked for at each connect. */
export const pool = new pg.Pool({
  host: DB_HOST,
  user: DB_USER,
  database: 'invoices',
  password: () => signer.getAuthToken(),
  ssl: { rejectUnauthorized: true },
  max: 1,
  idleTimeoutMillis: 120_000,
  maxLifetimeSeconds: 900,
  connectionTimeoutMillis: 3_000,
  statement_timeout: 10_000,
  query_timeout: 12_000,
});

pool.on('error', (error) => console.error('idle connection lost', error));
