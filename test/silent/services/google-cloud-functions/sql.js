import { Connector } from '@google-cloud/cloud-sql-connector';
import pg from 'pg';

const connector = new Connector();

/** @type {Promise<pg.Pool> | undefined} */
let opening;

async function open() {
  const options = await connector.getOptions({
    instanceConnectionName: process.env.INSTANCE,
    ipType: 'PRIVATE',
    authType: 'IAM',
  });
  const pool = new pg.Pool({
    ...options,
    user: process.env.DB_USER,
    database: 'uploads',
    max: 2,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: 10_000,
  });
  pool.on('error', (error) => console.error(error));
  return pool;
}

export const getPool = () => (opening ??= open());
