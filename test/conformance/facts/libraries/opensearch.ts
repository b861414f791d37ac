import type { Agent } from 'node:http';
import { expect } from 'vitest';
import { opensearch } from '../../../../src/catalog/libraries/opensearch.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR } from '../support/hand-clock.js';
import { errorOf, openMute, until } from '../support/site.js';
import { steady } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** What a client is made of: parts that its types do not show. */
interface Pool {
  readonly connections: readonly { readonly agent: Agent }[];
  readonly markDead: (connection: object) => void;
  readonly resurrect: (options: { readonly now: number }) => void;
}

interface Client {
  readonly pool: Pool;
  /** Its failure is no unhandled rejection. */
  readonly info: (ofCall?: Given) => Promise<unknown>;
  readonly connections: () => number;
}

/** Runs something with a client of a server that never says a word. */
async function withSilence<T>(options: Given, use: (client: Client) => Promise<T>): Promise<T> {
  const mute = await openMute();
  const { Client } = await import('@opensearch-project/opensearch');
  const client = new Client({ node: `http://127.0.0.1:${String(mute.port)}`, maxRetries: 0, ...options });
  const pool = client.connectionPool as unknown as Pool;
  try {
    return await use({
      pool,
      info: (ofCall) => {
        const called = Promise.resolve(client.info({}, ofCall));
        called.catch(() => undefined);
        return called;
      },
      connections: () => mute.opened(),
    });
  } finally {
    await mute.stop();
    // close() of the client looks once a second whether its requests have ended.
    for (const { agent } of pool.connections) agent.destroy();
  }
}

/** The timeout on the socket of whatever `begin` sends. */
const patience = (options: Given, begin: (client: Client) => unknown): Promise<number> =>
  withSilence(options, async (client) => {
    begin(client);
    await until('a connection', () => client.connections() > 0);
    const [socket] = Object.values(client.pool.connections[0]?.agent.sockets ?? {}).flat();
    if (!socket) throw new Error('There is no socket');
    return socket.timeout ?? 0;
  });

export default {
  library: '@opensearch-project/opensearch',
  packages: ['@opensearch-project/opensearch'],
  checks: [
    run(['agent.maxSockets: default'], 'opens 256 connections to a node', async () => {
      const opened = (options: Given) =>
        withSilence(options, async ({ connections, info }) => {
          for (let calls = 0; calls < 260; calls++) info().then(undefined, () => undefined);
          await until('a connection', () => connections() > 0);
          return steady(connections);
        });
      expect(await opened({})).toBe(256);
      expect(await opened({ agent: { maxSockets: 3 } })).toBe(3);
      expect(catalogSays(opensearch, 'agent.maxSockets')).toEqual({ default: 256 });
    }),
    run(
      ['requestTimeout: default', 'requestTimeout: zero', 'wait for request'],
      'waits 30 s for an answer by default, and without end with 0',
      async () => {
        expect(await patience({}, ({ info }) => info())).toBe(30_000);
        expect(await patience({ requestTimeout: 0 }, ({ info }) => info())).toBe(0);
        expect(await patience({ requestTimeout: 5_000 }, ({ info }) => info({ requestTimeout: 0 }))).toBe(5_000);
        await withSilence({ requestTimeout: 40 }, async ({ info }) => {
          expect((await errorOf(info())).name).toBe('TimeoutError');
        });
        expect(catalogSays(opensearch, 'requestTimeout')).toEqual({ default: 30_000, zero: 'unlimited', unit: 'ms' });
        expect(opensearch.waits).toMatchObject([{ for: 'request', default: 30_000, endedBy: ['requestTimeout'] }]);
      },
    ),
    run(['pingTimeout: default'], 'gives a ping to a dead node 3 s', async () => {
      const ping = ({ pool }: Client): void => {
        for (const connection of pool.connections) pool.markDead(connection);
        pool.resurrect({ now: Date.now() + HOUR });
      };
      expect(await patience({}, ping)).toBe(3_000);
      expect(await patience({ pingTimeout: 5_000 }, ping)).toBe(5_000);
      expect(catalogSays(opensearch, 'pingTimeout')).toEqual({ default: 3_000, unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
