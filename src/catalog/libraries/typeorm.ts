import type { ArgumentCondition, Creator, LibraryDescriptor } from '../descriptor.js';
import { mysql2Limits } from '../pools/mysql2.js';
import { pgConnectionTimeouts, pgLimits, pgPoolTimeouts, pgRecycling } from '../pools/pg.js';

const destroy: Creator['close'] = [
  {
    method: 'destroy',
    async: true,
    mode: 'forced',
    note: 'closes even with an unreleased query runner; a second call rejects',
  },
  { method: 'close', async: true, mode: 'forced', note: 'deprecated in 0.3, gone in 1.x' },
];
const fileTypes = ['better-sqlite3', 'sqlite', 'sqljs'] as const;

// A data source, by its class, by the connections of 0.3 or through an entity manager.
const sources =
  'new DataSource(),createConnection(),getConnection(),new Connection(),new EntityManager().connection,getManager().connection,new DataSource().manager.connection';
const managers =
  'new Repository().manager,new DataSource().getRepository().manager,new DataSource().manager,createConnection().manager,getConnection().manager,getManager(),new EntityManager()';

const operations =
  'save,insert,update,upsert,delete,remove,softDelete,softRemove,restore,recover,find,findBy,findOne,findOneBy,findOneOrFail,findOneByOrFail,findAndCount,findAndCountBy,count,countBy,exists,existsBy,sum,average,minimum,maximum,increment,decrement,clear';

const TYPES = ['postgres', 'mysql', 'mariadb', 'mssql', 'oracle', 'mongodb', 'cockroachdb', ...fileTypes];
const ofType = (values: readonly string[]): readonly ArgumentCondition[] => [
  { test: 'property-is', argument: 0, property: 'type', values },
];
const notOf = (values: readonly string[]): readonly ArgumentCondition[] => [
  ...ofType(TYPES.filter((type) => !values.includes(type))),
  { test: 'lacks-property', argument: 0, property: 'type' },
];
const POSTGRES = ofType(['postgres']);
const MYSQL = ofType(['mysql', 'mariadb']);

/** TypeORM. */
export const typeorm: LibraryDescriptor = {
  name: 'typeorm',
  version: '1.1.1 (also 0.3.31)',
  modules: ['typeorm'],
  creators: [
    {
      api: 'DataSource',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'on-connect',
      connect: { method: 'initialize', required: true, repeatable: false, returnsClient: true },
      close: destroy,
      dispose: { sync: false, async: false },
      cheapWhen: [{ test: 'property-is', argument: 0, property: 'type', values: fileTypes }],
      cost: 'opens up to 10 connections of its own',
      note: 'a second initialize() rejects; 0.3 has connect() as a deprecated name of initialize(); over SQLite it holds a file',
    },
    {
      api: 'createConnection',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      close: destroy,
      dispose: { sync: false, async: false },
      cheapWhen: [{ test: 'property-is', argument: 0, property: 'type', values: fileTypes }],
      cost: 'opens up to 10 connections of its own',
      versions: '<1',
      note: 'deprecated in 0.3; createConnections() makes several in an array and is left out',
    },
  ],
  checkouts: [
    {
      api: `{${sources}}.createQueryRunner`,
      returnsPromise: false,
      takenBy: ['connect', 'startTransaction', '*'],
      release: ['release'],
      releaseIsAsync: true,
      dispose: {
        sync: false,
        async: true,
        effect: 'commits',
        versions: '>=1',
        note: 'commits an open transaction, also when an exception is on its way, and then releases',
      },
      secondRelease: 'ignored',
      answers: ['query', `manager.{${operations},query}`],
      note: 'takes the connection with connect(), startTransaction() or the first query; commitTransaction() and rollbackTransaction() do not give it back; a connection that fails is given back by itself (postgres, by source)',
    },
  ],
  transactions: [
    {
      begin: ['startTransaction'],
      commit: ['commitTransaction'],
      rollback: ['rollbackTransaction'],
      held: 'receiver',
      onRelease: 'stays-open',
      note: 'release() gives the connection back with the transaction open, and the next query runner finds itself in it (run on postgres; mysql by source)',
    },
  ],
  managed: [
    {
      api: `{new DataSource(),createConnection(),getConnection(),new Connection(),${managers}}.transaction`,
      takes: 'transaction',
      callback: [-1],
      parameter: 0,
      answers: ['query', `{${operations}}`, `getRepository().{${operations},query}`],
      note: 'the parameter is an entity manager: repositories and the manager of the data source run on other connections',
    },
  ],
  shortcuts: [
    {
      api: `{new DataSource(),createConnection(),getConnection(),new Connection(),${managers}}.query`,
      text: 0,
      connectionArgument: 2,
    },
    {
      api: `{${managers}}.{${operations}}`,
    },
    {
      api: `{new DataSource(),new DataSource().manager,createConnection(),getConnection(),getManager()}.getRepository().{${operations},query}`,
    },
    {
      api: `new Repository().{${operations},query}`,
    },
  ],
  cheap: [
    { api: 'new DataSource().getRepository', why: 'uses the connections of its data source' },
    { api: 'new DataSource().manager', why: 'uses the connections of its data source' },
    { api: 'getConnection', why: '0.3 only: gives back a connection that was made before' },
  ],
  injected: [
    { module: '@nestjs/typeorm', decorator: 'InjectRepository', name: 1 },
    { module: '@nestjs/typeorm', decorator: 'InjectDataSource', name: 0 },
    { module: '@nestjs/typeorm', decorator: 'InjectEntityManager', name: 0 },
  ],
  alsoTaken: ['new EntityManager()'],
  limits: [
    ...[...pgLimits({ when: POSTGRES }), ...mysql2Limits({ when: MYSQL })]
      .filter(({ bounds }) => bounds === 'connections')
      .map((limit) => ({ ...limit, option: 'poolSize', aliases: [] })),
    ...pgLimits({ prefix: 'extra.', when: POSTGRES }),
    ...mysql2Limits({ prefix: 'extra.', when: MYSQL }),
  ],
  timeouts: [
    {
      option: 'connectTimeoutMS',
      when: POSTGRES,
      covers: ['connect', 'acquire'],
      misses: ['query'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      note: 'becomes connectionTimeoutMillis of pg',
    },
    {
      option: 'connectTimeout',
      when: MYSQL,
      covers: ['connect'],
      misses: ['acquire', 'query'],
      unit: 'ms',
      default: 10_000,
      zero: 'unlimited',
    },
    ...pgConnectionTimeouts({ prefix: 'extra.', when: POSTGRES }).filter(({ covers }) => covers.includes('query')),
    ...pgPoolTimeouts({ prefix: 'extra.', when: POSTGRES }),
  ],
  waits: [
    {
      for: 'connect',
      default: 'none',
      endedBy: ['connectTimeoutMS', 'extra.connectionTimeoutMillis'],
      unless: notOf(['postgres']),
    },
    {
      for: 'acquire',
      default: 'none',
      endedBy: ['connectTimeoutMS', 'extra.connectionTimeoutMillis'],
      unless: notOf(['postgres']),
    },
    {
      for: 'acquire',
      default: 'none',
      endedBy: [],
      unless: notOf(['mysql', 'mariadb']),
      instead: 'bound the queue with extra.queueLimit, or set extra.waitForConnections: false',
    },
    {
      for: 'query',
      default: 'none',
      endedBy: ['extra.statement_timeout', 'extra.query_timeout'],
      unless: notOf(['postgres']),
    },
  ],
  recycling: [
    {
      ...pgRecycling,
      keeps: 'extra.min',
      boundedBy: ['extra.idleTimeoutMillis', 'extra.maxLifetimeSeconds'],
      note: 'over PostgreSQL',
    },
  ],
  ignored: [
    {
      option: 'extra.connectionLimit',
      when: POSTGRES,
      because: 'other-name',
      leaves: 'the pool keeps its 10 connections',
      instead: 'extra.max',
    },
    {
      option: 'acquireTimeout',
      when: MYSQL,
      because: 'ineffective',
      does: 'does not bound the wait for a free connection: mysql2 does not read it, mysql uses it for something else',
    },
  ],
  holdsProcess: 'until-idle-timeout',
  notes: [
    'query runners of 1.1.1 have Symbol.asyncDispose, which COMMITS an open transaction and then releases; those of 0.3.31 have none',
    'commitTransaction() and rollbackTransaction() do not release the query runner',
    'survives the loss of idle connections without an error listener (postgres and mysql)',
    'extra.connectionLimit is ignored by postgres, extra.max wins over poolSize',
  ],
};
