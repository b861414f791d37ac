import type { Creator, LibraryDescriptor, UnusualValues } from '../descriptor.js';
import { knexLimits, knexRecycling, knexRelations, knexTimeouts } from '../pools/tarn.js';

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
  cost: 'opens up to {max} connections of its own',
  note: 'without a connection it is only an SQL builder; over SQLite it holds a file (source lib/dialects/sqlite3)',
});

// The instance, by either export or by its type.
const instance = '{default(),knex(),new Knex()}';
const answers = ['', '{raw,select,from,into,table,queryBuilder,with,insert,batchInsert,first}'] as const;
const transaction = { commit: ['commit'], rollback: ['rollback'] } as const;

// Where knex is in front of what tarn makes of a time.
const OWN: Readonly<Record<string, UnusualValues>> = { 'pool.acquireTimeoutMillis': { text: 'literal' } };

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
      answers,
    },
    {
      api: `${instance}.transactionProvider()`,
      takes: 'transaction',
      returnsPromise: true,
      release: ['commit', 'rollback'],
      transaction,
      secondRelease: 'ignored',
      answers,
      note: 'begins with the first call; later calls give the same transaction back',
    },
    {
      api: `${instance}.client.acquireConnection`,
      returnsPromise: true,
      release: ['pool.releaseConnection'],
      secondRelease: 'ignored',
    },
  ],
  managed: [{ api: `${instance}.transaction`, takes: 'transaction', callback: [0], parameter: 0, answers }],
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
  alsoTaken: ['new Knex()'],
  limits: knexLimits({}),
  timeouts: [
    {
      option: 'acquireConnectionTimeout',
      covers: ['acquire', 'connect'],
      misses: ['query'],
      unit: 'ms',
      default: 60_000,
      zero: { means: 'throws', does: 'throws: tarn refuses it' },
      null: { means: 'throws', does: 'throws: tarn refuses it' },
      note: 'the smaller of it and pool.acquireTimeoutMillis holds',
    },
    ...knexTimeouts({}).map((time) => ({ ...time, ...OWN[time.option] })),
    {
      option: 'timeout',
      of: [],
      at: [
        { api: '{default()(),knex()(),default().raw(),knex().raw()}.timeout', argument: 0, property: '', holds: 'call' },
        {
          api: '{default(),knex()}.{select,from,into,table,queryBuilder,with,insert,first}().timeout',
          argument: 0,
          property: '',
          holds: 'call',
        },
      ],
      covers: ['query'],
      misses: ['acquire'],
      unit: 'ms',
      default: 'none',
      note: 'the statement goes on in the server unless { cancel: true } is the second argument',
    },
  ],
  waits: [
    { for: 'connect', default: 30_000, endedBy: ['pool.createTimeoutMillis'] },
    { for: 'acquire', default: 60_000, endedBy: ['acquireConnectionTimeout', 'pool.acquireTimeoutMillis'] },
    { for: 'query', default: 'none', endedBy: ['timeout'] },
  ],
  relations: knexRelations({}),
  recycling: [knexRecycling],
  ignored: [
    ...['max', 'connection.max', 'connection.connectionLimit'].map((option) => ({
      option,
      because: 'other-place' as const,
      leaves: 'the pool keeps its 10 connections',
      instead: 'pool.max',
    })),
    {
      option: 'min',
      because: 'other-place',
      instead: 'pool.min',
    },
    ...(
      [
        ['pool.acquire', 'pool.acquireTimeoutMillis'],
        ['pool.idle', 'pool.idleTimeoutMillis'],
        ['pool.connectionLimit', 'pool.max'],
      ] as const
    ).map(([option, instead]) => ({
      option,
      because: 'other-name' as const,
      does: 'throws: tarn does not know it',
      instead,
    })),
  ],
  connectionStrings: ['connection', 'connection.connectionString'].map((property) => ({
    property,
    when: [{ test: 'property-matches' as const, argument: 0, property: 'client', pattern: /^(?:pg|postgres|cockroach)/u }],
    parameters: [],
    ignored: ['max', 'connection_limit'].map((name) => ({
      name,
      leaves: 'the pool keeps its 10 connections',
      instead: 'pool.max',
    })),
  })),
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'min is 2 by default: two connections are kept for ever and keep the process alive; with min: 0 it exits after idleTimeoutMillis',
    'pool: { max: 1 } without min throws because min is 2',
    'top-level max and connection.max are ignored: the pool stays at 10',
    'survives the loss of idle connections without an error listener',
  ],
};
