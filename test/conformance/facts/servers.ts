/** The servers that checks talk to: each is started when the first check asks for it, and all are stopped together. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../support/free-port.js';
import { startPostgres } from '../../support/postgres.js';
import { findMysqlServer, startMysqlServer } from '../support/mysql-server.js';
import type { Server } from './check.js';

/** A started server. */
export interface Started {
  readonly port: number;
  readonly stop: () => Promise<unknown>;
}

const started = new Map<Server, Promise<Started>>();

/**
 * The port on 127.0.0.1 of a server that runs until the tests end. PostgreSQL: user, password and database `postgres`. MariaDB: user
 * `root` without a password, database `pooled`. Redis: no password.
 */
export async function portOf(server: Server): Promise<number> {
  let running = started.get(server);
  if (!running) started.set(server, (running = start(server)));
  return (await running).port;
}

/** Stops what was started. */
export async function stopServers(): Promise<void> {
  await Promise.all([...started.values()].map(async (running) => (await running).stop()));
  started.clear();
}

/** Servers that this machine has no binary for. */
export function missingServers(): readonly Server[] {
  return [...(findMysqlServer() ? [] : (['mariadb'] as const)), ...(findRedis() ? [] : (['redis'] as const))];
}

async function start(server: Server): Promise<Started> {
  switch (server) {
    case 'postgres':
      return startPostgres();
    case 'mariadb':
      return startMysqlServer(findMysqlServer() ?? 'mariadbd');
    case 'redis':
      return startRedis(findRedis() ?? 'redis-server');
  }
}

function findRedis(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin'];
  return ['redis-server', 'valkey-server']
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file));
}

async function startRedis(binary: string): Promise<Started> {
  const port = await freePort();
  const child = spawn(binary, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  for (let attempt = 0; !(await answers(port)); attempt++) {
    if (attempt > 200 || child.exitCode !== null) throw new Error(`${binary} does not start`);
    await delay(25);
  }
  return {
    port,
    stop: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
