/** What the options of Drizzle do: it hands `connection` on to the driver. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { MySql2DrizzleConfig } from 'drizzle-orm/mysql2';
import type { Pool } from 'mysql2';
import { expect } from 'vitest';
import { drizzle as descriptor } from '../../../../src/catalog/libraries/drizzle.js';
import { follow } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import {
  pgConnectionChecks,
  pgPoolChecks,
  waitOf,
  withMute,
  withPgPool,
  type Options,
  type PgLibrary,
  type PgPool,
} from '../support/pg-pool.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

const overPg = async (argument: string | Options): Promise<PgPool> => {
  const { drizzle } = await import('drizzle-orm/node-postgres');
  const db = typeof argument === 'string' ? drizzle(argument) : drizzle(argument as { readonly connection: string });
  return db.$client as unknown as PgPool;
};
const postgres: PgLibrary = {
  library: descriptor,
  prefix: 'connection.',
  open: (connection) => overPg({ connection }),
};

/** Runs something with the pool that Drizzle makes over mysql2, whose connections are cut afterwards. */
async function withMysql<T>(
  argument: string | Options,
  use: (pool: ReturnType<Pool['promise']>) => Promise<T> | T,
): Promise<T> {
  const { drizzle } = await import('drizzle-orm/mysql2');
  const { $client } = drizzle(argument as MySql2DrizzleConfig & { readonly connection: string });
  try {
    return await use($client.promise());
  } finally {
    const all = follow($client, '_allConnections') as { readonly length: number; readonly get: (index: number) => never };
    const connections: { readonly destroy: () => void }[] = Array.from({ length: all.length }, (_, index) => all.get(index));
    // It would wait for servers that are silent.
    $client.end(() => undefined);
    for (const connection of connections) connection.destroy();
  }
}

const server = async () => ({ host: '127.0.0.1', port: await portOf('mariadb'), user: 'root', database: 'pooled' });
const onMysql = async <T>(options: Options, use: (pool: ReturnType<Pool['promise']>) => Promise<T> | T): Promise<T> =>
  withMysql({ connection: { ...(await server()), ...options } }, use);

/** What the pool of mysql2 takes an option for. */
const taken = (option: string, argument: string | Options) =>
  withMysql(argument, (pool) => follow(pool, `pool.config.${option}`));
const takenOf = (option: string, connection: Options) => taken(option, { connection });

/** How many of five requests may wait for a connection of a pool that hands out none. */
const waiting = (options: Options) =>
  withMysql({ connection: { connectionLimit: -1, ...options } }, async (pool) => {
    const requests = Array.from({ length: 5 }, () => outcome(pool.getConnection(), 30));
    return (await Promise.all(requests)).filter((state) => state === 'pending').length;
  });

const ids = (option: string, ...aspects: readonly string[]) => aspects.map((aspect) => `connection.${option}: ${aspect}`);
const says = (option: string) => catalogSays(descriptor, `connection.${option}`);

/** A connection string that asks for three connections of a pool of pg gets ten. */
const ofPgUrl = (argument: (url: string) => string | Options) =>
  withPgPool({ open: () => overPg(argument('postgres://postgres@127.0.0.1:1/postgres?max=3')) }, {}, ({ options }) => {
    expect(options['max']).toBe(10);
  });

/** A connection string that asks for three connections of a pool of mysql2 gets them. */
const ofMysqlUrl = async (argument: (url: string) => string | Options) => {
  const url = `mysql://root@127.0.0.1:${String(await portOf('mariadb'))}/pooled?connectionLimit=3`;
  expect(descriptor.connectionStrings?.flatMap(({ parameters }) => parameters)).toContainEqual(
    expect.objectContaining({ name: 'connectionLimit', option: 'connection.connectionLimit' }),
  );
  await withMysql(argument(url), (pool) => expectLimit(3, () => pool.getConnection()));
};

export default {
  library: 'drizzle-orm',
  packages: ['drizzle-orm', 'pg', 'pg-pool', 'mysql2'],
  checks: [
    ...pgPoolChecks(postgres),
    ...pgConnectionChecks(postgres),
    run(['ignored parameter max'], 'a URL sets no size of a pool of pg', () => ofPgUrl((url) => url)),
    run(['ignored parameter max#2'], 'a URL as connection sets no size of a pool of pg', () =>
      ofPgUrl((connection) => ({ connection })),
    ),
    run(['ignored parameter max#3'], 'a connectionString sets no size of a pool of pg', () =>
      ofPgUrl((connectionString) => ({ connection: { connectionString } })),
    ),
    run(
      ids('connectionLimit', 'default', 'nan', 'text'),
      'mysql2: ten connections, also for NaN; text counts as the number in it',
      async () => {
        expect(says('connectionLimit')).toMatchObject({ default: 10, nan: 'default', text: 'literal' });
        expect(await takenOf('connectionLimit', { connectionLimit: Number.NaN })).toBe(10);
        await onMysql({}, (pool) => expectLimit(10, () => pool.getConnection()));
        await onMysql({ connectionLimit: '2' }, (pool) => expectLimit(2, () => pool.getConnection()));
      },
      'mariadb',
    ),
    run(
      ids('connectionLimit', 'zero', 'null', 'empty', 'infinity'),
      'mysql2: 0, null, empty text and Infinity lift the limit',
      async () => {
        expect(says('connectionLimit')).toMatchObject({
          zero: 'unlimited',
          null: 'unlimited',
          empty: 'unlimited',
          infinity: 'unlimited',
        });
        for (const connectionLimit of [0, null, '', Number.POSITIVE_INFINITY]) {
          await onMysql({ connectionLimit }, (pool) => expectGranted(12, () => pool.getConnection()));
        }
      },
      'mariadb',
    ),
    run(ids('connectionLimit', 'negative'), 'mysql2: a negative limit opens nothing and every request waits', async () => {
      expect(says('connectionLimit')).toMatchObject({ negative: 'blocks' });
      await withMute(async ({ port, opened }) => {
        await withMysql({ connection: { host: '127.0.0.1', port, connectionLimit: -1 } }, async (pool) => {
          expect(await outcome(pool.query('SELECT 1'))).toBe('pending');
          expect(opened()).toBe(0);
        });
      });
    }),
    run(
      ids('queueLimit', 'default', 'zero', 'null', 'nan', 'text', 'empty'),
      'mysql2: any number of requests may wait unless a positive limit is given, as a number or as text',
      async () => {
        expect(says('queueLimit')).toEqual({
          default: 'unlimited',
          zero: 'unlimited',
          null: 'unlimited',
          nan: 'unlimited',
          empty: 'unlimited',
          text: 'literal',
        });
        expect(await waiting({})).toBe(5);
        for (const queueLimit of [0, null, Number.NaN, '']) expect(await waiting({ queueLimit })).toBe(5);
        expect(await waiting({ queueLimit: 2 })).toBe(2);
        expect(await waiting({ queueLimit: '2' })).toBe(2);
      },
    ),
    run(ids('maxIdle', 'default', 'nan', 'text'), 'mysql2: as many as connectionLimit, also for NaN', async () => {
      expect(descriptor.limits?.find(({ option }) => option === 'connection.maxIdle')).toMatchObject({
        default: null,
        defaultsTo: 'connection.connectionLimit',
        nan: 'default',
        text: 'literal',
      });
      expect(await takenOf('maxIdle', {})).toBe(10);
      expect(await takenOf('maxIdle', { connectionLimit: 4 })).toBe(4);
      expect(await takenOf('maxIdle', { connectionLimit: 4, maxIdle: Number.NaN })).toBe(4);
      expect(await takenOf('maxIdle', { connectionLimit: 4, maxIdle: '2' })).toBe(2);
    }),
    run(
      [
        ...ids('maxIdle', 'zero'),
        ...ids('idleTimeout', 'zero'),
        'relation connection.maxIdle below connection.connectionLimit',
        'recycling#2',
      ],
      'mysql2: idle connections are looked for once a second, and only with a maxIdle below connectionLimit',
      async () => {
        expect(says('maxIdle')).toMatchObject({ zero: 'none' });
        expect(says('idleTimeout')).toMatchObject({ zero: 'immediate' });
        expect(descriptor.relations).toMatchObject([
          { kind: 'below', left: 'connection.maxIdle', right: 'connection.connectionLimit', given: 'either' },
        ]);
        expect(descriptor.recycling?.[1]).toMatchObject({
          idle: 'none',
          lifetime: 'none',
          validates: 'none',
          boundedBy: ['connection.idleTimeout'],
        });
        const idleAfterALook = (options: Options) =>
          onMysql({ connectionLimit: 2, ...options }, async (pool) => {
            const connection = await pool.getConnection();
            const socket = follow(connection, 'connection.stream') as Socket;
            connection.release();
            const written = socket.bytesWritten;
            const again = await pool.getConnection();
            // Nothing is asked of a connection before it is handed out again.
            expect(follow(again, 'connection.stream')).toBe(socket);
            expect(socket.bytesWritten).toBe(written);
            again.release();
            await delay(1_300);
            return socket.destroyed ? 'closed' : 'open';
          });
        expect(
          await Promise.all([
            idleAfterALook({ maxIdle: 1, idleTimeout: 0 }),
            idleAfterALook({ maxIdle: 1 }),
            idleAfterALook({ maxIdle: 0, idleTimeout: 10 }),
            idleAfterALook({ idleTimeout: 10 }),
            idleAfterALook({}),
          ]),
        ).toEqual(['closed', 'open', 'closed', 'open', 'open']);
      },
      'mariadb',
    ),
    run(ids('idleTimeout', 'default', 'nan', 'text'), 'mysql2: 60 s, also for NaN', async () => {
      expect(says('idleTimeout')).toMatchObject({ default: 60_000, nan: 'default', text: 'literal', unit: 'ms' });
      expect(await takenOf('idleTimeout', {})).toBe(60_000);
      expect(await takenOf('idleTimeout', { idleTimeout: Number.NaN })).toBe(60_000);
      expect(await takenOf('idleTimeout', { idleTimeout: '5000' })).toBe(5_000);
    }),
    run(
      [...ids('connectTimeout', 'default', 'zero', 'nan'), 'wait for connect#2'],
      'mysql2: a connection may take 10 s, also for NaN, and for ever with 0',
      async () => {
        expect(says('connectTimeout')).toMatchObject({ default: 10_000, zero: 'unlimited', nan: 'default', unit: 'ms' });
        expect(waitOf(descriptor, 'connect', 2)).toMatchObject({
          default: 10_000,
          endedBy: ['connection.connectTimeout'],
        });
        expect(await takenOf('connectionConfig.connectTimeout', {})).toBe(10_000);
        expect(await takenOf('connectionConfig.connectTimeout', { connectTimeout: Number.NaN })).toBe(10_000);
        await withMute(async ({ port }) => {
          const connection = { host: '127.0.0.1', port };
          await withMysql({ connection: { ...connection, connectTimeout: 40 } }, async (pool) => {
            expect(await failure(pool.getConnection())).toMatchObject({ code: 'ETIMEDOUT' });
          });
          for (const [options, hasTimer] of [
            [{ connectTimeout: 0 }, false],
            [{}, true],
          ] as const) {
            await withMysql({ connection: { ...connection, ...options } }, async (pool) => {
              expect(await outcome(pool.getConnection())).toBe('pending');
              const all = follow(pool, 'pool._allConnections') as { readonly get: (index: number) => unknown };
              expect(Boolean(follow(all.get(0), 'connectTimeout'))).toBe(hasTimer);
            });
          }
        });
      },
    ),
    run(
      ['wait for acquire#2'],
      'mysql2: no option ends the wait for a free connection; without waitForConnections there is none',
      async () => {
        expect(waitOf(descriptor, 'acquire', 2)).toMatchObject({ default: 'none', endedBy: [] });
        await onMysql({ connectionLimit: 1, idleTimeout: 20 }, async (pool) => {
          await pool.getConnection();
          expect(await outcome(pool.getConnection(), 120)).toBe('pending');
        });
        await onMysql({ connectionLimit: 1, waitForConnections: false }, async (pool) => {
          await pool.getConnection();
          expect((await failure(pool.getConnection())).message).toBe('No connections available.');
        });
      },
      'mariadb',
    ),
    run(['parameter connectionLimit'], 'a URL sets the size of a pool of mysql2', () => ofMysqlUrl((url) => url), 'mariadb'),
    run(
      ['parameter connectionLimit#2'],
      'a URL as connection sets the size of a pool of mysql2',
      () => ofMysqlUrl((connection) => ({ connection })),
      'mariadb',
    ),
    run(
      ['parameter connectionLimit#3'],
      'a uri sets the size of a pool of mysql2',
      () => ofMysqlUrl((uri) => ({ connection: { uri } })),
      'mariadb',
    ),
  ],
} satisfies LibraryChecks;
