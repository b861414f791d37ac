/** What the options of mysql2 do. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolConnection, PoolOptions } from 'mysql2/promise';
import { expect, vi } from 'vitest';
import { mysql2 } from '../../../../src/catalog/libraries/mysql2.js';
import { follow } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { withSilentServer } from '../support/silent-server.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

/** Options may hold what their types forbid: that is what is tried. */
type Options = Readonly<Record<string, unknown>>;

/** Runs something with a pool, which is closed by force afterwards. */
async function withPool<T>(options: Options | string, use: (pool: Pool) => Promise<T> | T): Promise<T> {
  const { createPool } = await import('mysql2/promise');
  const pool = typeof options === 'string' ? createPool(options) : createPool(options as PoolOptions);
  try {
    return await use(pool);
  } finally {
    const connections: { readonly destroy: () => void }[] = [];
    const all = follow(pool, 'pool._allConnections') as { readonly length: number; readonly get: (index: number) => never };
    for (let index = 0; index < all.length; index++) connections.push(all.get(index));
    // It would wait for statements under way and for servers that are silent.
    void pool.end().catch(() => undefined);
    for (const connection of connections) connection.destroy();
  }
}

const server = async () => ({ host: '127.0.0.1', port: await portOf('mariadb'), user: 'root', database: 'pooled' });

/** What the pool takes an option for. */
const taken = (option: string, options: Options | string) => withPool(options, (pool) => follow(pool, `pool.config.${option}`));

/** How many of five requests may wait for a connection of a pool that hands out none. */
const waiting = (options: Options) =>
  withPool({ connectionLimit: -1, ...options }, async (pool) => {
    const requests = Array.from({ length: 5 }, () => outcome(pool.getConnection(), 30));
    return (await Promise.all(requests)).filter((state) => state === 'pending').length;
  });

const socketOf = (connection: PoolConnection) => follow(connection, 'connection.stream') as Socket;

/** Runs something and gives back what was written to the error console meanwhile. */
async function complaints(use: () => Promise<unknown>): Promise<string> {
  const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    await use();
    return error.mock.calls.flat().join('\n');
  } finally {
    error.mockRestore();
  }
}

const parameters = 'connectionLimit=3&queueLimit=4&connectTimeout=5000&idleTimeout=6000&maxIdle=2';
const ofParameters = async (options: Options | string) => {
  const read = async (option: string) => taken(option, typeof options === 'string' ? options : { ...options });
  expect(await read('connectionLimit')).toBe(3);
  expect(await read('queueLimit')).toBe(4);
  expect(await read('connectionConfig.connectTimeout')).toBe(5_000);
  expect(await read('idleTimeout')).toBe(6_000);
  expect(await read('maxIdle')).toBe(2);
};
const PARAMETERS = ['connectionLimit', 'queueLimit', 'connectTimeout', 'idleTimeout', 'maxIdle'] as const;

const ofStrangers = async (url: string, wrap: (text: string) => Options | string) => {
  for (const name of ['connection_limit', 'max']) {
    const said = await complaints(async () => {
      expect(await taken('connectionLimit', wrap(`${url}?${name}=3`))).toBe(10);
    });
    expect(said).toContain(`Ignoring invalid configuration option passed to Connection: ${name}.`);
  }
  const said = await complaints(() => taken('connectionLimit', wrap(`${url}?pool_timeout=3`)));
  expect(said).toContain('Ignoring invalid configuration option passed to Connection: pool_timeout.');
};
const URL = 'mysql://root@127.0.0.1:1/pooled';

export default {
  library: 'mysql2',
  packages: ['mysql2'],
  checks: [
    run(
      ['connectionLimit: default', 'connectionLimit: nan'],
      'ten connections, also for NaN',
      async () => {
        expect(catalogSays(mysql2, 'connectionLimit')).toMatchObject({ default: 10, nan: 'default' });
        expect(await taken('connectionLimit', { connectionLimit: Number.NaN })).toBe(10);
        await withPool(await server(), (pool) => expectLimit(10, () => pool.getConnection()));
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: zero', 'connectionLimit: null', 'connectionLimit: empty', 'connectionLimit: infinity'],
      '0, null, empty text and Infinity lift the limit',
      async () => {
        for (const connectionLimit of [0, null, '', Number.POSITIVE_INFINITY]) {
          await withPool({ ...(await server()), connectionLimit }, (pool) => expectGranted(12, () => pool.getConnection()));
        }
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: text'],
      'text counts as the number in it',
      async () => {
        await withPool({ ...(await server()), connectionLimit: '2' }, (pool) => expectLimit(2, () => pool.getConnection()));
      },
      'mariadb',
    ),
    run(['connectionLimit: negative'], 'a negative limit opens nothing and every request waits', async () => {
      await withSilentServer(async ({ opened, port }) => {
        await withPool({ host: '127.0.0.1', port, connectionLimit: -1 }, async (pool) => {
          expect(await outcome(pool.query('SELECT 1'))).toBe('pending');
          expect(opened()).toBe(0);
        });
      });
    }),
    run(
      ['queueLimit: default', 'queueLimit: zero', 'queueLimit: null', 'queueLimit: nan', 'queueLimit: empty'],
      'any number of requests may wait unless a positive limit is given',
      async () => {
        expect(catalogSays(mysql2, 'queueLimit').default).toBe('unlimited');
        expect(await waiting({})).toBe(5);
        for (const queueLimit of [0, null, Number.NaN, '']) expect(await waiting({ queueLimit })).toBe(5);
      },
    ),
    run(['queueLimit: text'], 'text counts as the number in it', async () => {
      expect(await waiting({ queueLimit: '2' })).toBe(2);
      await withPool({ connectionLimit: -1, queueLimit: '1' }, async (pool) => {
        expect(await outcome(pool.getConnection(), 0)).toBe('pending');
        expect((await failure(pool.getConnection())).message).toBe('Queue limit reached.');
      });
    }),
    run(['maxIdle: default', 'maxIdle: nan', 'maxIdle: text'], 'as many as connectionLimit, also for NaN', async () => {
      expect(mysql2.limits?.[2]).toMatchObject({ option: 'maxIdle', default: null, defaultsTo: 'connectionLimit' });
      expect(await taken('maxIdle', {})).toBe(10);
      expect(await taken('maxIdle', { connectionLimit: 4 })).toBe(4);
      expect(await taken('maxIdle', { connectionLimit: 4, maxIdle: Number.NaN })).toBe(4);
      expect(await taken('maxIdle', { connectionLimit: 4, maxIdle: '2' })).toBe(2);
    }),
    run(
      ['maxIdle: zero', 'idleTimeout: zero', 'relation maxIdle below connectionLimit', 'recycling'],
      'idle connections are looked for once a second, and only with a maxIdle below connectionLimit',
      async () => {
        expect(mysql2.recycling).toMatchObject([{ idle: 'none', lifetime: 'none', validates: 'none' }]);
        const base = { ...(await server()), connectionLimit: 2 };
        const idleAfterALook = (options: Options) =>
          withPool({ ...base, ...options }, async (pool) => {
            const connection = await pool.getConnection();
            const socket = socketOf(connection);
            connection.release();
            const written = socket.bytesWritten;
            const again = await pool.getConnection();
            // Nothing is asked of a connection before it is handed out again.
            expect(socketOf(again)).toBe(socket);
            expect(socket.bytesWritten).toBe(written);
            again.release();
            await delay(1_300);
            return socket.destroyed ? 'closed' : 'open';
          });
        expect(
          await Promise.all([
            idleAfterALook({ maxIdle: 1, idleTimeout: 0 }),
            idleAfterALook({ maxIdle: 1 }),
            idleAfterALook({ maxIdle: 0 }),
            idleAfterALook({ idleTimeout: 1 }),
            idleAfterALook({}),
          ]),
        ).toEqual(['closed', 'open', 'closed', 'open', 'open']);
      },
      'mariadb',
    ),
    run(['connectTimeout: default', 'connectTimeout: nan'], '10 s, also for NaN', async () => {
      expect(catalogSays(mysql2, 'connectTimeout').default).toBe(10_000);
      expect(await taken('connectionConfig.connectTimeout', {})).toBe(10_000);
      expect(await taken('connectionConfig.connectTimeout', { connectTimeout: Number.NaN })).toBe(10_000);
    }),
    run(['connectTimeout: zero', 'wait for connect'], 'ends the wait for a silent server, but not with 0', async () => {
      expect(mysql2.waits?.[0]).toMatchObject({ for: 'connect', default: 10_000, endedBy: ['connectTimeout'] });
      await withSilentServer(async ({ port }) => {
        await withPool({ host: '127.0.0.1', port, connectTimeout: 40 }, async (pool) => {
          expect(await failure(pool.getConnection())).toMatchObject({ code: 'ETIMEDOUT' });
        });
        for (const [options, timer] of [
          [{ connectTimeout: 0 }, false],
          [{}, true],
        ] as const) {
          await withPool({ host: '127.0.0.1', port, ...options }, async (pool) => {
            expect(await outcome(pool.getConnection())).toBe('pending');
            const all = follow(pool, 'pool._allConnections') as { readonly get: (index: number) => unknown };
            expect(Boolean(follow(all.get(0), 'connectTimeout'))).toBe(timer);
          });
        }
      });
    }),
    run(['idleTimeout: default', 'idleTimeout: nan', 'idleTimeout: text'], '60 s, also for NaN', async () => {
      expect(catalogSays(mysql2, 'idleTimeout')).toMatchObject({ default: 60_000, unit: 'ms' });
      expect(await taken('idleTimeout', {})).toBe(60_000);
      expect(await taken('idleTimeout', { idleTimeout: Number.NaN })).toBe(60_000);
      expect(await taken('idleTimeout', { idleTimeout: '5000' })).toBe(5_000);
    }),
    run(
      ['timeout: default', 'timeout: zero', 'wait for query'],
      'a statement takes its time unless its own timeout is positive',
      async () => {
        expect(catalogSays(mysql2, 'timeout').default).toBe('none');
        expect(mysql2.waits?.[2]).toMatchObject({ for: 'query', default: 'none', endedBy: ['timeout'] });
        await withPool(await server(), async (pool) => {
          const sql = 'SELECT SLEEP(0.15)';
          expect((await failure(pool.query({ sql, timeout: 40 }))).message).toContain('inactivity timeout');
          expect((await failure(pool.execute({ sql, timeout: 40 }))).message).toContain('inactivity timeout');
          await pool.query({ sql, timeout: 0 });
          expect(await outcome(pool.query('SELECT SLEEP(5)'), 150)).toBe('pending');
        });
      },
      'mariadb',
    ),
    run(
      ['wait for acquire', 'ignored acquireTimeout', 'ignored timeout'],
      'no option ends the wait for a free connection, and the pool has no timeout for statements',
      async () => {
        expect(mysql2.waits?.[1]).toMatchObject({ for: 'acquire', default: 'none', endedBy: [] });
        const options = { ...(await server()), connectionLimit: 1, acquireTimeout: 20, timeout: 20, connectTimeout: 1_000 };
        const said = await complaints(() =>
          withPool(options, async (pool) => {
            const connection = await pool.getConnection();
            expect(await outcome(pool.getConnection(), 100)).toBe('pending');
            await connection.query('SELECT SLEEP(0.1)');
          }),
        );
        expect(said).toContain('Ignoring invalid configuration option passed to Connection: acquireTimeout.');
        expect(said).toContain('Ignoring invalid configuration option passed to Connection: timeout.');
      },
      'mariadb',
    ),
    run(['ignored max', 'ignored poolSize'], 'other names for the limit are not read, and the console says so', async () => {
      for (const name of ['max', 'poolSize']) {
        const said = await complaints(async () => {
          expect(await taken('connectionLimit', { [name]: 3 })).toBe(10);
        });
        expect(said).toContain(`Ignoring invalid configuration option passed to Connection: ${name}.`);
      }
    }),
    run(
      PARAMETERS.map((name) => `parameter ${name}`),
      'the query of a URL sets options',
      () => ofParameters(`${URL}?${parameters}`),
    ),
    run(
      ['ignored parameter connection_limit', 'ignored parameter max', 'ignored parameter pool_timeout'],
      'names of other libraries are not read in a URL',
      () => ofStrangers(URL, (text) => text),
    ),
    run(
      PARAMETERS.map((name) => `parameter ${name}#2`),
      'the query of the option uri sets options',
      () => ofParameters({ uri: `${URL}?${parameters}` }),
    ),
    run(
      ['ignored parameter connection_limit#2', 'ignored parameter max#2', 'ignored parameter pool_timeout#2'],
      'names of other libraries are not read in the option uri',
      () => ofStrangers(URL, (uri) => ({ uri })),
    ),
  ],
} satisfies LibraryChecks;
