import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@libsql/client';
import { expect } from 'vitest';
import { libsql } from '../../../../src/catalog/libraries/libsql.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose } from '../support/made-client.js';
import { outcome } from '../support/outcome.js';
import { until } from '../support/site.js';

/** Runs something with a server that greets WebSockets, and says nothing more. */
async function withWebSockets(use: (port: number, open: () => number) => Promise<void>): Promise<void> {
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: ([first]) => first ?? false });
  await once(server, 'listening');
  try {
    await use((server.address() as AddressInfo).port, () => server.clients.size);
  } finally {
    for (const client of server.clients) client.terminate();
    server.close();
  }
}

/** The module that only knows WebSockets, and the one that knows all addresses. */
const makers: readonly ((port: number) => Promise<Client>)[] = [
  async (port) => (await import('@libsql/client')).createClient({ url: `ws://127.0.0.1:${String(port)}` }),
  async (port) => (await import('@libsql/client/ws')).createClient({ url: `libsql://127.0.0.1:${String(port)}?tls=0` }),
];

const socketChecks = makers.flatMap((make, index): readonly Check[] => {
  const api = index === 0 ? 'createClient' : `createClient#${String(index + 1)}`;
  const creator = creatorOf(libsql, 'createClient', index + 1);
  return [
    run([`${api}: connects`, `${api}: dispose`], 'opens a WebSocket at once, and has no symbol to dispose of it', () =>
      withWebSockets(async (port, open) => {
        const client = await make(port);
        await until('a connection', () => open() > 0);
        expectDispose(client, creator, { sync: false, async: false });
        client.close();
        expect(creator.connects).toBe('eager');
      }),
    ),
    run([`${api}: close`], 'close() cuts the WebSocket', () =>
      withWebSockets((port, open) =>
        expectCloses(
          creator,
          { close: 'at once' },
          {
            make: async () => {
              const client = await make(port);
              await until('a connection', () => open() > 0);
              return client;
            },
            open,
            work: (client) => client.execute('SELECT 1'),
          },
        ),
      ),
    ),
  ];
});

const file = creatorOf(libsql, 'createClient', 3);

async function withFile(use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'libsql-'));
  try {
    await use(path.join(folder, 'data.db'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export default {
  library: '@libsql/client',
  packages: ['@libsql/client', 'libsql'],
  checks: [
    ...socketChecks,
    run(['createClient#3: connects', 'createClient#3: dispose'], 'opens the file at once', () =>
      withFile(async (name) => {
        const { createClient } = await import('@libsql/client/sqlite3');
        const client = createClient({ url: `file:${name}` });
        expect(existsSync(name)).toBe(true);
        expectDispose(client, file, { sync: false, async: false });
        client.close();
        expect(file.connects).toBe('eager');
      }),
    ),
    run(['createClient#3: close'], 'close() closes the file', () =>
      withFile(async (name) => {
        const { createClient } = await import('@libsql/client/sqlite3');
        const client = createClient({ url: `file:${name}` });
        await client.execute('SELECT 1');
        expect(client.close()).toBeUndefined();
        expect(client.closed).toBe(true);
        expect(await outcome(client.execute('SELECT 1'))).toBe('rejected');
        expect(file.close).toMatchObject([{ method: 'close', async: false }]);
      }),
    ),
  ],
} satisfies LibraryChecks;
