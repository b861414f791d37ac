import { expect } from 'vitest';
import { ssh2 } from '../../../../src/catalog/libraries/ssh2.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { openMute, until } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** What is used of the library, which has no types. */
interface Library {
  readonly Client: new () => Connection & { readonly connect: (options: Given) => void };
  readonly Server: new (options: Given, connected: (connection: Connection) => void) => Listener;
  readonly utils: { readonly generateKeyPairSync: (type: string) => { readonly private: string } };
}

interface Connection {
  readonly on: (event: string, listener: (argument: Error & { readonly accept: () => void }) => void) => void;
  readonly end: () => void;
}

interface Listener {
  readonly listen: (port: number, host: string, listening: () => void) => void;
  readonly address: () => { readonly port: number };
  readonly close: () => void;
}

async function load(): Promise<Library> {
  // @ts-expect-error The package has no types.
  return ((await import('ssh2')) as { readonly default: Library }).default;
}

/** The errors of connecting to a server that never says a word, at some milliseconds from its start. */
async function errors(options: Given, times: readonly number[]): Promise<readonly string[]> {
  const { Client } = await load();
  const mute = await openMute();
  try {
    return await withHandClock(async ({ look }) => {
      const client = new Client();
      const messages: string[] = [];
      client.on('error', ({ message }) => messages.push(message));
      client.connect({ host: '127.0.0.1', port: mute.port, username: 'user', ...options });
      await until('a connection', () => mute.opened() > 0);
      const seen = await look(times, () => messages[0] ?? '');
      client.end();
      return seen;
    });
  } finally {
    await mute.stop();
  }
}

/** Runs something with a server that lets everyone in. */
async function withServer<T>(use: (port: number) => Promise<T>): Promise<T> {
  const { Server, utils } = await load();
  const hostKeys = [utils.generateKeyPairSync('ed25519').private];
  // Otherwise the server sends probes of its own, which the client answers.
  const server = new Server({ hostKeys, keepaliveInterval: 100 * HOUR }, (connection) => {
    connection.on('authentication', (context) => context.accept());
    connection.on('error', () => undefined);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    return await use(server.address().port);
  } finally {
    server.close();
  }
}

/** Whether an idle client has sent anything at some milliseconds from its login. */
async function talks(port: number, options: Given, times: readonly number[]): Promise<readonly boolean[]> {
  const { Client } = await load();
  return withHandClock(async ({ forward, look }) => {
    const client = new Client();
    let isReady = 0;
    client.on('ready', () => isReady++);
    client.on('error', () => undefined);
    client.connect({ host: '127.0.0.1', port, username: 'user', password: 'password', ...options });
    await until('the login', () => isReady > 0);
    await forward(0);
    const written = () => (client as unknown as { readonly _sock: { readonly bytesWritten: number } })._sock.bytesWritten;
    const before = written();
    const seen = await look(times, () => written() > before);
    client.end();
    return seen;
  });
}

export default {
  library: 'ssh2',
  packages: ['ssh2'],
  checks: [
    run(
      ['readyTimeout: default', 'readyTimeout: negative', 'readyTimeout: null', 'readyTimeout: text', 'wait for connect'],
      'gives up a login after 20 s by default, and with -1, null and text',
      async () => {
        const message = 'Timed out while waiting for handshake';
        for (const options of [{}, ...[-1, null, '5000'].map((readyTimeout) => ({ readyTimeout }))]) {
          expect(await errors(options, [19_000, 21_000])).toEqual(['', message]);
        }
        expect(await errors({ readyTimeout: 5_000 }, [4_000, 6_000])).toEqual(['', message]);
        expect(catalogSays(ssh2, 'readyTimeout')).toEqual({
          default: 20_000,
          negative: 'default',
          null: 'default',
          text: 'default',
          unit: 'ms',
        });
        expect(ssh2.waits).toMatchObject([{ for: 'connect', default: 20_000, endedBy: ['readyTimeout'] }]);
      },
    ),
    run(
      ['default', 'zero', 'negative', 'text'].map((aspect) => `keepaliveInterval: ${aspect}`),
      'sends no probes by default, and with 0, -1 and text',
      async () => {
        await withServer(async (port) => {
          for (const options of [{}, ...[0, -1, '5000'].map((keepaliveInterval) => ({ keepaliveInterval }))]) {
            expect(await talks(port, options, [HOUR])).toEqual([false]);
          }
          expect(await talks(port, { keepaliveInterval: 5_000 }, [4_000, 6_000])).toEqual([false, true]);
        });
        expect(catalogSays(ssh2, 'keepaliveInterval')).toEqual({
          default: 'none',
          zero: 'unlimited',
          negative: 'default',
          text: 'default',
          unit: 'ms',
        });
      },
    ),
  ],
} satisfies LibraryChecks;
