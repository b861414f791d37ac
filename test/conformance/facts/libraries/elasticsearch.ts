import { expect } from 'vitest';
import { elasticsearch } from '../../../../src/catalog/libraries/elasticsearch.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { withHttpServer } from '../support/http-server.js';
import { errorOf, openMute, until, type State } from '../support/site.js';
import { steady } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** A client, and the class of pool that it does not have by itself. */
async function load() {
  const { Client, ClusterConnectionPool } = await import('@elastic/elasticsearch');
  return {
    ClusterConnectionPool,
    clientOf: (node: string, options: Given) => new Client({ node, maxRetries: 0, ...options }),
  };
}

/** How many connections 260 calls open to a server that never says a word. */
async function opened(options: Given): Promise<number> {
  const mute = await openMute();
  const { clientOf } = await load();
  const client = clientOf(`http://127.0.0.1:${String(mute.port)}`, options);
  try {
    for (let calls = 0; calls < 260; calls++) client.info().then(undefined, () => undefined);
    await until('a connection', () => mute.opened() > 0);
    return await steady(mute.opened);
  } finally {
    await mute.stop();
    await client.close();
  }
}

/** The time for the headers and for the body that a pool of undici was made with: it goes by a clock of its own. */
async function patience(options: Given): Promise<readonly unknown[]> {
  const { clientOf } = await load();
  const client = clientOf('http://127.0.0.1:1', options);
  const { pool } = client.connectionPool.connections[0] as unknown as { readonly pool: Readonly<Record<symbol, Given>> };
  const symbol = Object.getOwnPropertySymbols(pool).find(({ description }) => description === 'options');
  const settings = symbol && pool[symbol];
  await client.close();
  return [settings?.['headersTimeout'], settings?.['bodyTimeout']];
}

/** How a call to a server that never answers fares at some milliseconds from its start. */
async function silence(options: Given, ofCall: Given, times: readonly number[]): Promise<readonly State[]> {
  let requests = 0;
  const { clientOf } = await load();
  return withHttpServer(
    () => requests++,
    async ({ url }) => {
      const client = clientOf(url, options);
      return withHandClock(async ({ states }) => {
        const called = client.info({}, ofCall);
        await until('a request', () => requests > 0);
        return states(called, times);
      });
    },
  );
}

export default {
  library: '@elastic/elasticsearch',
  packages: ['@elastic/elasticsearch'],
  checks: [
    run(['agent.connections: default'], 'opens 256 connections to a node', async () => {
      expect(await opened({})).toBe(256);
      expect(await opened({ agent: { connections: 3 } })).toBe(3);
      expect(catalogSays(elasticsearch, 'agent.connections')).toEqual({ default: 256 });
    }),
    run(
      ['requestTimeout: default', 'requestTimeout: zero', 'requestTimeout: null', 'wait for request'],
      'waits without end for an answer by default, and with 0 and null',
      async () => {
        for (const options of [{}, { requestTimeout: 0 }, { requestTimeout: null }]) {
          expect(await patience(options)).toEqual([0, 0]);
          expect(await silence(options, {}, [HOUR])).toEqual(['pending']);
        }
        expect(await patience({ requestTimeout: 5_000 })).toEqual([5_000, 5_000]);
        expect(await silence({}, { requestTimeout: 5_000 }, [4_000, 6_000])).toEqual(['pending', 'rejected']);
        await withHttpServer(
          () => undefined,
          async ({ url }) => {
            const client = (await load()).clientOf(url, { requestTimeout: 40 });
            expect((await errorOf(client.info())).name).toBe('TimeoutError');
          },
        );
        expect(catalogSays(elasticsearch, 'requestTimeout')).toEqual({
          default: 'none',
          zero: 'unlimited',
          null: 'unlimited',
          unit: 'ms',
        });
        expect(elasticsearch.waits).toMatchObject([{ for: 'request', default: 'none', endedBy: ['requestTimeout'] }]);
      },
    ),
    run(['pingTimeout: default'], 'a ClusterConnectionPool, which is not the default, gives a ping 3 s', async () => {
      const { ClusterConnectionPool, clientOf } = await load();
      let pings = 0;
      await withHttpServer(
        () => pings++,
        ({ url }) =>
          withHandClock(async ({ forward }) => {
            expect(clientOf(url, {}).connectionPool).not.toHaveProperty('pingTimeout');
            const client = clientOf(url, { ConnectionPool: ClusterConnectionPool });
            const { connectionPool, diagnostic } = client;
            if (!(connectionPool instanceof ClusterConnectionPool)) throw new Error('It is another pool');
            const alive: unknown[] = [];
            diagnostic.on('resurrect', (_error, result) => alive.push((result as { isAlive: unknown } | null)?.isAlive));
            const [connection] = connectionPool.connections;
            if (!connection) throw new Error('There is no connection');
            connectionPool.markDead(connection);
            connectionPool.resurrect({ now: Date.now() + HOUR, requestId: 1, name: '', context: null });
            await until('a ping', () => pings > 0);
            await forward(2_900);
            expect(alive).toEqual([]);
            await forward(200);
            expect(alive).toEqual([false]);
          }),
      );
      expect(catalogSays(elasticsearch, 'pingTimeout')).toEqual({ default: 3_000, unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
