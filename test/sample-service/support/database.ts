import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';
import { SAMPLE } from './sample.js';

const DATABASES = ['orders', 'tenant_acme'];

/** A PostgreSQL server with the databases of the sample service. */
export interface Database {
  readonly port: number;
  /** The address of the orders, by way of a port. */
  readonly url: (port: number) => string;
  /** Sessions of the service that PostgreSQL has counted since the start. */
  readonly sessions: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL server of its own.
 *
 * @throws an error with the server's log where there is no binary for this machine, or it does not start.
 */
export async function startDatabase(): Promise<Database> {
  const server = await startPostgres(createDatabases);
  return {
    port: server.port,
    url: (way) => `postgres://postgres:postgres@127.0.0.1:${String(way)}/orders`,
    sessions: async () => {
      const admin = server.client('postgres');
      await admin.connect();
      const { rows } = await admin.query<{ sessions: string }>(
        'SELECT sum(sessions) AS sessions FROM pg_stat_database WHERE datname = ANY($1)',
        [DATABASES],
      );
      await admin.end();
      return Number(rows[0]?.sessions);
    },
    stop: server.stop,
  };
}

// Copies of a template: so nobody but the service ever opens a session in them.
async function createDatabases(server: PostgresServer): Promise<void> {
  const admin = server.client('postgres');
  await admin.connect();
  await admin.query('CREATE DATABASE template');
  const template = server.client('template');
  await template.connect();
  await template.query(readFileSync(path.join(SAMPLE, 'schema.sql'), 'utf8'));
  await template.end();
  for (const name of DATABASES) await admin.query(`CREATE DATABASE ${name} TEMPLATE template`);
  await admin.end();
}
