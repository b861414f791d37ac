/** How Kysely and its dialects connect, close and fail. */
import net from 'node:net';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Dialect, Kysely } from 'kysely';
import { kysely as descriptor } from '../../../../src/catalog/libraries/kysely.js';
import { run, type Check, type LibraryChecks, type Server } from '../check.js';
import { clientChecks, creatorOf, expectNoClose, lossCheck, onServer, withRelay, type Around } from '../support/clients.js';
import { withSqlServer } from '../support/sql-server.js';

type Db = Kysely<unknown>;

const toPostgres = (port: number) => ({
  host: '127.0.0.1',
  port,
  user: 'postgres',
  password: 'postgres',
  database: 'postgres',
});

async function postgres(port: number): Promise<Dialect> {
  const [{ PostgresDialect }, { default: pg }] = await Promise.all([import('kysely'), import('pg')]);
  const pool = new pg.Pool(toPostgres(port));
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}

async function mysql(port: number): Promise<Dialect> {
  const [{ MysqlDialect }, { createPool }] = await Promise.all([import('kysely'), import('mysql2')]);
  return new MysqlDialect({ pool: createPool({ host: '127.0.0.1', port, user: 'root', database: 'pooled' }) });
}

async function mssql(port: number): Promise<Dialect> {
  const [{ MssqlDialect }, tarn, { default: tedious }] = await Promise.all([
    import('kysely'),
    import('tarn'),
    import('tedious'),
  ]);
  return new MssqlDialect({
    tarn: { ...tarn, options: { min: 0, max: 2 } },
    tedious: {
      ...tedious,
      connectionFactory: () =>
        new tedious.Connection({
          server: '127.0.0.1',
          authentication: { type: 'default', options: { userName: 'sa', password: 'secret' } },
          options: { port, encrypt: false },
        }),
    },
  });
}

/** A database that is there as soon as somebody connects to the port. */
async function sqlite(port: number): Promise<Dialect> {
  const { SqliteDialect } = await import('kysely');
  return new SqliteDialect({
    database: async () => {
      const socket = net.connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return {
        close: () => {
          socket.destroy();
        },
        prepare: () => ({
          reader: true,
          all: () => [],
          run: () => ({ changes: 0, lastInsertRowid: 0 }),
          iterate: () => [].values(),
        }),
      };
    },
  });
}

const use = async (db: Db, statement = 'SELECT 1') => {
  const { CompiledQuery } = await import('kysely');
  return db.executeQuery(CompiledQuery.raw(statement));
};

/** A dialect opens nothing itself, and the instance of Kysely that has it closes it. */
function dialectChecks(
  name: string,
  make: (port: number) => Promise<Dialect>,
  target: Around,
  needs?: Server,
): readonly Check[] {
  return [
    run(
      [`${name}: connects`, `${name}: close`],
      'connects with the first query of its Kysely, and has no close of its own',
      async () => {
        const { close, connects } = creatorOf(descriptor, name);
        expect({ close, connects }).toEqual({ close: [], connects: 'lazy' });
        const { Kysely } = await import('kysely');
        await target((behind) =>
          withRelay(behind, async ({ opened, port }) => {
            const dialect = await make(port);
            expectNoClose(dialect);
            const db = new Kysely<unknown>({ dialect });
            await delay(40);
            expect(opened()).toBe(0);
            await use(db);
            expect(opened()).toBe(1);
            await db.destroy();
          }),
        );
      },
      needs,
    ),
  ];
}

export default {
  library: 'kysely',
  packages: ['kysely'],
  checks: [
    ...clientChecks({
      library: descriptor,
      name: 'Kysely',
      connects: 'lazy',
      close: { destroy: 'async graceful' },
      dispose: 'async',
      needs: 'postgres',
      make: async (port) => {
        const { Kysely } = await import('kysely');
        return new Kysely({ dialect: await postgres(port) });
      },
      use: (db: Db) => use(db),
      busy: (db: Db) => use(db, 'SELECT pg_sleep(0.15)'),
    }),
    ...dialectChecks('PostgresDialect', postgres, onServer('postgres'), 'postgres'),
    lossCheck(
      descriptor,
      'PostgresDialect',
      'crashed',
      onServer('postgres'),
      `import pg from 'pg'; import { CompiledQuery, Kysely, PostgresDialect } from 'kysely';
      const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' });
      await new Kysely({ dialect: new PostgresDialect({ pool }) }).executeQuery(CompiledQuery.raw('SELECT 1'));`,
      { needs: 'postgres' },
    ),
    ...dialectChecks('MysqlDialect', mysql, onServer('mariadb'), 'mariadb'),
    ...dialectChecks('SqliteDialect', sqlite, (test) => withSqlServer(({ port }) => test(port))),
    ...dialectChecks('MssqlDialect', mssql, (test) => withSqlServer(({ port }) => test(port))),
  ],
} satisfies LibraryChecks;
