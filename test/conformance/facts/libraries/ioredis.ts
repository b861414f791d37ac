import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Redis } from 'ioredis';
import { expect, vi } from 'vitest';
import { freePort } from '../../../support/free-port.js';
import { ioredis } from '../../../../src/catalog/libraries/ioredis.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { outcome, rejection } from '../support/outcome.js';
import { openMute, withSite } from '../support/site.js';
import { socketTimeouts } from '../support/socket-timeouts.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** Something with a client; what is given as text is the query of a URL. */
async function withClient<T>(port: number, given: Given | string, use: (client: Redis) => Promise<T>): Promise<T> {
  const { Redis: Client } = await import('ioredis');
  const client =
    typeof given === 'string'
      ? new Client(`redis://127.0.0.1:${String(port)}/0${given}`)
      : new Client(port, '127.0.0.1', given);
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

/** A command that is answered when something is added to a list that nobody knows. */
const endless = (client: Redis): Promise<unknown> => client.blpop(randomUUID(), 0);

/** How a command stands after some time that the server does not answer. */
const silence = async (given: Given | string): Promise<string> =>
  withClient(await portOf('redis'), { maxRetriesPerRequest: 0, ...(typeof given === 'string' ? {} : given) }, (client) =>
    outcome(endless(client), 150),
  );

/** The error of a command while nobody listens on the port; null if there is none within some time. */
async function unreachable(given: Given | string, milliseconds: number): Promise<string | null> {
  const retries = { retryStrategy: () => 1 };
  return withClient(await freePort(), typeof given === 'string' ? given : { ...retries, ...given }, async (client) => {
    const answer = rejection(client.get('key'));
    return (await outcome(answer, milliseconds)) === 'pending' ? null : (await answer).error.message;
  });
}

/** Something while a client connects to a server that does not answer the handshake of TLS. */
async function whileConnecting(given: Given, use: (client: Redis) => Promise<void>): Promise<void> {
  await withSite(
    ({ port }) => withClient(port, { tls: {}, retryStrategy: () => null, maxRetriesPerRequest: 0, ...given }, use),
    openMute,
  );
}

const timeouts = (given: Given): Promise<readonly number[]> => socketTimeouts(() => whileConnecting(given, () => delay(30)));

/** What a process writes to stderr that makes a client and ends itself soon after. */
async function ended(url: string, options: Given = {}): Promise<string> {
  const program = `
    const { Redis } = require('ioredis');
    new Redis(...${JSON.stringify([url, options])}).on('error', () => {});
    setTimeout(() => process.exit(), 100);
  `;
  try {
    const { stderr } = await promisify(execFile)(process.execPath, ['-e', program], { cwd: import.meta.dirname });
    return stderr;
  } catch (error) {
    return (error as { readonly stderr: string }).stderr;
  }
}

export default {
  library: 'ioredis',
  packages: ['ioredis'],
  checks: [
    run(
      ['maxRetriesPerRequest: default', 'maxRetriesPerRequest: zero'],
      'gives up a command after 20 lost connections by default, and with the first one with 0',
      async () => {
        expect(await unreachable({}, 3_000)).toContain('the max retries per request limit (which is 20)');
        expect(await unreachable({ maxRetriesPerRequest: 0, retryStrategy: () => 60_000 }, 1_000)).toContain(
          'the max retries per request limit (which is 0)',
        );
        expect(catalogSays(ioredis, 'maxRetriesPerRequest')).toMatchObject({ default: 20, zero: 'none' });
      },
    ),
    run(
      ['maxRetriesPerRequest: negative', 'maxRetriesPerRequest: null'],
      'never gives up a command for lost connections with maxRetriesPerRequest null, and not for a negative one either',
      async () => {
        for (const maxRetriesPerRequest of [null, -1]) {
          let retries = 0;
          expect(await unreachable({ maxRetriesPerRequest, retryStrategy: () => ((retries += 1), 1) }, 300)).toBeNull();
          expect(retries).toBeGreaterThan(25);
        }
        expect(catalogSays(ioredis, 'maxRetriesPerRequest')).toMatchObject({ negative: 'ignored', null: 'unlimited' });
      },
    ),
    run(
      ['connectTimeout: default', 'wait for connect'],
      'gives up a connection after 10 s by default, earlier with connectTimeout',
      async () => {
        expect(await timeouts({})).toContain(10_000);
        await whileConnecting({ connectTimeout: 50 }, async (client) => {
          const errors: string[] = [];
          client.on('error', ({ message }: Error) => errors.push(message));
          await vi.waitFor(() => expect(errors).toContain('connect ETIMEDOUT'));
        });
        expect(catalogSays(ioredis, 'connectTimeout')).toMatchObject({ default: 10_000, unit: 'ms' });
      },
    ),
    run(['connectTimeout: zero'], 'waits for ever for a connection with connectTimeout 0', async () => {
      await whileConnecting({ connectTimeout: 0 }, async (client) => {
        expect(await outcome(client.get('key'), 150)).toBe('pending');
        expect(client.status).toBe('connecting');
      });
      expect((await timeouts({ connectTimeout: 0 })).filter((milliseconds) => milliseconds > 0)).toEqual([]);
      expect(catalogSays(ioredis, 'connectTimeout')).toMatchObject({ zero: 'unlimited' });
    }),
    run(
      ['commandTimeout: default', 'commandTimeout: text', 'commandTimeout: zero', 'socketTimeout: default', 'wait for query'],
      'waits for ever for an answer by default and with a commandTimeout that is text; 0 lets every command fail',
      async () => {
        expect(await silence({})).toBe('pending');
        expect(await silence({ commandTimeout: '50' })).toBe('pending');
        expect(await silence({ commandTimeout: 50 })).toBe('rejected');
        expect(await silence({ socketTimeout: 50 })).toBe('rejected');
        await withClient(await portOf('redis'), { commandTimeout: 0 }, async (client) => {
          expect((await rejection(client.get('key'))).error.message).toBe('Command timed out');
        });
        expect(catalogSays(ioredis, 'commandTimeout')).toEqual({
          default: 'none',
          unit: 'ms',
          zero: 'immediate',
          text: 'ignored',
        });
        expect(catalogSays(ioredis, 'socketTimeout')).toEqual({ default: 'none', unit: 'ms' });
      },
      'redis',
    ),
    run(['disconnectTimeout: default'], 'cuts a connection that is not closed 2 s after disconnect()', async () => {
      const { Redis: Client } = await import('ioredis');
      await withSite(async ({ port }) => {
        await withHandClock(async ({ forward }) => {
          const client = new Client(port, '127.0.0.1', { lazyConnect: true, enableReadyCheck: false });
          client.on('error', () => undefined);
          client.connect().catch(() => undefined);
          await forward(1);
          const { stream } = client as unknown as { readonly stream: net.Socket };
          // The end of the connection is not sent, as if the other side had gone.
          vi.spyOn(stream, 'end').mockReturnValue(stream);
          client.disconnect();
          await forward(1_900);
          expect(stream.destroyed).toBe(false);
          await forward(200);
          expect(stream.destroyed).toBe(true);
        });
      }, openMute);
      expect(catalogSays(ioredis, 'disconnectTimeout')).toEqual({ default: 2_000, unit: 'ms' });
    }),
    run(
      ['keepAlive: default'],
      'begins to probe a connection after 30 s by default',
      async () => {
        const set = vi.spyOn(net.Socket.prototype, 'setKeepAlive');
        try {
          await withClient(await portOf('redis'), {}, (client) => client.ping());
          expect(set.mock.calls).toContainEqual([true, 30_000]);
        } finally {
          set.mockRestore();
        }
        expect(catalogSays(ioredis, 'keepAlive')).toEqual({ default: 30_000, unit: 'ms' });
      },
      'redis',
    ),
    run(
      ['connectTimeout: text', 'ignored parameter connectTimeout'],
      'ends the process with a connectTimeout that is text, which it always is in a URL',
      async () => {
        await withSite(async ({ port }) => {
          const url = `redis://127.0.0.1:${String(port)}`;
          await expect(ended(`${url}?connectTimeout=5000`)).resolves.toContain('ERR_INVALID_ARG_TYPE');
          await expect(ended(url, { connectTimeout: '5000' })).resolves.toContain('ERR_INVALID_ARG_TYPE');
          await expect(ended(url, { connectTimeout: 5_000 })).resolves.toBe('');
        }, openMute);
        expect(catalogSays(ioredis, 'connectTimeout')).toMatchObject({ text: 'throws' });
      },
    ),
    run(
      ['ignored parameter commandTimeout', 'ignored parameter maxRetriesPerRequest'],
      'leaves commandTimeout and maxRetriesPerRequest of the URL as text, which takes no effect',
      async () => {
        await withClient(await portOf('redis'), '?commandTimeout=50&maxRetriesPerRequest=0', async (client) => {
          expect(client.options).toMatchObject({ commandTimeout: '50', maxRetriesPerRequest: '0' });
          expect(await outcome(endless(client), 150)).toBe('pending');
        });
        expect(await unreachable('?maxRetriesPerRequest=0', 200)).toBeNull();
      },
      'redis',
    ),
  ],
} satisfies LibraryChecks;
