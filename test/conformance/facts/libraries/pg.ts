/** What the options of pg do. */
import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { expect, vi } from 'vitest';
import { pg } from '../../../../src/catalog/libraries/pg.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import {
  pgConnectionChecks,
  pgPoolChecks,
  toPort,
  toPostgres,
  waitOf,
  withMute,
  withPgPool,
  type Options,
  type PgLibrary,
  type PgPool,
} from '../support/pg-pool.js';
import { expectLimit, failure } from '../support/waiting.js';

const subject: PgLibrary = {
  library: pg,
  open: async (options) => {
    const { Pool } = await import('pg');
    return new Pool(options) as unknown as PgPool;
  },
};
const withPool = <T>(options: Options, use: (pool: PgPool) => Promise<T> | T) => withPgPool(subject, options, use);
const taken = (option: string, options: Options) => withPool(options, (pool) => pool.options[option]);

/** Runs something with a client that has yet to connect. */
async function withClient<T>(options: Options, use: (client: Client) => Promise<T>): Promise<T> {
  const { Client } = await import('pg');
  const client = new Client(options);
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

const relation = (left: string, right: string) => pg.relations?.find((entry) => entry.left === left && entry.right === right);

const urlOf = (port: number, query = '') => `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres${query}`;
const inUrl = async (query: string) => ({ connectionString: urlOf(await portOf('postgres'), query) });

const ofServer = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];

export default {
  library: 'pg',
  packages: ['pg', 'pg-pool'],
  checks: [
    ...pgPoolChecks(subject),
    ...pgConnectionChecks(subject),
    run(
      ['connectionTimeoutMillis#2: default', 'connectionTimeoutMillis#2: zero', 'wait for connect#2'],
      'a client waits for its connection for ever, unless a positive time is given',
      async () => {
        expect(catalogSays(pg, 'connectionTimeoutMillis', 2)).toMatchObject({ default: 'none', zero: 'unlimited', unit: 'ms' });
        expect(waitOf(pg, 'connect', 2)).toMatchObject({ default: 'none', endedBy: ['connectionTimeoutMillis'] });
        await withMute(async ({ port }) => {
          for (const options of [{}, { connectionTimeoutMillis: 0 }]) {
            const { Client } = await import('pg');
            const client = new Client({ ...toPort(port), ...options });
            client.on('error', () => undefined);
            expect(await outcome(client.connect())).toBe('pending');
            client.connection.stream.destroy();
          }
          await withClient({ ...toPort(port), connectionTimeoutMillis: 30 }, async (client) => {
            expect((await failure(client.connect())).message).toBe('timeout expired');
          });
        });
      },
    ),
    run(
      ['wait for query#2'],
      'a client waits for its statement for ever, unless a positive time is given',
      async () => {
        expect(waitOf(pg, 'query', 2)).toMatchObject({ default: 'none', endedBy: ['statement_timeout', 'query_timeout'] });
        const server = await toPostgres();
        const sleep = async (options: Options, query: string | { readonly text: string; readonly query_timeout: number }) =>
          withClient({ ...server, ...options }, async (client) => {
            await client.connect();
            try {
              await client.query(query);
              return 'done';
            } catch (error) {
              return (error as Error).message;
            }
          });
        const text = 'SELECT pg_sleep(0.15)';
        expect(
          await Promise.all([
            sleep({}, text),
            sleep({ query_timeout: 40 }, text),
            sleep({}, { text, query_timeout: 40 }),
            sleep({ statement_timeout: 40 }, text),
          ]),
        ).toEqual(['done', 'Query read timeout', 'Query read timeout', 'canceling statement due to statement timeout']);
      },
      'postgres',
    ),
    run(
      ['keepAliveInitialDelayMillis: default', 'keepAliveInitialDelayMillis: needs'],
      'probes are sent with keepAlive: true only',
      async () => {
        expect(pg.timeouts?.find(({ option }) => option === 'keepAliveInitialDelayMillis')).toMatchObject({
          default: null,
          unit: 'ms',
          needs: { option: 'keepAlive', value: true },
        });
        const probes = async (options: Options) => {
          const socket = new Socket();
          const setKeepAlive = vi.spyOn(socket, 'setKeepAlive');
          const given = { ...(await toPostgres()), ...options, stream: () => socket };
          await withPool(given, (pool) => pool.query('SELECT 1'));
          return setKeepAlive.mock.calls;
        };
        expect(await probes({})).toEqual([]);
        expect(await probes({ keepAliveInitialDelayMillis: 5_000 })).toEqual([]);
        expect(await probes({ keepAliveInitialDelayMillis: 5_000, keepAlive: true })).toEqual([[true, 5_000]]);
      },
      'postgres',
    ),
    run(
      ['relation min at-most max'],
      'a min above max is accepted, and no more than max connections are open',
      async () => {
        expect(relation('min', 'max')).toMatchObject({ kind: 'at-most', given: 'either' });
        await withPool({ ...(await toPostgres()), min: 3, max: 1 }, async (pool) => {
          await expectLimit(1, () => pool.connect());
          expect(pool.totalCount).toBe(1);
        });
      },
      'postgres',
    ),
    run(
      ['relation idleTimeoutMillis at-most maxLifetimeSeconds'],
      'an idle connection ends with its lifetime, however long it may be idle',
      async () => {
        expect(relation('idleTimeoutMillis', 'maxLifetimeSeconds')).toMatchObject({ kind: 'at-most', given: 'both' });
        const options = { ...(await toPostgres()), idleTimeoutMillis: 60_000, maxLifetimeSeconds: 0.03 };
        await withPool(options, async (pool) => {
          await pool.query('SELECT 1');
          await delay(150);
          expect(pool.totalCount).toBe(0);
        });
      },
      'postgres',
    ),
    run(
      ['relation connectionTimeoutMillis at-most query_timeout', 'relation connectionTimeoutMillis at-most statement_timeout'],
      'a request waits longer for a connection than its statement may take, if connectionTimeoutMillis is longer',
      async () => {
        for (const right of ['query_timeout', 'statement_timeout']) {
          expect(relation('connectionTimeoutMillis', right)).toMatchObject({ kind: 'at-most', given: 'both' });
          await withPool({ ...(await toPostgres()), max: 1, connectionTimeoutMillis: 200, [right]: 20 }, async (pool) => {
            await pool.connect();
            const query = pool.query('SELECT 1');
            expect(await outcome(query, 80)).toBe('pending');
            expect((await failure(query)).message).toBe('timeout exceeded when trying to connect');
          });
        }
      },
      'postgres',
    ),
    run(['ignored connectionLimit', 'ignored pool.max'], 'max stays 10', async () => {
      expect(await taken('max', { connectionLimit: 3 })).toBe(10);
      expect(await taken('max', { pool: { max: 3 } })).toBe(10);
      expect(await taken('max', { max: 3 })).toBe(3);
    }),
    run(
      ofServer.map((name) => `parameter ${name}`),
      'is read in a connection string, and sent to the server',
      async () => {
        for (const name of ofServer) {
          await withPool(await inUrl(`?${name}=70`), async (pool) => {
            expect((await pool.query(`SHOW ${name}`)).rows).toEqual([{ [name]: '70ms' }]);
          });
        }
      },
      'postgres',
    ),
    run(
      ['parameter query_timeout'],
      'is read in a connection string',
      async () => {
        await withPool(await inUrl('?query_timeout=40'), async (pool) => {
          expect((await failure(pool.query('SELECT pg_sleep(0.3)'))).message).toBe('Query read timeout');
        });
      },
      'postgres',
    ),
    run(
      ['ignored parameter max', 'ignored parameter connection_limit', 'ignored parameter idleTimeoutMillis'],
      'is not read in a connection string: max stays 10, and the idle time 10 s',
      async () => {
        await withPool(await inUrl('?max=2&connection_limit=2&idleTimeoutMillis=20'), async (pool) => {
          expect(pool.options).toMatchObject({ max: 10, idleTimeoutMillis: 10_000 });
          await expectLimit(10, () => pool.connect());
        });
      },
      'postgres',
    ),
    run(
      ['ignored parameter pool_timeout', 'ignored parameter connect_timeout', 'ignored parameter connectionTimeoutMillis'],
      'is not read in a connection string: neither a connection nor the wait for a free one ends',
      async () => {
        const query = '?pool_timeout=0.02&connect_timeout=0.02&connectionTimeoutMillis=20';
        await withMute(async ({ port }) => {
          await withPool({ connectionString: urlOf(port, query) }, async (pool) => {
            expect(await outcome(pool.connect(), 120)).toBe('pending');
          });
        });
        await withPool({ ...(await inUrl(query)), max: 1 }, (pool) => expectLimit(1, () => pool.connect()));
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
