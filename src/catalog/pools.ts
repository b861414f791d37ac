/** Pools and agents that several libraries are built on, with the meanings that all of them share. */
import type {
  ConnectionString,
  IgnoredOption,
  Limit,
  OptionFact,
  OptionPlace,
  Recycling,
  Relation,
  Timeout,
  UnusualValues,
  ValueEffect,
  Wait,
} from './descriptor.js';

/** Where the options of a pool stand in the library that is built on it. */
export interface PoolPlace extends Pick<OptionFact, 'argument' | 'at' | 'modules' | 'of' | 'when'> {
  /** Put in front of the names of the options: `pool.`. */
  readonly prefix?: string;
}

function placed<Fact extends OptionFact>({ prefix = '', ...place }: PoolPlace, facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) => ({
    ...fact,
    ...place,
    option: prefix + fact.option,
    ...(fact.aliases ? { aliases: fact.aliases.map((name) => prefix + name) } : {}),
  }));
}

const POSTGRESQL = [{ family: 'postgresql' }] as const;

/** Limits of the pool of pg. */
export function pgLimits(place: PoolPlace): readonly Limit[] {
  return placed<Limit>(place, [
    {
      option: 'max',
      aliases: ['poolSize'],
      bounds: 'connections',
      default: 10,
      zero: 'default',
      negative: { means: 'blocks', does: 'makes the pool look full for ever: every query waits for ever' },
      null: 'default',
      nan: 'default',
      infinity: { means: 'unlimited', does: 'lifts the limit: a burst opens connections until the server refuses them' },
      text: 'literal',
      empty: 'default',
      float: { means: 'literal', does: 'is rounded up: 2.5 opens 3 connections' },
      servers: POSTGRESQL,
    },
    {
      option: 'min',
      bounds: 'min',
      default: 0,
      zero: { means: 'none', does: 'lets every idle connection be closed' },
      note: 'keeps connections that are open already from being closed when idle; opens none (pg-pool/index.js:90,409)',
    },
    {
      option: 'maxUses',
      bounds: 'uses',
      default: 'unlimited',
      zero: 'unlimited',
      null: 'unlimited',
      nan: 'unlimited',
      infinity: 'unlimited',
    },
  ]);
}

/** Times of the pool of pg; those of the connection stand in {@link pgConnectionTimeouts}. */
export function pgPoolTimeouts(place: PoolPlace): readonly Timeout[] {
  return placed<Timeout>(place, [
    {
      option: 'connectionTimeoutMillis',
      covers: ['connect', 'acquire'],
      misses: ['query'],
      unit: 'ms',
      default: 'none',
      zero: { means: 'unlimited', does: 'is the default: both the connection and the wait for a free one may take for ever' },
      negative: { means: 'immediate', does: 'lets each new connection fail at once' },
    },
    {
      option: 'idleTimeoutMillis',
      covers: ['idle'],
      unit: 'ms',
      default: 10_000,
      zero: { means: 'unlimited', does: 'keeps idle connections for ever' },
      null: { means: 'unlimited', does: 'keeps idle connections for ever' },
      note: 'pg.defaults.idleTimeoutMillis is not what the pool uses',
    },
    {
      option: 'maxLifetimeSeconds',
      covers: ['lifetime'],
      unit: 's',
      default: 'none',
      zero: 'unlimited',
      null: 'unlimited',
      nan: 'unlimited',
      note: 'in seconds, next to times in milliseconds (pg-pool/index.js:93,312)',
    },
  ]);
}

/** Times of a connection of pg, which its pool passes on; `perQuery` are the calls that take query_timeout as well. */
export function pgConnectionTimeouts(place: PoolPlace, perQuery: readonly OptionPlace[] = []): readonly Timeout[] {
  const ofServer = { zero: { means: 'default', does: "is not sent: the server's own setting holds" }, unit: 'ms' } as const;
  return placed<Timeout>(place, [
    {
      option: 'query_timeout',
      at: perQuery,
      covers: ['query'],
      misses: ['acquire', 'connect'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      note: 'ends the wait of the client: the statement goes on in the server, and pool.query() closes that connection (pg/lib/client.js:702)',
    },
    {
      ...ofServer,
      option: 'statement_timeout',
      covers: ['query'],
      misses: ['acquire', 'connect'],
      default: 'none',
      note: 'the server cancels the statement; a connection that goes silent is not noticed',
    },
    {
      ...ofServer,
      option: 'lock_timeout',
      covers: ['lock'],
      default: 'none',
    },
    {
      ...ofServer,
      option: 'idle_in_transaction_session_timeout',
      covers: ['transaction'],
      default: 'none',
      note: 'the server ends a session that does nothing within a transaction',
    },
  ]);
}

/** What programs wait for with the pool of pg. */
export function pgWaits(subject: Pick<Wait, 'calls' | 'modules' | 'of'>, prefix = ''): readonly Wait[] {
  return [
    { ...subject, for: 'connect', default: 'none', endedBy: [`${prefix}connectionTimeoutMillis`] },
    { ...subject, for: 'acquire', default: 'none', endedBy: [`${prefix}connectionTimeoutMillis`] },
    { ...subject, for: 'query', default: 'none', endedBy: [`${prefix}statement_timeout`, `${prefix}query_timeout`] },
  ];
}

/** How the pool of pg recycles its connections. */
export const pgRecycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 10_000,
  keeps: 'min',
  lifetime: 'none',
  validates: 'none',
  boundedBy: ['idleTimeoutMillis', 'maxLifetimeSeconds'],
  note: 'verify and onConnect run for new connections only',
};

/** Names that other libraries have for the size of a pool of pg. */
export function pgIgnored(subject: Pick<IgnoredOption, 'argument' | 'modules' | 'of'>): readonly IgnoredOption[] {
  return [
    { ...subject, option: 'connectionLimit', because: 'other-name', leaves: '`max` stays 10', instead: 'max' },
    { ...subject, option: 'pool.max', because: 'other-place', leaves: '`max` stays 10', instead: 'max' },
  ];
}

/** What unusual sizes and times of a pool of tarn do. `does` completes "`max: 0` …". */
export function tarnNumber(does: string): UnusualValues {
  const refused: ValueEffect = { means: 'throws', does };
  return {
    zero: refused,
    negative: refused,
    null: refused,
    nan: refused,
    text: refused,
    float: refused,
    infinity: 'unlimited',
  };
}

/** Times of a pool of tarn. */
export function tarnTimeouts(
  place: PoolPlace,
  { acquire, does }: { readonly acquire: number; readonly does: string },
): readonly Timeout[] {
  const timer: UnusualValues = {
    ...tarnNumber(does),
    infinity: { means: 'immediate', does: 'is over at once: a timer takes it for 1 ms' },
  };
  return placed<Timeout>(place, [
    { option: 'acquireTimeoutMillis', covers: ['acquire', 'connect'], unit: 'ms', default: acquire, ...timer },
    { option: 'createTimeoutMillis', covers: ['connect'], unit: 'ms', default: 30_000, ...timer },
    { option: 'destroyTimeoutMillis', covers: ['close'], unit: 'ms', default: 5_000, ...timer },
    { option: 'idleTimeoutMillis', covers: ['idle'], unit: 'ms', default: 30_000, ...tarnNumber(does) },
  ]);
}

/** Limits of an agent of node:http, and of those that extend it. */
export function agentLimits(place: PoolPlace): readonly Limit[] {
  return placed<Limit>(place, [
    {
      option: 'maxSockets',
      bounds: 'per-host',
      default: 'unlimited',
      zero: { means: 'unlimited', does: 'is no limit, as by default' },
      negative: { means: 'blocks', does: 'lets every request wait for ever, without an error' },
      null: 'unlimited',
      nan: 'unlimited',
      infinity: 'unlimited',
    },
    {
      option: 'maxTotalSockets',
      bounds: 'connections',
      default: 'unlimited',
      zero: { means: 'throws', does: 'throws ERR_OUT_OF_RANGE' },
      negative: { means: 'throws', does: 'throws ERR_OUT_OF_RANGE' },
      null: { means: 'throws', does: 'throws ERR_INVALID_ARG_TYPE' },
      nan: { means: 'throws', does: 'throws ERR_OUT_OF_RANGE' },
      text: { means: 'throws', does: 'throws ERR_INVALID_ARG_TYPE' },
      infinity: 'unlimited',
    },
    {
      option: 'maxFreeSockets',
      bounds: 'idle',
      default: 256,
      zero: { means: 'default', does: 'means the default, 256: it does not switch keep-alive off' },
      negative: { means: 'none', does: 'keeps no idle socket: each request opens a connection' },
      infinity: 'unlimited',
    },
  ]);
}

const MYSQL = [{ family: 'mysql' }] as const;

/** Limits of the pool of mysql2. */
export function mysql2Limits(place: PoolPlace): readonly Limit[] {
  const prefix = place.prefix ?? '';
  return placed<Limit>(place, [
    {
      option: 'connectionLimit',
      bounds: 'connections',
      default: 10,
      zero: { means: 'unlimited', does: 'lifts the limit: a burst opens connections until the server refuses them' },
      negative: { means: 'blocks', does: 'hands out no connection: every query waits for ever' },
      null: 'unlimited',
      nan: 'default',
      infinity: 'unlimited',
      text: 'literal',
      empty: 'unlimited',
      servers: MYSQL,
    },
    {
      option: 'queueLimit',
      bounds: 'queue',
      default: 'unlimited',
      zero: 'unlimited',
      null: 'unlimited',
      nan: 'unlimited',
      empty: 'unlimited',
      text: 'literal',
    },
    {
      option: 'maxIdle',
      bounds: 'idle',
      default: null,
      defaultsTo: `${prefix}connectionLimit`,
      zero: { means: 'none', does: 'lets every connection be closed once it was idle for idleTimeout' },
      nan: 'default',
      text: 'literal',
      note: 'idle connections are only looked for if it is smaller than connectionLimit',
    },
  ]);
}

/** Times of the pool of mysql2. */
export function mysql2PoolTimeouts(place: PoolPlace): readonly Timeout[] {
  return placed<Timeout>(place, [
    {
      option: 'idleTimeout',
      covers: ['idle'],
      unit: 'ms',
      default: 60_000,
      zero: { means: 'immediate', does: 'closes idle connections at the next look, within a second' },
      nan: 'default',
      text: 'literal',
      note: 'does nothing unless maxIdle is smaller than connectionLimit, which it is not by default',
    },
  ]);
}

/** Times of a connection of mysql2, which its pool passes on. */
export function mysql2ConnectionTimeouts(place: PoolPlace): readonly Timeout[] {
  return placed<Timeout>(place, [
    {
      option: 'connectTimeout',
      covers: ['connect'],
      misses: ['acquire', 'query'],
      unit: 'ms',
      default: 10_000,
      zero: 'unlimited',
      nan: 'default',
    },
  ]);
}

/** Which options of a pool of mysql2 have to fit each other. */
export function mysql2Relations(subject: Pick<Relation, 'modules' | 'of'>, prefix = ''): readonly Relation[] {
  return [
    {
      ...subject,
      kind: 'below',
      left: `${prefix}maxIdle`,
      right: `${prefix}connectionLimit`,
      given: 'either',
      with: `${prefix}idleTimeout`,
      otherwise: 'idleTimeout does nothing: idle connections are only looked for if maxIdle is smaller than connectionLimit',
    },
  ];
}

/** How the pool of mysql2 recycles its connections. */
export const mysql2Recycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 'none',
  lifetime: 'none',
  validates: 'none',
  boundedBy: ['idleTimeout'],
  note: 'idleTimeout takes effect only with a maxIdle below connectionLimit; the server closes idle connections after wait_timeout, and the next query fails',
};

/** Limits of the client of MongoDB. */
export function mongoLimits(place: PoolPlace): readonly Limit[] {
  return placed<Limit>(place, [
    {
      option: 'maxPoolSize',
      bounds: 'connections',
      default: 100,
      zero: { means: 'unlimited', does: 'lifts the limit: a burst opens a connection for each operation' },
      negative: { means: 'throws', does: 'throws: it has to be positive' },
      null: 'default',
      nan: { means: 'blocks', does: 'opens no connection: every operation waits for ever' },
      infinity: 'unlimited',
      text: 'literal',
      float: { means: 'literal', does: 'is cut to a whole number' },
      servers: [{ family: 'mongodb' }],
    },
    {
      option: 'minPoolSize',
      bounds: 'min',
      default: 0,
      zero: 'none',
    },
  ]);
}

/** Times of the client of MongoDB. */
export function mongoTimeouts(place: PoolPlace): readonly Timeout[] {
  const refused = { negative: { means: 'throws', does: 'throws: it has to be positive' } } as const;
  const parsed = { text: 'literal', float: { means: 'literal', does: 'is cut to a whole number' }, unit: 'ms' } as const;
  return placed<Timeout>(place, [
    {
      ...parsed,
      ...refused,
      option: 'waitQueueTimeoutMS',
      covers: ['acquire'],
      misses: ['query'],
      default: 'none',
      zero: 'unlimited',
      null: 'unlimited',
    },
    {
      ...parsed,
      ...refused,
      option: 'serverSelectionTimeoutMS',
      covers: ['connect'],
      misses: ['acquire', 'query'],
      default: 30_000,
      null: 'default',
    },
    {
      ...parsed,
      ...refused,
      option: 'connectTimeoutMS',
      covers: ['connect'],
      default: 30_000,
      zero: 'unlimited',
      null: 'default',
    },
    {
      ...parsed,
      ...refused,
      option: 'socketTimeoutMS',
      covers: ['socket', 'query'],
      misses: ['acquire'],
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      null: 'unlimited',
    },
    {
      ...parsed,
      option: 'maxIdleTimeMS',
      covers: ['idle'],
      default: 'none',
      zero: 'unlimited',
      note: 'without it a connection is kept until the server or a firewall drops it',
    },
  ]);
}

/** How the client of MongoDB recycles its connections. */
export const mongoRecycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 'none',
  keeps: 'minPoolSize',
  lifetime: 'none',
  validates: 'monitor',
  boundedBy: ['maxIdleTimeMS'],
};

/** Limits and times of mariadb: those of its pools, and those of all its connections. */
export function mariadbFacts({ pools, all }: { readonly pools: readonly string[]; readonly all: readonly string[] }): {
  readonly limits: readonly Limit[];
  readonly timeouts: readonly Timeout[];
} {
  const none: ValueEffect = { means: 'fails', does: 'opens no connection: every query fails after acquireTimeout' };
  const off = { zero: 'unlimited', negative: 'unlimited', nan: 'unlimited' } as const;
  return {
    limits: [
      {
        option: 'connectionLimit',
        of: pools,
        bounds: 'connections',
        default: 10,
        zero: none,
        negative: none,
        null: none,
        text: 'literal',
        servers: MYSQL,
      },
      {
        option: 'minimumIdle',
        of: pools,
        bounds: 'min',
        default: null,
        defaultsTo: 'connectionLimit',
        text: 'literal',
        note: 'these connections are opened as soon as the pool is made',
      },
    ],
    timeouts: [
      {
        option: 'acquireTimeout',
        of: pools,
        covers: ['acquire'],
        misses: ['query'],
        unit: 'ms',
        default: 10_000,
        zero: { means: 'immediate', does: 'lets every request for a connection fail at once' },
        text: 'literal',
      },
      {
        option: 'initializationTimeout',
        of: pools,
        covers: ['start'],
        unit: 'ms',
        default: null,
        evidence: 'source',
        note: 'acquireTimeout less 100 by default',
      },
      {
        option: 'idleTimeout',
        of: pools,
        covers: ['idle'],
        unit: 's',
        default: 1_800,
        text: 'literal',
        evidence: 'source',
        note: 'in seconds, next to times in milliseconds',
      },
      {
        option: 'connectTimeout',
        of: all,
        covers: ['connect'],
        misses: ['acquire', 'query'],
        unit: 'ms',
        default: 1_000,
        zero: 'unlimited',
        text: 'literal',
        evidence: 'source',
        note: 'a pool lowers it to acquireTimeout',
      },
      {
        option: 'queryTimeout',
        of: all,
        covers: ['query'],
        misses: ['acquire'],
        unit: 'ms',
        default: 'none',
        ...off,
        text: 'literal',
        evidence: 'source',
        note: 'becomes max_statement_time of the session: the server ends the statement',
      },
      {
        option: 'socketTimeout',
        of: all,
        covers: ['socket'],
        unit: 'ms',
        default: 'none',
        measures: 'silence',
        ...off,
        text: 'literal',
        evidence: 'source',
      },
    ],
  };
}

/** Which options of the client of MongoDB have to fit each other. */
export function mongoRelations(subject: Pick<Relation, 'modules' | 'of'>): readonly Relation[] {
  return [
    {
      ...subject,
      kind: 'at-most',
      left: 'minPoolSize',
      right: 'maxPoolSize',
      given: 'either',
      otherwise: 'the client cannot connect: the driver throws',
    },
    {
      ...subject,
      kind: 'at-most',
      left: 'waitQueueTimeoutMS',
      right: 'socketTimeoutMS',
      given: 'both',
      otherwise: 'an operation may wait longer for a connection than it may take',
    },
  ];
}

/** The connection string of MongoDB. */
export const mongoUrl: ConnectionString = {
  parameters: [
    'maxPoolSize',
    'minPoolSize',
    'waitQueueTimeoutMS',
    'serverSelectionTimeoutMS',
    'connectTimeoutMS',
    'socketTimeoutMS',
    'maxIdleTimeMS',
  ].map((name) => ({ name, option: name })),
  ignored: [{ name: 'poolSize', does: 'throws: it is not supported', instead: 'maxPoolSize' }],
};

const knexServers: NonNullable<Limit['servers']> = [
  {
    family: 'postgresql',
    when: [{ test: 'property-matches', argument: 0, property: 'client', pattern: /^(?:pg|postgres|cockroach)/u }],
  },
  { family: 'mysql', when: [{ test: 'property-matches', argument: 0, property: 'client', pattern: /^(?:mysql|maria)/u }] },
  {
    family: 'sql-server',
    when: [{ test: 'property-matches', argument: 0, property: 'client', pattern: /^(?:mssql|tedious)/u }],
  },
];

/** Limits of the pool of knex; `families` are the servers it may lead to. */
export function knexLimits(place: PoolPlace, families: NonNullable<Limit['servers']> = knexServers): readonly Limit[] {
  return placed<Limit>({ ...place, prefix: 'pool.' }, [
    {
      option: 'max',
      bounds: 'connections',
      default: 10,
      ...tarnNumber('throws: it has to be an integer above 0'),
      zero: { means: 'fails', does: 'makes no pool: every query fails at once' },
      servers: families,
    },
    {
      option: 'min',
      bounds: 'min',
      default: 2,
      ...tarnNumber('throws: it has to be an integer of at least 0'),
      zero: 'none',
      infinity: { means: 'throws', does: 'throws: it is larger than max' },
    },
  ]);
}

/** Times of the pool of knex. */
export function knexTimeouts(place: PoolPlace): readonly Timeout[] {
  return [
    ...tarnTimeouts({ ...place, prefix: 'pool.' }, { acquire: 60_000, does: 'throws: it has to be a positive whole number' }),
    ...placed<Timeout>({ ...place, prefix: 'pool.' }, [
      {
        option: 'maxConnectionLifetimeMillis',
        covers: ['lifetime'],
        unit: 'ms',
        default: 'none',
        zero: 'unlimited',
        negative: 'unlimited',
        null: 'unlimited',
        nan: 'unlimited',
        infinity: 'unlimited',
        text: 'ignored',
      },
    ]),
  ];
}

/** Which options of the pool of knex have to fit each other. */
export function knexRelations(subject: Pick<Relation, 'modules' | 'of'>): readonly Relation[] {
  return [
    {
      ...subject,
      kind: 'at-most',
      left: 'pool.min',
      right: 'pool.max',
      given: 'either',
      otherwise: 'the pool throws; `min` is 2 and `max` is 10 unless they are given',
    },
  ];
}

/** How the pool of knex recycles its connections. */
export const knexRecycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 30_000,
  keeps: 'pool.min',
  lifetime: 'none',
  validates: 'socket',
  boundedBy: ['pool.idleTimeoutMillis', 'pool.maxConnectionLifetimeMillis'],
  note: 'two connections are kept for ever by default',
};
