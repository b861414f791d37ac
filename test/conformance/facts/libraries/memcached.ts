import { Socket } from 'node:net';
import { expect, vi } from 'vitest';
import { memcached } from '../../../../src/catalog/libraries/memcached.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { openMute, stateOf, until } from '../support/site.js';
import { steady, withSocketServer } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** What is used of the library, which has no types. */
interface Client {
  readonly get: (key: string, done: (error: unknown) => void) => void;
  readonly end: () => void;
}

async function clientOf(port: number, options: Given): Promise<Client> {
  // @ts-expect-error The package has no types.
  const { default: Memcached } = (await import('memcached')) as {
    readonly default: new (server: string, options: Given) => Client;
  };
  return new Memcached(`127.0.0.1:${String(port)}`, options);
}

/** How many connections 25 calls open to a server that never says a word. */
async function opened(options: Given): Promise<number> {
  const mute = await openMute();
  const client = await clientOf(mute.port, options);
  try {
    for (let calls = 0; calls < 25; calls++) client.get('key', () => undefined);
    await until('a connection', () => mute.opened() > 0);
    return await steady(mute.opened);
  } finally {
    client.end();
    await mute.stop();
  }
}

/** The times that are set on the socket of one call, in order: while it connects, and when it is connected. */
async function socketTimes(options: Given): Promise<readonly number[]> {
  const mute = await openMute();
  const client = await clientOf(mute.port, options);
  const setTimeout = vi.spyOn(Socket.prototype, 'setTimeout');
  try {
    client.get('key', () => undefined);
    await until('a connection', () => setTimeout.mock.calls.length > 1);
    return setTimeout.mock.calls.map(([time]) => time);
  } finally {
    setTimeout.mockRestore();
    client.end();
    await mute.stop();
  }
}

export default {
  library: 'memcached',
  packages: ['memcached'],
  checks: [
    run(['poolSize: default', 'poolSize: zero'], 'opens ten connections by default, and twenty with 0', async () => {
      const given = [{}, { poolSize: 3 }, { poolSize: 0 }];
      expect(await Promise.all(given.map(opened))).toEqual([10, 3, 20]);
      expect(catalogSays(memcached, 'poolSize')).toEqual({ default: 10, zero: 'becomes 20' });
    }),
    run(['timeout: default'], 'gives up a connection after 5 s, and waits without end for an answer', async () => {
      expect(await socketTimes({ idle: 7_000 })).toEqual([5_000, 7_000]);
      const connect = vi.spyOn(Socket.prototype, 'connect').mockReturnThis();
      try {
        const client = await clientOf(1, { timeout: 40, retries: 0 });
        const error = await new Promise((done) => client.get('key', done));
        expect(String(error)).toContain('Timed out while trying to establish connection');
      } finally {
        connect.mockRestore();
      }
      const mute = await openMute();
      const client = await clientOf(mute.port, { timeout: 40, retries: 0 });
      try {
        expect(await stateOf(new Promise((done) => client.get('key', done)), 150)).toBe('pending');
      } finally {
        client.end();
        await mute.stop();
      }
      expect(catalogSays(memcached, 'timeout')).toEqual({ default: 5_000, unit: 'ms' });
    }),
    run(['idle: default'], 'closes a connection after 5 s of silence', async () => {
      expect(await socketTimes({ timeout: 7_000 })).toEqual([7_000, 5_000]);
      await withSocketServer(
        (socket) => socket.resume(),
        async ({ open, opened, port }) => {
          const client = await clientOf(port, { idle: 40 });
          client.get('key', () => undefined);
          await until('a connection', () => opened() > 0);
          await until('its end', () => open() === 0);
          client.end();
        },
      );
      expect(catalogSays(memcached, 'idle')).toEqual({ default: 5_000, unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
