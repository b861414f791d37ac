/** What the options of mysql do. */
import dns from 'node:dns';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { mysql } from '../../../../src/catalog/libraries/mysql.js';
import { follow } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { withSilentServer } from '../support/silent-server.js';
import { neverFound } from '../support/site.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

type Options = Readonly<Record<string, unknown>>;
type Callback = (error: Error | null, result?: unknown) => void;

interface Connection {
  readonly destroy: () => void;
  readonly release: () => void;
}

interface Pool {
  readonly config: Readonly<Record<string, unknown>>;
  readonly getConnection: (callback: Callback) => void;
  readonly query: (options: Options | string, callback: Callback) => void;
  readonly end: (callback: Callback) => void;
  readonly _allConnections: readonly Connection[];
}

interface Mysql {
  readonly createPool: (options: Options | string) => Pool;
}

/** Runs something with a pool, which is closed by force afterwards. */
async function withPool<T>(options: Options | string, use: (pool: Pool) => Promise<T> | T): Promise<T> {
  // @ts-expect-error It has no types.
  const { default: library } = (await import('mysql')) as { readonly default: Mysql };
  const pool = library.createPool(options);
  try {
    return await use(pool);
  } finally {
    for (const connection of [...pool._allConnections]) connection.destroy();
    pool.end(() => undefined);
  }
}

const server = async () => ({ host: '127.0.0.1', port: await portOf('mariadb'), user: 'root', database: 'pooled' });

const called = (call: (callback: Callback) => void) =>
  new Promise<unknown>((resolve, reject) => {
    call((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
const take = (pool: Pool) => called((callback) => pool.getConnection(callback)) as Promise<Connection>;
const query = (pool: Pool, options: Options | string) => called((callback) => pool.query(options, callback));

/** How many of five requests may wait for a connection of a pool that hands out none. */
const waiting = (options: Options) =>
  withPool({ connectionLimit: -1, ...options }, async (pool) => {
    const states = await Promise.all(Array.from({ length: 5 }, () => outcome(take(pool), 30)));
    return states.filter((state) => state === 'pending').length;
  });

const URL = 'mysql://root@127.0.0.1:1/pooled';

export default {
  library: 'mysql',
  packages: ['mysql'],
  checks: [
    run(
      ['connectionLimit: default'],
      'ten connections',
      async () => {
        expect(catalogSays(mysql, 'connectionLimit').default).toBe(10);
        await withPool(await server(), (pool) => expectLimit(10, () => take(pool)));
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: zero', 'connectionLimit: null', 'connectionLimit: empty', 'connectionLimit: infinity'],
      '0, null, empty text and Infinity lift the limit',
      async () => {
        for (const connectionLimit of [0, null, '', Number.POSITIVE_INFINITY]) {
          await withPool({ ...(await server()), connectionLimit }, (pool) => expectGranted(12, () => take(pool)));
        }
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: text'],
      'text counts as the number in it',
      async () => {
        await withPool({ ...(await server()), connectionLimit: '2' }, (pool) => expectLimit(2, () => take(pool)));
      },
      'mariadb',
    ),
    run(['connectionLimit: negative'], 'a negative limit opens nothing and every request waits', async () => {
      await withSilentServer(async ({ opened, port }) => {
        await withPool({ host: '127.0.0.1', port, connectionLimit: -1 }, async (pool) => {
          expect(await outcome(query(pool, 'SELECT 1'))).toBe('pending');
          expect(opened()).toBe(0);
        });
      });
    }),
    run(
      ['queueLimit: default', 'queueLimit: zero', 'queueLimit: null', 'queueLimit: empty'],
      'any number of requests may wait unless a positive limit is given',
      async () => {
        expect(catalogSays(mysql, 'queueLimit').default).toBe('unlimited');
        expect(await waiting({})).toBe(5);
        for (const queueLimit of [0, null, '']) expect(await waiting({ queueLimit })).toBe(5);
      },
    ),
    run(['queueLimit: text'], 'text counts as the number in it', async () => {
      expect(await waiting({ queueLimit: '2' })).toBe(2);
    }),
    run(['connectTimeout: default', 'wait for connect'], '10 s for the connection itself, not for what follows', async () => {
      expect(catalogSays(mysql, 'connectTimeout').default).toBe(10_000);
      expect(mysql.waits?.[0]).toMatchObject({ for: 'connect', default: 10_000, endedBy: ['connectTimeout'] });
      const lookUp = vi.spyOn(dns, 'lookup').mockImplementation(neverFound);
      try {
        await withPool({ host: 'nowhere.invalid', connectTimeout: 40 }, async (pool) => {
          expect(await failure(take(pool))).toMatchObject({ code: 'ETIMEDOUT' });
        });
        await withPool({ host: 'nowhere.invalid' }, async (pool) => {
          expect(follow(pool, 'config.connectionConfig.connectTimeout')).toBe(10_000);
          expect(await outcome(take(pool))).toBe('pending');
        });
      } finally {
        lookUp.mockRestore();
      }
      // A server that takes the connection and is silent is waited for beyond it.
      await withSilentServer(async ({ port }) => {
        await withPool({ host: '127.0.0.1', port, connectTimeout: 40 }, async (pool) => {
          expect(await outcome(take(pool), 150)).toBe('pending');
        });
      });
    }),
    run(['acquireTimeout: default'], '10 s for a connection with its handshake', async () => {
      expect(catalogSays(mysql, 'acquireTimeout').default).toBe(10_000);
      await withSilentServer(async ({ port }) => {
        const base = { host: '127.0.0.1', port };
        await withPool(base, async (pool) => {
          expect(pool.config['acquireTimeout']).toBe(10_000);
          expect(await outcome(take(pool))).toBe('pending');
        });
        await withPool({ ...base, acquireTimeout: 40 }, async (pool) => {
          expect(await failure(take(pool))).toMatchObject({ code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
        });
      });
    }),
    run(
      ['timeout: default', 'timeout: zero', 'wait for query'],
      'a statement takes its time unless its own timeout is positive',
      async () => {
        expect(catalogSays(mysql, 'timeout').default).toBe('none');
        expect(mysql.waits?.[2]).toMatchObject({ for: 'query', default: 'none', endedBy: ['timeout'] });
        await withPool({ ...(await server()), timeout: 40, acquireTimeout: 1_000, connectTimeout: 1_000 }, async (pool) => {
          const sql = 'SELECT SLEEP(0.15)';
          expect(await failure(query(pool, { sql, timeout: 40 }))).toMatchObject({ code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
          await query(pool, { sql, timeout: 0 });
          expect(await outcome(query(pool, 'SELECT SLEEP(5)'), 150)).toBe('pending');
        });
      },
      'mariadb',
    ),
    run(
      ['wait for acquire', 'ignored acquireTimeout'],
      'no option ends the wait for a free connection',
      async () => {
        expect(mysql.waits?.[1]).toMatchObject({ for: 'acquire', default: 'none', endedBy: [] });
        expect(mysql.ignored).toMatchObject([{ option: 'acquireTimeout', because: 'ineffective' }]);
        // Long enough for a connection on a machine under load, and over long before the wait is.
        const options = { ...(await server()), connectionLimit: 1, acquireTimeout: 200, connectTimeout: 200 };
        await withPool(options, async (pool) => {
          await take(pool);
          expect(await outcome(take(pool), 300)).toBe('pending');
        });
      },
      'mariadb',
    ),
    run(
      ['recycling'],
      'asks the server before a connection is handed out again, and closes none that is idle',
      async () => {
        expect(mysql.recycling).toMatchObject([{ idle: 'none', lifetime: 'none', validates: 'ping', boundedBy: [] }]);
        await withPool({ ...(await server()), connectionLimit: 1 }, async (pool) => {
          const connection = await take(pool);
          const socket = follow(connection, '_socket') as Socket;
          const written = socket.bytesWritten;
          connection.release();
          await delay(100);
          expect(socket.destroyed).toBe(false);
          expect(socket.bytesWritten).toBe(written);
          expect(await take(pool)).toBe(connection);
          expect(socket.bytesWritten - written).toBe(5);
        });
      },
      'mariadb',
    ),
    run(['parameter connectionLimit', 'parameter queueLimit'], 'the query of a URL sets options', () =>
      withPool(`${URL}?connectionLimit=3&queueLimit=4`, (pool) => {
        expect(pool.config).toMatchObject({ connectionLimit: 3, queueLimit: 4 });
      }),
    ),
    run(['ignored parameter connection_limit'], 'the name of another library is not read in a URL', () =>
      withPool(`${URL}?connection_limit=3`, (pool) => {
        expect(pool.config).toMatchObject({ connectionLimit: 10 });
      }),
    ),
  ],
} satisfies LibraryChecks;
