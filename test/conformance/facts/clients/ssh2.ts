import type { EventEmitter } from 'node:events';
import { expect } from 'vitest';
import { freePort } from '../../../support/free-port.js';
import { ssh2 } from '../../../../src/catalog/libraries/ssh2.js';
import { run, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose } from '../support/made-client.js';
import { until, wait } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** What is used of the library, which has no types. */
interface Library {
  readonly Client: new () => Client;
  readonly Server: new (options: Given, connected: (connection: EventEmitter) => void) => Listener;
  readonly utils: { readonly generateKeyPairSync: (type: string) => { readonly private: string } };
}

interface Client extends EventEmitter {
  readonly connect: (options: Given) => Client;
  readonly end: () => void;
  readonly destroy: () => void;
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

/** Runs something with a server that lets everyone in. */
async function withServer(use: (port: number, open: () => number) => Promise<void>): Promise<void> {
  const { Server, utils } = await load();
  let open = 0;
  const server = new Server({ hostKeys: [utils.generateKeyPairSync('ed25519').private] }, (connection) => {
    open++;
    connection.on('authentication', (context: { readonly accept: () => void }) => context.accept());
    connection.on('error', () => undefined);
    connection.once('close', () => open--);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await use(server.address().port, () => open);
  } finally {
    server.close();
  }
}

async function connected(port: number): Promise<Client> {
  const { Client } = await load();
  const client = new Client();
  client.on('error', () => undefined);
  await new Promise((ready) => {
    client.once('ready', ready).connect({ host: '127.0.0.1', port, username: 'user' });
  });
  return client;
}

const creator = creatorOf(ssh2, 'Client');

export default {
  library: 'ssh2',
  packages: ['ssh2'],
  checks: [
    run(['Client: connects', 'Client: dispose'], 'connects when it is told to', () =>
      withServer(async (port, open) => {
        const { Client } = await load();
        const client = new Client();
        expectDispose(client, creator, { sync: false, async: false });
        await wait(40);
        expect(open()).toBe(0);
        const ready = new Promise((resolve) => client.once('ready', resolve));
        expect(client.connect({ host: '127.0.0.1', port, username: 'user' })).toBe(client);
        await ready;
        expect(open()).toBe(1);
        client.end();
        expect(creator.connects).toBe('on-connect');
      }),
    ),
    run(['Client: close'], 'end() and destroy() end the connection', () =>
      withServer((port, open) =>
        expectCloses(creator, { end: 'at once', destroy: 'at once' }, { make: () => connected(port), open }),
      ),
    ),
    run(['Client: error event'], 'emits an error when it is refused, and has no listener of its own', async () => {
      const { Client } = await load();
      const client = new Client();
      expect(client.listenerCount('error')).toBe(0);
      const errors: NodeJS.ErrnoException[] = [];
      client.on('error', (error: NodeJS.ErrnoException) => errors.push(error));
      client.connect({ host: '127.0.0.1', port: await freePort(), username: 'user' });
      await until('an error', () => errors.length > 0);
      expect(errors[0]?.code).toBe('ECONNREFUSED');
      expect(creator.errorEvent).toMatchObject({ event: 'error', crashesProcess: true });
    }),
  ],
} satisfies LibraryChecks;
