import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { freePort } from '../../support/free-port.js';
import { within } from '../../support/within.js';
import { PEEK, TABLE, type Database } from './database.js';
import { property } from './members.js';

const run = promisify(execFile);

/** Where servers are that are not meant to be found by name. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec', '/usr/local/libexec'];
/** The codes of MariaDB and of MySQL for a lock that is not available. */
const LOCKED = ['ER_LOCK_WAIT_TIMEOUT', 'ER_LOCK_NOWAIT'];

/** The server of MariaDB or MySQL on this machine, if there is one. */
export function findMysqlServer(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...FOLDERS];
  return ['mariadbd', 'mysqld']
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

/**
 * Starts a server on data of its own.
 *
 * @throws an error with the server's log where it does not start.
 */
export async function startMysqlServer(binary: string): Promise<Database> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pool-mysql-'));
  chmodSync(folder, 0o755);
  const data = path.join(folder, 'data');
  const user = process.getuid?.() === 0 ? ['--user=root'] : [];
  const { stdout: version } = await run(binary, ['--no-defaults', '--version']);
  await (version.includes('MariaDB')
    ? run('mariadb-install-db', [
        '--no-defaults',
        `--datadir=${data}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        '--skip-name-resolve',
        ...user,
      ])
    : run(binary, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...user]));

  const port = await freePort();
  const server = spawn(
    binary,
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${path.join(folder, 'socket')}`,
      `--pid-file=${path.join(folder, 'pid')}`,
      `--port=${String(port)}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=0',
      ...user,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((resolve) => server.once('close', resolve));
  const stop = async () => {
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const log: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface(server.stderr).on('line', (line) => {
      log.push(line);
      if (line.includes('ready for connections') && !line.includes('X Plugin')) resolve();
    });
    server.once('error', reject);
    server.once('close', () => {
      reject(new Error('it ended'));
    });
  });
  try {
    await within(60, `${binary} to start`, ready);
  } catch (error) {
    await stop();
    throw new Error(`${binary} did not start:\n${log.join('\n')}`, { cause: error });
  }

  const admin = await createConnection({ host: '127.0.0.1', port, user: 'root' });
  await admin.query('CREATE DATABASE pooled');
  await admin.query('USE pooled');
  for (const statement of TABLE) await admin.query(statement);
  return {
    title: version.includes('MariaDB') ? 'MariaDB' : 'MySQL',
    port,
    whoAmI: 'SELECT CONNECTION_ID() AS id',
    refuses: [],
    roundTrip: () => admin.query('SELECT 1'),
    isOpen: async (session) => {
      const [rows] = await admin.query<RowDataPacket[]>('SELECT 1 FROM information_schema.processlist WHERE id = ?', [session]);
      return rows.length === 1;
    },
    kill: (session) => admin.query(`KILL ${String(session)}`),
    row: () =>
      admin.query<RowDataPacket[]>(PEEK).then(
        ([rows]) => Number(property(rows[0], 'n')),
        (error: unknown) => {
          if (LOCKED.includes(String(property(error, 'code')))) return 'locked';
          throw error;
        },
      ),
    stop: async () => {
      await admin.end();
      await stop();
    },
  };
}
