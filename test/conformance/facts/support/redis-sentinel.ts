/** A sentinel of Redis. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../../support/free-port.js';
import { portOf } from '../servers.js';
import { wait } from './site.js';

export interface RedisSentinel {
  readonly port: number;
  /** Connections that clients have open to it. */
  readonly open: () => Promise<number>;
}

/** Runs something with a sentinel that watches the Redis of the tests, which it calls `primary`. */
export async function withRedisSentinel<T>(use: (server: RedisSentinel) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'redis-'));
  const port = await freePort();
  const watched = `127.0.0.1 ${String(await portOf('redis'))} 1`;
  const file = path.join(folder, 'sentinel.conf');
  await writeFile(file, `port ${String(port)}\nbind 127.0.0.1\ndir ${folder}\nsentinel monitor primary ${watched}\n`);
  const child = spawn('redis-server', [file, '--sentinel'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  try {
    for (let attempt = 0; (await ask(port, 'PING').catch(() => '')) === ''; attempt++) {
      if (attempt > 200 || child.exitCode !== null) throw new Error('redis-server does not start');
      await wait(25);
    }
    // The one that asks is there too.
    const open = async () => ((await ask(port, 'CLIENT LIST')).match(/\bid=/gu)?.length ?? 0) - 1;
    return await use({ port, open });
  } finally {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a server says to a command. */
function ask(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${text}\r\n`));
    socket.setEncoding('utf8').on('data', (data: string) => {
      said += data;
      socket.end();
    });
    socket.once('error', reject).once('close', () => resolve(said));
  });
}
