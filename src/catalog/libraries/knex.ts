import type { Creator, LibraryDescriptor } from '../descriptor.js';

// `default` is the function itself and has to stand alone: as an alternative in braces it would be a member.
const creator = (api: string): Creator => ({
  api,
  invoke: 'call',
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  throwsWithoutConfig: true,
  close: [
    {
      method: 'destroy',
      async: true,
      mode: 'graceful',
      note: 'waits for open transactions without a limit; a second call resolves, later queries fail',
    },
  ],
  dispose: { sync: false, async: false },
  cheapWhen: [
    { test: 'lacks-property', argument: 0, property: 'connection' },
    { test: 'property-is', argument: 0, property: 'client', values: ['sqlite3', 'sqlite', 'better-sqlite3'] },
  ],
  cost: 'opens up to 10 connections of its own',
  note: 'without a connection it is only an SQL builder; over SQLite it holds a file (source lib/dialects/sqlite3)',
});

// The instance, by either export or by its type.
const instance = '{default(),knex(),new Knex()}';
const transaction = { commit: ['commit'], rollback: ['rollback'] } as const;

/** Knex. */
export const knex: LibraryDescriptor = {
  name: 'knex',
  version: '3.3.0 (tarn 3.1.2)',
  modules: ['knex'],
  creators: [creator('default'), creator('knex')],
  checkouts: [
    {
      api: `${instance}.transaction`,
      takes: 'transaction',
      returnsPromise: true,
      managedBy: [0],
      release: ['commit', 'rollback'],
      transaction,
      secondRelease: 'ignored',
    },
    {
      api: `${instance}.transactionProvider()`,
      takes: 'transaction',
      returnsPromise: true,
      release: ['commit', 'rollback'],
      transaction,
      secondRelease: 'ignored',
      note: 'begins with the first call; later calls give the same transaction back',
    },
    {
      api: `${instance}.client.acquireConnection`,
      returnsPromise: true,
      release: ['pool.releaseConnection'],
      secondRelease: 'ignored',
    },
  ],
  managed: [{ api: `${instance}.transaction`, takes: 'transaction', callback: [0], parameter: 0 }],
  shortcuts: [
    { api: `${instance}.raw`, text: 0, chain: 'transacting' },
    {
      api: instance,
      chain: 'transacting',
      note: 'a query builder, which runs when it is awaited',
    },
    {
      api: `${instance}.{select,from,into,table,queryBuilder,with,insert,batchInsert,first}`,
      chain: 'transacting',
      note: 'a query builder, which runs when it is awaited',
    },
  ],
  cheap: [
    { api: 'default().withUserParams', why: 'shares the pool (docs)' },
    { api: 'knex().withUserParams', why: 'shares the pool (docs)' },
  ],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'min is 2 by default: two connections are kept for ever and keep the process alive; with min: 0 it exits after idleTimeoutMillis',
    'pool: { max: 1 } without min throws because min is 2',
    'top-level max and connection.max are ignored: the pool stays at 10',
    'survives the loss of idle connections without an error listener',
  ],
};
