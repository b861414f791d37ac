import type { Agent } from 'node:http';
import { expect } from 'vitest';
import { clickhouse } from '../../../../src/catalog/libraries/clickhouse.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { withHttpServer } from '../support/http-server.js';
import { errorOf, openMute, until } from '../support/site.js';
import { steady } from '../support/socket-server.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

interface Client {
  readonly agent: Agent;
  /** Runs a statement and reads its answer. Its failure is no unhandled rejection. */
  readonly query: () => Promise<unknown>;
}

/** Runs something with a client that is closed behind it. */
async function withClient<T>(url: string, options: Given, use: (client: Client) => Promise<T>): Promise<T> {
  const { ClickHouseLogLevel, createClient } = await import('@clickhouse/client');
  const made = createClient({ url, log: { level: ClickHouseLogLevel.OFF }, ...options });
  try {
    return await use({
      agent: (made as unknown as { readonly connection: { readonly agent: Agent } }).connection.agent,
      query: () => {
        const done = made.command({ query: 'SELECT 1' });
        done.then(undefined, () => undefined);
        return done;
      },
    });
  } finally {
    await made.close();
  }
}

/** How many connections twelve statements open at the same time. */
async function opened(options: Given, parameters = ''): Promise<number> {
  const site = await openMute();
  try {
    return await withClient(`http://127.0.0.1:${String(site.port)}${parameters}`, options, async ({ query }) => {
      for (let count = 0; count < 12; count++) query().then(undefined, () => undefined);
      if (options['max_open_connections'] !== -1) await until('connections', () => site.opened() > 0);
      return await steady(site.opened);
    });
  } finally {
    await site.stop();
  }
}

/** The milliseconds of silence after which a statement fails. */
async function patience(options: Given, parameters = ''): Promise<number | undefined> {
  const site = await openMute();
  try {
    return await withClient(`http://127.0.0.1:${String(site.port)}${parameters}`, options, async ({ agent, query }) => {
      query().then(undefined, () => undefined);
      await until('a connection', () => site.opened() > 0);
      const [socket] = Object.values(agent.sockets).flat();
      return socket?.timeout;
    });
  } finally {
    await site.stop();
  }
}

/** Runs something with a server that answers every statement at once. */
const withAnswers = <T>(use: (url: string, connections: () => number) => Promise<T>): Promise<T> =>
  withHttpServer(
    (request, response) => {
      request.resume().once('end', () => response.end('1\n'));
    },
    ({ connections, url }) => use(url, connections),
  );

/** How many connections three statements open, one after the other. */
const sequential = (options: Given): Promise<number> =>
  withAnswers((url, connections) =>
    withClient(url, options, async ({ query }) => {
      for (let count = 0; count < 3; count++) await query();
      return connections();
    }),
  );

/** How many of the connections are left at some milliseconds after a statement. */
const left = (options: Given, times: readonly number[]): Promise<readonly number[]> =>
  withAnswers((url) =>
    withClient(url, options, ({ agent, query }) =>
      withHandClock(async ({ forward, look }) => {
        const done = query();
        // The client lets a turn of the timers go by before it takes a connection.
        await forward(0);
        await done;
        return look(times, () => Object.values(agent.freeSockets).flat().length);
      }),
    ),
  );

export default {
  library: '@clickhouse/client',
  packages: ['@clickhouse/client'],
  checks: [
    run(
      ['default', 'zero', 'negative', 'null', 'infinity'].map((aspect) => `max_open_connections: ${aspect}`),
      'opens ten connections by default and with null, any number with 0 and Infinity, and none with -1',
      async () => {
        const given = [{}, ...[null, 0, Infinity, -1].map((limit) => ({ max_open_connections: limit }))];
        expect(await Promise.all(given.map((options) => opened(options)))).toEqual([10, 10, 12, 12, 0]);
        expect(catalogSays(clickhouse, 'max_open_connections')).toMatchObject({
          default: 10,
          zero: 'unlimited',
          negative: 'blocks',
          null: 'default',
          infinity: 'unlimited',
        });
      },
    ),
    run(['request_timeout: default', 'wait for request'], 'waits 30 s for an answer', async () => {
      expect(await patience({})).toBe(30_000);
      const site = await openMute();
      try {
        await withClient(`http://127.0.0.1:${String(site.port)}`, { request_timeout: 40 }, async ({ query }) => {
          expect((await errorOf(query())).message).toBe('Timeout error.');
        });
      } finally {
        await site.stop();
      }
      expect(catalogSays(clickhouse, 'request_timeout')).toEqual({ default: 30_000, unit: 'ms' });
      expect(clickhouse.waits).toMatchObject([{ for: 'request', default: 30_000, endedBy: ['request_timeout'] }]);
    }),
    run(
      ['keep_alive.idle_socket_ttl: default', 'keep_alive.idle_socket_ttl: zero', 'recycling'],
      'closes a connection that nobody used for 2.5 s, and none with 0',
      async () => {
        expect(await left({}, [2_400, 2_600])).toEqual([1, 0]);
        expect(await left({ keep_alive: { idle_socket_ttl: 0 } }, [HOUR])).toEqual([1]);
        expect(catalogSays(clickhouse, 'keep_alive.idle_socket_ttl')).toMatchObject({ default: 2_500, zero: 'unlimited' });
        expect(clickhouse.recycling).toMatchObject([{ idle: 2_500, lifetime: 'none', validates: 'none' }]);
      },
    ),
    run(['keep-alive keep_alive.enabled'], 'keeps its connection unless that is switched off', async () => {
      expect(await sequential({})).toBe(1);
      expect(await sequential({ keep_alive: { enabled: false } })).toBe(3);
      expect(clickhouse.keepAlive).toMatchObject([{ option: 'keep_alive.enabled', default: true }]);
    }),
    run(
      ['parameter max_open_connections', 'parameter request_timeout'],
      'reads both options in the query of its address',
      async () => {
        expect(await opened({}, '?max_open_connections=3')).toBe(3);
        expect(await patience({}, '?request_timeout=5000')).toBe(5_000);
      },
    ),
    run(['ignored parameter connection_limit'], 'throws for a parameter that it does not know', async () => {
      const { createClient } = await import('@clickhouse/client');
      expect(() => createClient({ url: 'http://127.0.0.1:1?connection_limit=3' })).toThrow(
        'Unknown URL parameters: connection_limit',
      );
    }),
  ],
} satisfies LibraryChecks;
