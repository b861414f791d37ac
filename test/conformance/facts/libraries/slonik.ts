/** What the options of Slonik do. */
import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { DatabasePool } from 'slonik';
import { expect } from 'vitest';
import { slonik } from '../../../../src/catalog/libraries/slonik.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { waitOf, withMute, type Options } from '../support/pg-pool.js';
import { expectLimit, failure } from '../support/waiting.js';

const urlOf = (port: number) => `postgresql://postgres:postgres@127.0.0.1:${String(port)}/postgres`;

const open = async (port: number, options: Options): Promise<DatabasePool> => {
  const { createPool } = await import('slonik');
  return createPool(urlOf(port), options);
};

/** Runs something with a pool; what is taken stays taken until then. */
async function withPool<T>(
  options: Options,
  use: (pool: DatabasePool, take: () => Promise<unknown>) => Promise<T> | T,
  port?: number,
): Promise<T> {
  const pool = await open(port ?? (await portOf('postgres')), options);
  const end = new AbortController();
  const take = () =>
    new Promise((resolve, reject) => {
      pool
        .connect(async (connection) => {
          resolve(connection);
          await once(end.signal, 'abort');
        })
        .catch(reject);
    });
  try {
    return await use(pool, take);
  } finally {
    end.abort();
    void pool.end();
  }
}

/** What a pool that cannot be made says. */
const refusal = async (options: Options) => (await failure(open(1, options))).message;

const show = (name: string, options: Options = {}) =>
  withPool(options, async (pool) => {
    const { sql } = await import('slonik');
    return pool.oneFirst(sql.unsafe`SELECT current_setting(${name})`) as Promise<unknown>;
  });

const sleep = async (pool: DatabasePool, seconds: number) => {
  const { sql } = await import('slonik');
  await pool.query(sql.unsafe`SELECT pg_sleep(${seconds})`);
};

/** How many connections a pool keeps when nobody uses it for a while. */
const kept = (options: Options) =>
  withPool(options, async (pool) => {
    await sleep(pool, 0);
    expect(pool.state().acquiredConnections).toBe(0);
    await delay(150);
    // The minimum is kept by opening another one.
    const { idleConnections, pendingConnections } = pool.state();
    return idleConnections + pendingConnections;
  });

/** The settings that a client asks for when it connects. */
async function startupOf(options: Options): Promise<Readonly<Record<string, string | undefined>>> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const opening = failure(open((server.address() as AddressInfo).port, options));
    const [socket] = (await once(server, 'connection')) as [Socket];
    socket.on('error', () => undefined);
    const [message] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    await opening;
    // Behind the length and the version: names and values, each with a zero at its end.
    const fields = message.toString('latin1', 8).split('\0');
    return Object.fromEntries(
      fields.flatMap((name, index) => (index % 2 === 0 && name !== '' ? [[name, fields[index + 1]]] : [])),
    );
  } finally {
    server.close();
  }
}

/** Runs something with a server whose first connection leads to PostgreSQL, and all later ones nowhere. */
async function withLostServer(use: (port: number, opened: () => number) => Promise<void>): Promise<void> {
  const target = await portOf('postgres');
  const sockets: Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    if (sockets.length === 1) socket.pipe(net.connect(target, '127.0.0.1')).pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await use((server.address() as AddressInfo).port, () => sockets.length);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

export default {
  library: 'slonik',
  packages: ['slonik', '@slonik/driver', '@slonik/pg-driver'],
  checks: [
    run(
      ['maximumPoolSize: default'],
      'ten connections',
      async () => {
        expect(catalogSays(slonik, 'maximumPoolSize').default).toBe(10);
        await withPool({}, (_pool, take) => expectLimit(10, take));
      },
      'postgres',
    ),
    run(['maximumPoolSize: zero', 'maximumPoolSize: negative'], 'a size below 1 is refused', async () => {
      expect(catalogSays(slonik, 'maximumPoolSize')).toMatchObject({ zero: 'throws', negative: 'throws' });
      for (const maximumPoolSize of [0, -1]) {
        expect(await refusal({ maximumPoolSize })).toBe('maximumPoolSize must be equal to or greater than 1.');
      }
    }),
    run(['minimumPoolSize: negative'], 'a size below 0 is refused', async () => {
      expect(catalogSays(slonik, 'minimumPoolSize')).toMatchObject({ negative: 'throws' });
      expect(await refusal({ minimumPoolSize: -1 })).toBe('minimumPoolSize must be equal to or greater than 0.');
    }),
    run(['relation minimumPoolSize at-most maximumPoolSize'], 'a minimum above the maximum is refused', async () => {
      expect(slonik.relations).toMatchObject([
        { kind: 'at-most', left: 'minimumPoolSize', right: 'maximumPoolSize', given: 'either' },
      ]);
      for (const options of [{ minimumPoolSize: 3, maximumPoolSize: 2 }, { minimumPoolSize: 11 }]) {
        expect(await refusal(options)).toBe('maximumPoolSize must be equal to or greater than minimumPoolSize.');
      }
    }),
    run(
      ['minimumPoolSize: default', 'minimumPoolSize: zero', 'idleTimeout: default', 'idleTimeout: zero', 'recycling'],
      'what is idle for 5 s is closed, at once with 0, and nothing is kept but the minimum',
      async () => {
        expect(catalogSays(slonik, 'minimumPoolSize')).toMatchObject({ default: 0, zero: 'none' });
        expect(catalogSays(slonik, 'idleTimeout')).toEqual({ default: 5_000, zero: 'becomes 1', unit: 'ms' });
        expect(slonik.recycling).toMatchObject([
          { idle: 5_000, keeps: 'minimumPoolSize', lifetime: 'none', validates: 'none', boundedBy: ['idleTimeout'] },
        ]);
        await withPool({}, ({ configuration }) => {
          expect(configuration).toMatchObject({ idleTimeout: 5_000, minimumPoolSize: 0 });
        });
        expect(
          await Promise.all([
            kept({ idleTimeout: 20 }),
            kept({ idleTimeout: 0 }),
            kept({ idleTimeout: 20, minimumPoolSize: 0 }),
            kept({ idleTimeout: 20, minimumPoolSize: 1 }),
            kept({}),
          ]),
        ).toEqual([0, 0, 0, 1, 1]);
      },
      'postgres',
    ),
    run(
      ['connectionTimeout: default', 'connectionTimeout: zero', 'wait for connect'],
      'a connection may take 5 s, or that time, and next to none with 0',
      async () => {
        expect(catalogSays(slonik, 'connectionTimeout')).toEqual({ default: 5_000, zero: 'becomes 1', unit: 'ms' });
        expect(waitOf(slonik, 'connect')).toMatchObject({ default: 5_000, endedBy: ['connectionTimeout'] });
        await withPool({}, ({ configuration }) => expect(configuration.connectionTimeout).toBe(5_000));
        await withMute(async ({ port }) => {
          for (const connectionTimeout of [0, 40]) {
            expect((await failure(open(port, { connectionTimeout }))).message).toBe('timeout expired');
          }
          for (const options of [{}, { connectionTimeout: 'DISABLE_TIMEOUT' }]) {
            expect(await outcome(open(port, options))).toBe('pending');
          }
        });
        // createPool() tries it once, and a later request three times.
        expect(slonik.timeouts?.find(({ option }) => option === 'connectionTimeout')?.measures).toBe('attempt');
        await withLostServer((port, opened) =>
          withPool(
            { connectionTimeout: 400 },
            async (pool) => {
              expect(opened()).toBe(1);
              expect((await failure(sleep(pool, 0))).message).toBe('timeout expired');
              expect(opened()).toBe(4);
            },
            port,
          ),
        );
      },
      'postgres',
    ),
    run(
      ['wait for acquire'],
      'no option ends the wait for a free connection',
      async () => {
        expect(waitOf(slonik, 'acquire')).toMatchObject({ default: 'none', endedBy: [] });
        await withPool({ maximumPoolSize: 1, connectionTimeout: 500 }, async (_pool, take) => {
          await take();
          expect(await outcome(take(), 650)).toBe('pending');
        });
      },
      'postgres',
    ),
    run(
      ['statementTimeout: default', 'wait for query'],
      'the server ends a statement after 60 s, or that time',
      async () => {
        expect(catalogSays(slonik, 'statementTimeout')).toMatchObject({ default: 60_000, unit: 'ms' });
        expect(waitOf(slonik, 'query')).toMatchObject({ default: 60_000, endedBy: ['statementTimeout'] });
        expect(await show('statement_timeout')).toBe('1min');
        await withPool({ statementTimeout: 100 }, async (pool) => {
          const { StatementTimeoutError } = await import('slonik');
          expect(await failure(sleep(pool, 1))).toBeInstanceOf(StatementTimeoutError);
        });
      },
      'postgres',
    ),
    run(
      ['idleInTransactionSessionTimeout: default'],
      'the server ends a session that does nothing within a transaction after 60 s, or that time',
      async () => {
        expect(catalogSays(slonik, 'idleInTransactionSessionTimeout')).toMatchObject({ default: 60_000, unit: 'ms' });
        expect(await show('idle_in_transaction_session_timeout')).toBe('1min');
        expect(await show('idle_in_transaction_session_timeout', { idleInTransactionSessionTimeout: 700 })).toBe('700ms');
      },
      'postgres',
    ),
    run(['statementTimeout: zero', 'idleInTransactionSessionTimeout: zero'], '0 is sent to the server as 1', async () => {
      expect(catalogSays(slonik, 'statementTimeout').zero).toBe('becomes 1');
      expect(catalogSays(slonik, 'idleInTransactionSessionTimeout').zero).toBe('becomes 1');
      expect(await startupOf({ statementTimeout: 0, idleInTransactionSessionTimeout: 0 })).toMatchObject({
        statement_timeout: '1',
        idle_in_transaction_session_timeout: '1',
      });
      expect(await startupOf({ statementTimeout: 'DISABLE_TIMEOUT' })).not.toHaveProperty('statement_timeout');
    }),
    run(
      ['gracefulTerminationTimeout: default'],
      'the end waits 5 s for statements under way, or that time',
      async () => {
        expect(catalogSays(slonik, 'gracefulTerminationTimeout')).toMatchObject({ default: 5_000, unit: 'ms' });
        await withPool({}, async (pool) => {
          expect(pool.configuration.gracefulTerminationTimeout).toBe(5_000);
          const sleeping = sleep(pool, 0.3);
          await delay(100);
          expect(await outcome(pool.end(), 50)).toBe('pending');
          await sleeping;
        });
        await withPool({ gracefulTerminationTimeout: 30 }, async (pool) => {
          const sleeping = failure(sleep(pool, 30));
          await delay(100);
          expect(await outcome(pool.end(), 5_000)).toBe('fulfilled');
          const { BackendTerminatedError, BackendTerminatedUnexpectedlyError } = await import('slonik');
          expect([BackendTerminatedError, BackendTerminatedUnexpectedlyError]).toContain((await sleeping).constructor);
        });
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
