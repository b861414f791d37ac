/** What the options of mariadb do. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Pool } from 'mariadb';
import { expect } from 'vitest';
import { mariadb } from '../../../../src/catalog/libraries/mariadb.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { withSilentServer } from '../support/silent-server.js';
import { until } from '../support/site.js';
import { expectLimit, failure } from '../support/waiting.js';

/** Options may hold what their types forbid: that is what is tried. */
type Options = Readonly<Record<string, unknown>>;

const server = async () => ({ host: '127.0.0.1', port: await portOf('mariadb'), user: 'root', database: 'pooled' });

/** Runs something with a pool, which is closed afterwards. */
async function withPool<T>(options: Options | string, use: (pool: Pool) => Promise<T>): Promise<T> {
  const { createPool } = await import('mariadb');
  const pool = createPool(options);
  const held: { readonly destroy: () => void }[] = [];
  const getConnection = pool.getConnection.bind(pool);
  pool.getConnection = async () => {
    const connection = await getConnection();
    held.push(connection);
    return connection;
  };
  try {
    return await use(pool);
  } finally {
    // The pool would wait for connections that are out.
    for (const connection of held) connection.destroy();
    await pool.end();
  }
}

/** Connects, does something and hangs up. */
async function withConnection<T>(
  options: Options,
  use: (connection: { readonly query: (sql: string) => Promise<unknown> }) => Promise<T>,
): Promise<T> {
  const { createConnection } = await import('mariadb');
  const connection = await createConnection(options);
  // It has been ended where a timeout has cut it.
  connection.on('error', () => undefined);
  try {
    return await use(connection);
  } finally {
    connection.destroy();
  }
}

/** What a pool takes its options for: the class that createPool() hands them to. */
async function taken(options: Options | string): Promise<Readonly<Record<string, unknown>>> {
  const file = path.resolve(import.meta.dirname, '../../../../node_modules/mariadb/lib/config/pool-options.js');
  const { default: PoolOptions } = (await import(pathToFileURL(file).href)) as {
    readonly default: new (options: Options | string) => Readonly<Record<string, unknown>>;
  };
  return new PoolOptions(options);
}

/** What a connection takes its options for. */
async function takenByConnection(options: Options): Promise<Readonly<Record<string, unknown>>> {
  const { defaultOptions } = await import('mariadb');
  const read: unknown = defaultOptions(options);
  return read as Readonly<Record<string, unknown>>;
}

/** The seconds after which the server ends statements of a session. */
const statementTime = async (options: Options) =>
  withConnection({ ...(await server()), ...options }, async (connection) => {
    const [row] = (await connection.query('SELECT @@max_statement_time AS seconds')) as readonly {
      readonly seconds: unknown;
    }[];
    return Number(row?.seconds);
  });

const sleep = async (options: Options) =>
  withConnection({ ...(await server()), ...options }, (connection) => outcome(connection.query('SELECT SLEEP(0.25)'), 5_000));

const PARAMETERS = 'connectionLimit=3&acquireTimeout=4000&connectTimeout=500&idleTimeout=60&minimumIdle=2';

export default {
  library: 'mariadb',
  packages: ['mariadb'],
  checks: [
    run(
      ['connectionLimit: default', 'minimumIdle: default'],
      'opens ten connections at once, and no more',
      async () => {
        expect(catalogSays(mariadb, 'connectionLimit').default).toBe(10);
        expect(mariadb.limits?.[1]).toMatchObject({ option: 'minimumIdle', default: null, defaultsTo: 'connectionLimit' });
        await withPool(await server(), async (pool) => {
          await until('ten connections', () => pool.totalConnections() === 10);
          await expectLimit(10, () => pool.getConnection());
        });
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: zero', 'connectionLimit: negative', 'connectionLimit: null'],
      'without a positive limit every request fails after acquireTimeout',
      async () => {
        for (const connectionLimit of [0, -1, null]) {
          const options = { ...(await server()), connectionLimit, acquireTimeout: 60 };
          await withPool(options, async (pool) => {
            expect(await failure(pool.query('SELECT 1'))).toMatchObject({ code: 'ER_GET_CONNECTION_TIMEOUT' });
            expect(pool.totalConnections()).toBe(0);
          });
        }
      },
      'mariadb',
    ),
    run(
      ['connectionLimit: text', 'minimumIdle: text'],
      'text counts as the number in it',
      async () => {
        await withPool({ ...(await server()), connectionLimit: '2', minimumIdle: '1' }, async (pool) => {
          await until('a connection', () => pool.idleConnections() === 1);
          expect(await taken({ minimumIdle: '1' })).toMatchObject({ minimumIdle: 1 });
          await expectLimit(2, () => pool.getConnection());
        });
      },
      'mariadb',
    ),
    run(['acquireTimeout: default', 'initializationTimeout: default'], '10 s, and 100 ms less', async () => {
      expect(catalogSays(mariadb, 'acquireTimeout')).toMatchObject({ default: 10_000, unit: 'ms' });
      expect(await taken({})).toMatchObject({ acquireTimeout: 10_000, initializationTimeout: 9_900 });
      expect(await taken({ acquireTimeout: 2_000 })).toMatchObject({ initializationTimeout: 1_900 });
    }),
    run(
      ['acquireTimeout: zero', 'acquireTimeout: text', 'wait for acquire'],
      'ends the wait for a free connection, at once with 0',
      async () => {
        expect(mariadb.waits?.[1]).toMatchObject({ for: 'acquire', default: 10_000, endedBy: ['acquireTimeout'] });
        const waitWith = async (options: Options) =>
          withPool({ ...(await server()), connectionLimit: 1, ...options }, async (pool) => {
            await until('a connection', () => pool.idleConnections() === 1);
            await pool.getConnection();
            return outcome(pool.getConnection(), 150);
          });
        expect(await Promise.all([waitWith({}), waitWith({ acquireTimeout: 0 }), waitWith({ acquireTimeout: '40' })])).toEqual([
          'pending',
          'rejected',
          'rejected',
        ]);
        expect(await taken({ acquireTimeout: '40' })).toMatchObject({ acquireTimeout: 40 });
      },
      'mariadb',
    ),
    run(
      ['idleTimeout: default', 'idleTimeout: text', 'recycling'],
      'closes idle connections after seconds, down to minimumIdle, and asks the server before it uses one again',
      async () => {
        expect(catalogSays(mariadb, 'idleTimeout')).toMatchObject({ default: 1_800, unit: 's' });
        expect(mariadb.recycling).toMatchObject([
          { idle: 1_800_000, keeps: 'minimumIdle', lifetime: 'none', validates: 'ping' },
        ]);
        expect(await taken({})).toMatchObject({ idleTimeout: 1_800, minDelayValidation: 500 });
        const idle = async (options: Options) =>
          withPool({ ...(await server()), idleTimeout: '0.7', ...options }, async (pool) => {
            const connections = await Promise.all([pool.getConnection(), pool.getConnection()]);
            for (const connection of connections) await connection.release();
            await delay(600);
            const early = pool.totalConnections();
            await delay(700);
            return [early, pool.totalConnections()];
          });
        const commands = async (idleFor: number) => {
          await delay(idleFor);
          const [row] = await pinged.query<readonly { readonly Value: unknown }[]>("SHOW STATUS LIKE 'Com_admin_commands'");
          return Number(row?.Value);
        };
        const pings = async () => {
          const before = await commands(0);
          const between = await commands(0);
          return [between - before, (await commands(600)) - between];
        };
        const { createPool } = await import('mariadb');
        const pinged = createPool({ ...(await server()), connectionLimit: 1 });
        try {
          const [counted, ...left] = await Promise.all([
            pings(),
            idle({ connectionLimit: 3, minimumIdle: 0 }),
            idle({ connectionLimit: 3, minimumIdle: 1 }),
            idle({ connectionLimit: 2 }),
          ]);
          expect(left).toEqual([
            [2, 0],
            [2, 1],
            [2, 2],
          ]);
          expect(counted).toEqual([0, 1]);
        } finally {
          await pinged.end();
        }
      },
      'mariadb',
    ),
    run(
      ['connectTimeout: default', 'connectTimeout: zero', 'connectTimeout: text', 'wait for connect'],
      'ends the wait for a silent server, after 1 s by default and never with 0',
      async () => {
        expect(catalogSays(mariadb, 'connectTimeout')).toMatchObject({ default: 1_000, unit: 'ms' });
        expect(mariadb.waits?.[0]).toMatchObject({ for: 'connect', default: 1_000, endedBy: ['connectTimeout'] });
        expect(await taken({ acquireTimeout: 400 })).toMatchObject({ connOptions: { connectTimeout: 400 } });
        await withSilentServer(async ({ port }) => {
          const connect = (options: Options) =>
            withConnection({ host: '127.0.0.1', port, ...options }, () => Promise.resolve());
          const byDefault = connect({});
          const states = await Promise.all([
            outcome(byDefault, 300),
            outcome(connect({ connectTimeout: 0 }), 1_300),
            outcome(connect({ connectTimeout: '40' }), 300),
          ]);
          expect(states).toEqual(['pending', 'pending', 'rejected']);
          expect(await failure(byDefault)).toMatchObject({ code: 'ER_CONNECTION_TIMEOUT' });
          expect(await takenByConnection({})).toMatchObject({ connectTimeout: 1_000 });
        });
      },
    ),
    run(
      ['queryTimeout: default', 'queryTimeout: zero', 'queryTimeout: negative', 'queryTimeout: nan', 'queryTimeout: text'],
      'is a setting of the session that ends statements, and is not set without a positive number',
      async () => {
        expect(catalogSays(mariadb, 'queryTimeout')).toMatchObject({ default: 'none', unit: 'ms' });
        expect(await statementTime({})).toBe(0);
        for (const queryTimeout of [0, -1, Number.NaN]) expect(await statementTime({ queryTimeout })).toBe(0);
        expect(await statementTime({ queryTimeout: '1500' })).toBe(1.5);
      },
      'mariadb',
    ),
    run(
      [
        'socketTimeout: default',
        'socketTimeout: zero',
        'socketTimeout: negative',
        'socketTimeout: nan',
        'socketTimeout: text',
        'wait for query',
      ],
      'a statement takes its time unless queryTimeout or socketTimeout is positive',
      async () => {
        expect(catalogSays(mariadb, 'socketTimeout')).toMatchObject({ default: 'none', unit: 'ms' });
        expect(mariadb.waits?.[2]).toMatchObject({
          for: 'query',
          default: 'none',
          endedBy: ['queryTimeout', 'socketTimeout'],
        });
        expect(await takenByConnection({})).toMatchObject({ socketTimeout: 0, queryTimeout: 0 });
        expect(
          await Promise.all([
            sleep({}),
            ...[0, -1, Number.NaN, '60'].map((socketTimeout) => sleep({ socketTimeout })),
            sleep({ queryTimeout: 60 }),
          ]),
        ).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected']);
      },
      'mariadb',
    ),
    run(['relation minimumIdle at-most connectionLimit'], 'minimumIdle is lowered to connectionLimit', async () => {
      expect(await taken({ connectionLimit: 2, minimumIdle: 5 })).toMatchObject({ connectionLimit: 2, minimumIdle: 2 });
    }),
    run(
      ['relation acquireTimeout at-most queryTimeout'],
      'the wait for a connection goes on when the time of a statement is over',
      async () => {
        const options = { ...(await server()), connectionLimit: 1, acquireTimeout: 2_000, queryTimeout: 40 };
        await withPool(options, async (pool) => {
          const connection = await pool.getConnection();
          expect(await outcome(pool.query('SELECT 1'), 150)).toBe('pending');
          expect(await failure(connection.query('SELECT SLEEP(1)'))).toMatchObject({ code: 'ER_STATEMENT_TIMEOUT' });
        });
      },
      'mariadb',
    ),
    run(
      ['connectionLimit', 'acquireTimeout', 'connectTimeout', 'idleTimeout', 'minimumIdle'].map((name) => `parameter ${name}`),
      'the query of a URL sets options',
      async () => {
        expect(await taken(`mariadb://root@127.0.0.1:1/pooled?${PARAMETERS}`)).toMatchObject({
          connectionLimit: 3,
          acquireTimeout: 4_000,
          connOptions: { connectTimeout: 500 },
          idleTimeout: 60,
          minimumIdle: 2,
        });
      },
    ),
    run(['ignored parameter connection_limit'], 'the name of another library is not read in a URL', async () => {
      expect(await taken('mariadb://root@127.0.0.1:1/pooled?connection_limit=3')).toMatchObject({ connectionLimit: 10 });
    }),
  ],
} satisfies LibraryChecks;
