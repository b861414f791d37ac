import type { ArgumentCondition, Creator, LibraryDescriptor, PoolShortcut, UnusualValues } from '../descriptor.js';

// `default` is the class itself and has to stand alone: as an alternative in braces it would be a member.
const creator = (api: string): Creator => ({
  api,
  invoke: 'new',
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  throwsWithoutConfig: true,
  close: [
    {
      method: 'close',
      async: true,
      mode: 'graceful',
      note: 'hangs while a transaction is open; a second call resolves',
    },
  ],
  dispose: { sync: false, async: false },
  cheapWhen: [
    { test: 'property-is', argument: 0, property: 'dialect', values: ['sqlite'] },
    { test: 'property-is', argument: 1, property: 'dialect', values: ['sqlite'] },
    { test: 'property-is', argument: 3, property: 'dialect', values: ['sqlite'] },
    { test: 'matches', argument: 0, pattern: /^sqlite:/ },
  ],
  cost: 'opens up to {max} connections of its own',
  note: 'over SQLite it holds a file (source lib/sequelize.js)',
});

const instance = '{new default(),new Sequelize()}';
const constructor = 'new default().constructor,new Sequelize().constructor';

const ofModel = (methods: string, optionArgument: number): PoolShortcut => ({
  api: `{Model,new default().define(),new Sequelize().define()}.${methods}`,
  option: 'transaction',
  optionArgument,
  note: 'Sequelize.useCLS() passes the transaction by itself',
});

// The options stand alone, or follow a URL, or database and user, with or without a password.
const OPTIONS = [0, 1, 2, 3];

const dialect = (url: RegExp, values: readonly string[]): readonly ArgumentCondition[] => [
  { test: 'matches', argument: 0, pattern: url },
  ...OPTIONS.map((argument) => ({ test: 'property-is' as const, argument, property: 'dialect', values })),
];

const refused = (does: string): UnusualValues => {
  const effect = { means: 'throws', does } as const;
  return { zero: effect, negative: effect, null: effect, nan: effect, text: effect, float: effect };
};

/** Sequelize. */
export const sequelize: LibraryDescriptor = {
  name: 'sequelize',
  version: '6.37.8 (sequelize-pool 7.1.0)',
  modules: ['sequelize'],
  creators: [creator('default'), creator('Sequelize')],
  checkouts: [
    {
      api: `${instance}.transaction`,
      takes: 'transaction',
      returnsPromise: true,
      managedBy: [0, 1],
      release: ['commit', 'rollback'],
      transaction: { commit: ['commit'], rollback: ['rollback'] },
      secondRelease: 'rejects',
    },
    {
      api: `${instance}.connectionManager.getConnection`,
      returnsPromise: true,
      release: ['pool.releaseConnection'],
      secondRelease: 'ignored',
    },
  ],
  managed: [{ api: `${instance}.transaction`, takes: 'transaction', callback: [0, 1], parameter: 0, option: 'transaction' }],
  shortcuts: [
    { api: `${instance}.query`, text: 0, property: 'query', option: 'transaction', optionArgument: 1 },
    ofModel('{findAll,findOne,findOrCreate,findCreateFind,findAndCountAll,count,destroy,restore,truncate}', 0),
    ofModel('{findByPk,max,min,sum,create,bulkCreate,update,upsert,increment,decrement}', 1),
    ofModel('aggregate', 2),
  ],
  cheap: [],
  implicit: [`{default,Sequelize,${constructor}}.useCLS`],
  transfers: [{ api: 'Model.init', argument: 1, property: 'sequelize', takesOver: false }],
  limits: [
    {
      option: 'pool.max',
      argument: OPTIONS,
      bounds: 'connections',
      default: 5,
      ...refused('throws in the constructor: max has to be an integer above 0'),
      infinity: 'unlimited',
      servers: [
        { family: 'postgresql', when: dialect(/^postgres/u, ['postgres']) },
        { family: 'mysql', when: dialect(/^(?:mysql|mariadb)/u, ['mysql', 'mariadb']) },
        { family: 'sql-server', when: dialect(/^mssql/u, ['mssql']) },
      ],
      note: 'pool: false throws',
    },
    {
      option: 'pool.min',
      argument: OPTIONS,
      bounds: 'min',
      default: 0,
      zero: 'none',
      negative: { means: 'throws', does: 'throws in the constructor: min has to be an integer of at least 0' },
    },
    {
      option: 'pool.maxUses',
      argument: OPTIONS,
      bounds: 'uses',
      default: 'unlimited',
      zero: 'unlimited',
      negative: { means: 'throws', does: 'throws in the constructor' },
    },
  ],
  timeouts: [
    {
      option: 'pool.acquire',
      argument: OPTIONS,
      covers: ['acquire', 'connect'],
      misses: ['query'],
      unit: 'ms',
      default: 60_000,
      zero: { means: 'becomes', value: 30_000 },
      null: { means: 'becomes', value: 30_000 },
    },
    {
      option: 'pool.idle',
      argument: OPTIONS,
      covers: ['idle'],
      unit: 'ms',
      default: 10_000,
      zero: { means: 'becomes', value: 30_000 },
      null: { means: 'becomes', value: 30_000 },
    },
    {
      option: 'pool.evict',
      argument: OPTIONS,
      covers: ['idle'],
      unit: 'ms',
      default: 1_000,
      zero: 'default',
      note: 'the time between two looks for idle connections',
    },
    ...['dialectOptions.statement_timeout', 'dialectOptions.query_timeout'].map((option) => ({
      option,
      argument: OPTIONS,
      when: dialect(/^postgres/u, ['postgres']),
      covers: ['query'] as const,
      misses: ['acquire'] as const,
      unit: 'ms' as const,
      default: 'none' as const,
      zero: option.endsWith('query_timeout')
        ? ('unlimited' as const)
        : ({ means: 'default', does: "is not sent: the server's own setting holds" } as const),
    })),
    {
      option: 'dialectOptions.connectTimeout',
      argument: OPTIONS,
      when: dialect(/^mysql/u, ['mysql']),
      covers: ['connect'],
      unit: 'ms',
      default: 10_000,
    },
  ],
  waits: [
    { for: 'acquire', default: 60_000, endedBy: ['pool.acquire'] },
    {
      for: 'query',
      default: 'none',
      endedBy: ['dialectOptions.statement_timeout', 'dialectOptions.query_timeout'],
      unless: dialect(/^(?:mysql|mariadb|mssql|sqlite)/u, [
        'mysql',
        'mariadb',
        'mssql',
        'sqlite',
        'oracle',
        'db2',
        'snowflake',
      ]),
      note: 'the options are those of PostgreSQL; over SQL Server queries end after 15 s',
    },
  ],
  relations: [
    { kind: 'at-most', left: 'pool.min', right: 'pool.max', given: 'either', otherwise: 'the constructor throws' },
    {
      kind: 'at-most',
      left: 'pool.acquire',
      right: 'dialectOptions.statement_timeout',
      given: 'both',
      otherwise: 'a request may wait longer for a connection than its statement may take',
    },
  ],
  recycling: [{ idle: 10_000, keeps: 'pool.min', lifetime: 'none', validates: 'socket', boundedBy: ['pool.idle'] }],
  ignored: [
    ...(
      [
        ['max', 'pool.max'],
        ['min', 'pool.min'],
        ['acquire', 'pool.acquire'],
        ['idle', 'pool.idle'],
      ] as const
    ).map(([option, instead]) => ({
      option,
      argument: OPTIONS,
      because: 'other-place' as const,
      instead,
      ...(option === 'max' ? { leaves: 'the pool keeps its 5 connections' } : {}),
    })),
    ...['poolSize', 'maxConnections', 'pool.maxConnections'].map((option) => ({
      option,
      argument: OPTIONS,
      because: 'other-name' as const,
      leaves: 'the pool keeps its 5 connections',
      instead: 'pool.max',
    })),
    { option: 'pool.acquireTimeoutMillis', argument: OPTIONS, because: 'other-name', instead: 'pool.acquire' },
    { option: 'pool.idleTimeoutMillis', argument: OPTIONS, because: 'other-name', instead: 'pool.idle' },
  ],
  connectionStrings: [
    {
      parameters: [],
      ignored: [{ name: 'max', leaves: 'the pool keeps its 5 connections', instead: 'pool.max' }],
    },
  ],
  holdsProcess: 'until-idle-timeout',
  notes: [
    '@sequelize/core (v7 alpha) is unverified and left out',
    'pool: false throws; ?max= in the URL and top-level max are ignored: the pool stays at 5',
    'queries in a managed transaction that do not pass { transaction } run on another connection and survive the rollback',
    'survives the loss of idle connections without an error listener',
  ],
};
