import { Socket } from 'node:net';
import { expect, vi } from 'vitest';
import { memjs } from '../../../../src/catalog/libraries/memjs.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { errorOf, openMute, until } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** What is used of the library, which has no types. */
interface Client {
  readonly get: (key: string) => Promise<unknown>;
  readonly close: () => void;
}

async function clientOf(port: number, options: Given): Promise<Client> {
  // @ts-expect-error The package has no types.
  const { Client } = (await import('memjs')) as {
    readonly Client: { readonly create: (server: string, options: Given) => Client };
  };
  const logger = { log: () => undefined };
  return Client.create(`127.0.0.1:${String(port)}`, { logger, retries: 1, ...options });
}

/** The times that are set on the socket of one call: while it connects, and while it waits for an answer. */
async function socketTimes(options: Given): Promise<readonly number[]> {
  const mute = await openMute();
  const client = await clientOf(mute.port, options);
  const setTimeout = vi.spyOn(Socket.prototype, 'setTimeout');
  try {
    client.get('key').then(undefined, () => undefined);
    await until('a request', () => setTimeout.mock.calls.filter(([time]) => time > 0).length > 1);
    return setTimeout.mock.calls.map(([time]) => time).filter((time) => time > 0);
  } finally {
    setTimeout.mockRestore();
    client.close();
    await mute.stop();
  }
}

export default {
  library: 'memjs',
  packages: ['memjs'],
  checks: [
    run(['timeout: default', 'wait for query'], 'waits half a second for an answer', async () => {
      expect((await socketTimes({ conntimeout: 7 }))[1]).toBe(500);
      expect((await socketTimes({ timeout: 2 }))[1]).toBe(2_000);
      const mute = await openMute();
      const client = await clientOf(mute.port, { timeout: 0.05 });
      try {
        expect((await errorOf(client.get('key'))).message).toBe('socket timed out waiting on response.');
      } finally {
        client.close();
        await mute.stop();
      }
      expect(catalogSays(memjs, 'timeout')).toEqual({ default: 0.5, unit: 's' });
      expect(memjs.waits?.[1]).toMatchObject({ for: 'query', default: 500, endedBy: ['timeout'] });
    }),
    run(
      ['conntimeout: default', 'conntimeout: null', 'wait for connect'],
      'waits twice that time for a connection by default, and with null',
      async () => {
        expect(await socketTimes({})).toEqual([1_000, 500]);
        expect(await socketTimes({ timeout: 2 })).toEqual([4_000, 2_000]);
        expect(await socketTimes({ conntimeout: null })).toEqual([1_000, 500]);
        expect(await socketTimes({ conntimeout: 7 })).toEqual([7_000, 500]);
        const connect = vi.spyOn(Socket.prototype, 'connect').mockReturnThis();
        try {
          const client = await clientOf(1, { conntimeout: 0.05 });
          expect((await errorOf(client.get('key'))).message).toBe('socket timed out connecting to server.');
        } finally {
          connect.mockRestore();
        }
        expect(catalogSays(memjs, 'conntimeout')).toEqual({ default: null, null: 'default', unit: 's' });
        expect(memjs.waits?.[0]).toMatchObject({ for: 'connect', default: 1_000, endedBy: ['conntimeout', 'timeout'] });
      },
    ),
  ],
} satisfies LibraryChecks;
