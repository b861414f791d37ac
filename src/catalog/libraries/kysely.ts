import type { Creator, LibraryDescriptor } from '../descriptor.js';

const dialect = (api: string, rest: Partial<Creator> = {}): Creator => ({
  api,
  invoke: 'new',
  makes: 'wrapper',
  holds: 'nothing',
  connects: 'lazy',
  close: [],
  cost: 'is a dialect over a pool made by the caller',
  ...rest,
});

const controlled = 'new Kysely().startTransaction()';

const builders = '{selectFrom,selectNoFrom,insertInto,updateTable,deleteFrom,replaceInto,mergeInto,with,withRecursive}';
const answers = [builders, 'executeQuery'] as const;

/** Kysely and its dialects. */
export const kysely: LibraryDescriptor = {
  name: 'kysely',
  version: '0.28.18 (0.29.9 spot-checked)',
  modules: ['kysely'],
  creators: [
    {
      api: 'Kysely',
      invoke: 'new',
      makes: 'wrapper',
      holds: 'nothing',
      connects: 'lazy',
      generic: true,
      close: [
        {
          method: 'destroy',
          async: true,
          mode: 'graceful',
          note: 'ends the pool of the caller too; a second call resolves, later queries reject',
        },
      ],
      dispose: {
        sync: false,
        async: true,
        note: 'the same as destroy(); a controlled transaction inherits it, but there it rejects and leaves the connection checked out',
      },
      cost: 'owns the pool of its dialect',
    },
    dialect('PostgresDialect', {
      errorEvent: {
        event: 'error',
        crashesProcess: true,
        on: 'pool',
        note: 'on the pg Pool in the pool property of the argument: kysely attaches no listener, and an idle connection that loses its server ends the process',
      },
      note: 'pool may also be an async function that makes the pool',
    }),
    dialect('MysqlDialect', { note: 'pool may also be an async function that makes the pool' }),
    dialect('SqliteDialect', { cost: 'is a dialect over a database opened by the caller' }),
    dialect('MssqlDialect', {
      makes: 'pool',
      holds: 'sockets',
      cost: 'makes a tarn pool of connections once a Kysely instance uses it',
      note: 'takes the tarn and tedious modules, not a pool, and makes the pool itself (source dialect/mssql/mssql-driver.js); the Kysely instance closes it',
    }),
  ],
  checkouts: [
    {
      api: `{${controlled},${controlled}.setIsolationLevel(),${controlled}.setAccessMode(),${controlled}.setIsolationLevel().setAccessMode(),${controlled}.setAccessMode().setIsolationLevel()}.execute`,
      takes: 'transaction',
      returnsPromise: true,
      release: ['commit().execute', 'rollback().execute'],
      transaction: { commit: ['commit().execute'], rollback: ['rollback().execute'] },
      dispose: {
        sync: false,
        async: true,
        effect: 'leaks',
        note: 'rejects with "calling the destroy method for a Transaction is not supported" and leaves the connection checked out',
      },
      secondRelease: 'rejects',
      answers,
      note: 'commit() and rollback() do nothing without execute() (run on 0.28.18)',
    },
  ],
  managed: [
    {
      api: '{new Kysely().transaction(),new Kysely().transaction().setIsolationLevel(),new Kysely().transaction().setAccessMode(),new Kysely().transaction().setIsolationLevel().setAccessMode()}.execute',
      takes: 'transaction',
      callback: [0],
      parameter: 0,
      answers,
    },
    { api: 'new Kysely().connection().execute', takes: 'connection', callback: [0], parameter: 0, answers },
  ],
  shortcuts: [
    {
      api: `new Kysely().${builders}`,
      chains: ['withSchema', 'withPlugin'],
      note: 'a query builder, which runs with execute()',
    },
    { api: 'new Kysely().executeQuery', note: 'takes a compiled query' },
  ],
  cheap: [
    { api: 'new Kysely().{withSchema,withPlugin}', why: 'shares the connections of its instance' },
    { api: 'DummyDriver', why: 'has no connection: only for building SQL' },
  ],
  transfers: [
    { api: 'new PostgresDialect()', argument: 0, property: 'pool', takesOver: true },
    { api: 'new MysqlDialect()', argument: 0, property: 'pool', takesOver: true, note: 'read in the source, not run' },
    { api: 'new SqliteDialect()', argument: 0, property: 'database', takesOver: true, note: 'read in the source, not run' },
    { api: 'new Kysely()', argument: 0, property: 'dialect', takesOver: true },
  ],
  holdsProcess: 'unknown',
  notes: ['keeps the process alive and reports errors as the driver of its dialect does'],
};
