/** What the options of MikroORM do, over knex and tarn. */
import type { Options as OrmOptions } from '@mikro-orm/postgresql';
import { expect, vi } from 'vitest';
import { mikroOrm } from '../../../../src/catalog/libraries/mikro-orm.js';
import { follow, invoke } from '../../support/members.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { withSilentServer } from '../support/silent-server.js';
import { withSqlServer } from '../support/sql-server.js';
import { BAD_MAX, BAD_MIN, badTime, MIN_ABOVE_MAX, REFUSED_SIZES } from '../support/tarn.js';
import { expectGranted, expectLimit, failure } from '../support/waiting.js';

type Options = Readonly<Record<string, unknown>>;

/** The client of knex behind an ORM, with what is looked at here. */
interface Client {
  readonly pool?: Options & { readonly destroy: () => Promise<unknown> };
  readonly acquireConnection: () => Promise<object>;
}

interface Dialect {
  /** Which of the entries of the catalog is meant. */
  readonly occurrence: 1 | 2 | 3;
  readonly name: string;
  readonly needs?: 'mariadb' | 'postgres';
  /** Runs something while there is a server of it. */
  readonly around: <T>(use: (port: number) => Promise<T>) => Promise<T>;
}

const ignore = () => undefined;

async function ormOf(occurrence: Dialect['occurrence'], port: number, pool: Options) {
  const { MikroORM } = await import('@mikro-orm/postgresql');
  const options: OrmOptions = {
    host: '127.0.0.1',
    port,
    dbName: occurrence === 1 ? 'postgres' : 'pooled',
    user: occurrence === 1 ? 'postgres' : 'root',
    password: occurrence === 1 ? 'postgres' : '',
    entities: [],
    discovery: { warnWhenNoEntities: false },
    pool,
    logger: ignore,
  };
  return MikroORM.initSync(options);
}

/** The client of knex that MikroORM makes for a dialect; the packages for MySQL and SQL Server add nothing to its pool. */
async function clientOf(occurrence: Dialect['occurrence'], port: number, pool: Options): Promise<Client> {
  const { AbstractSqlConnection, MsSqlKnexDialect, MySqlConnection, PostgreSqlConnection } =
    await import('@mikro-orm/postgresql');
  class MsSqlConnection extends AbstractSqlConnection {
    override createKnex() {
      this.client = this.createKnexClient(MsSqlKnexDialect as never);
    }
    override getDefaultClientUrl() {
      return 'mssql://sa@127.0.0.1:1433';
    }
    protected override transformRawResult(result: never) {
      return result;
    }
  }
  const Connection = { 1: PostgreSqlConnection, 2: MySqlConnection, 3: MsSqlConnection }[occurrence];
  const orm = await ormOf(occurrence, port, pool);
  if (occurrence === 3) orm.config.set('driverOptions', { connection: { options: { encrypt: false } } });
  return new Connection(orm.config).getKnex().client as Client;
}

const dialects: readonly Dialect[] = [
  { occurrence: 1, name: 'PostgreSQL', needs: 'postgres', around: async (use) => use(await portOf('postgres')) },
  { occurrence: 2, name: 'MySQL', needs: 'mariadb', around: async (use) => use(await portOf('mariadb')) },
  { occurrence: 3, name: 'SQL Server', around: (use) => withSqlServer(({ port }) => use(port)) },
];

/** Runs something with the client of knex, whose pool is closed afterwards. */
async function withClient<T>(
  { around, occurrence }: Pick<Dialect, 'around' | 'occurrence'>,
  pool: Options,
  use: (client: Client) => Promise<T> | T,
): Promise<T> {
  return around(async (port) => {
    const client = await clientOf(occurrence, port, pool);
    try {
      return await use(client);
    } finally {
      // It waits for what is out, and hands out nothing more.
      void client.pool?.destroy();
      for (const { resource } of (follow(client, 'pool.used') ?? []) as readonly { readonly resource: object }[]) {
        invoke(client, 'releaseConnection', resource);
      }
    }
  });
}

const take = (client: Client) => () => client.acquireConnection();

/** Nobody listens there, and nothing is asked of it. */
const nowhere = { around: <T>(use: (port: number) => Promise<T>) => use(1) };

function ofDialect(dialect: Dialect): readonly Check[] {
  const { name, needs, occurrence } = dialect;
  const id = (option: string, aspect: string) => `${option}${occurrence === 1 ? '' : `#${String(occurrence)}`}: ${aspect}`;
  const refusals = (option: string, values: Options, message: string) =>
    run(
      Object.keys(values).map((aspect) => id(option, aspect)),
      `${name}: is refused: ${message}`,
      async () => {
        const said = catalogSays(mikroOrm, option, occurrence) as Options;
        for (const [aspect, value] of Object.entries(values)) {
          expect(said[aspect], aspect).toBe('throws');
          const pool = { [option.replace('pool.', '')]: value };
          await expect(withClient({ ...nowhere, occurrence }, pool, ignore), aspect).rejects.toThrow(message);
        }
      },
    );
  return [
    refusals('pool.max', REFUSED_SIZES, BAD_MAX),
    refusals('pool.min', REFUSED_SIZES, BAD_MIN),
    refusals('pool.min', { infinity: Number.POSITIVE_INFINITY }, MIN_ABOVE_MAX),
    run([id('pool.max', 'zero')], `${name}: 0 makes no pool, and every request fails`, async () => {
      expect(catalogSays(mikroOrm, 'pool.max', occurrence)).toMatchObject({ zero: 'fails' });
      await withClient({ ...nowhere, occurrence }, { max: 0 }, async (client) => {
        expect(client.pool).toBeUndefined();
        expect((await failure(client.acquireConnection())).message).toBe('Unable to acquire a connection');
      });
    }),
    run([id('pool.min', 'default'), id('pool.min', 'zero')], `${name}: two connections are kept`, async () => {
      expect(catalogSays(mikroOrm, 'pool.min', occurrence)).toMatchObject({ default: 2, zero: 'none' });
      const kept = (pool: Options) => withClient({ ...nowhere, occurrence }, pool, (client) => client.pool?.['min']);
      expect(await kept({})).toBe(2);
      expect(await kept({ min: 0 })).toBe(0);
    }),
    run(
      [id('pool.max', 'default'), id('pool.max', 'infinity')],
      `${name}: ten connections, and any number with Infinity`,
      async () => {
        expect(catalogSays(mikroOrm, 'pool.max', occurrence)).toMatchObject({ default: 10, infinity: 'unlimited' });
        // mysql2 complains about an option that MikroORM gives it.
        const complaint = vi.spyOn(console, 'error').mockImplementation(ignore);
        try {
          await withClient(dialect, {}, (client) => expectLimit(10, take(client)));
          await withClient(dialect, { max: Number.POSITIVE_INFINITY }, (client) => expectGranted(12, take(client)));
        } finally {
          complaint.mockRestore();
        }
      },
      needs,
    ),
  ];
}

const acquire = (acquireTimeoutMillis: unknown) =>
  withClient({ ...nowhere, occurrence: 1 }, { acquireTimeoutMillis }, (client) => client.pool?.['acquireTimeoutMillis']);

export default {
  library: '@mikro-orm/core',
  packages: ['@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/knex'],
  checks: [
    ...dialects.flatMap(ofDialect),
    run(
      ['zero', 'negative', 'null', 'nan', 'float'].map((aspect) => `pool.acquireTimeoutMillis: ${aspect}`),
      'is refused unless it is a positive whole number',
      async () => {
        const said = catalogSays(mikroOrm, 'pool.acquireTimeoutMillis') as Options;
        const values = { zero: 0, negative: -1, null: null, nan: Number.NaN, float: 2.5 };
        for (const [aspect, value] of Object.entries(values)) {
          expect(said[aspect], aspect).toBe('throws');
          await expect(acquire(value), aspect).rejects.toThrow(badTime('acquireTimeoutMillis'));
        }
      },
    ),
    run(
      ['pool.acquireTimeoutMillis: default', 'wait for acquire'],
      'the wait for a connection ends after 60 s, or that time',
      async () => {
        expect(catalogSays(mikroOrm, 'pool.acquireTimeoutMillis')).toMatchObject({ default: 60_000, unit: 'ms' });
        expect(mikroOrm.waits).toMatchObject([{ for: 'acquire', default: 60_000, endedBy: ['pool.acquireTimeoutMillis'] }]);
        expect(await acquire(undefined)).toBe(60_000);
        const [postgres] = dialects;
        if (!postgres) throw new Error('There is no dialect.');
        await withClient(postgres, { min: 0, max: 1, acquireTimeoutMillis: 150 }, async (client) => {
          await client.acquireConnection();
          expect((await failure(client.acquireConnection())).message).toContain('Timeout acquiring a connection');
        });
      },
      'postgres',
    ),
    run(
      ['pool.acquireTimeoutMillis: text', 'pool.acquireTimeoutMillis: infinity'],
      'text counts as the number in it, and with Infinity the wait is over at once',
      async () => {
        expect(catalogSays(mikroOrm, 'pool.acquireTimeoutMillis')).toMatchObject({ text: 'literal', infinity: 'immediate' });
        expect(await acquire('3000')).toBe(3_000);
        // Node warns of a time that no timer can hold.
        const warning = vi.spyOn(process, 'emitWarning').mockImplementation(ignore);
        try {
          await withSilentServer(async ({ port }) => {
            const silent = { occurrence: 1, around: <T>(use: (port: number) => Promise<T>) => use(port) } as const;
            await withClient(silent, { acquireTimeoutMillis: Number.POSITIVE_INFINITY }, async (client) => {
              expect((await failure(client.acquireConnection())).message).toContain('Timeout acquiring a connection');
            });
          });
        } finally {
          warning.mockRestore();
        }
      },
    ),
    run(['relation pool.min at-most pool.max'], 'a max below the two connections that are kept is refused', async () => {
      expect(mikroOrm.relations).toMatchObject([{ kind: 'at-most', left: 'pool.min', right: 'pool.max', given: 'either' }]);
      const orm = await ormOf(1, 1, { max: 1 });
      expect(() => orm.em.getConnection().getKnex()).toThrow(MIN_ABOVE_MAX);
    }),
  ],
} satisfies LibraryChecks;
