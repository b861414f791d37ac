import type { Creator, LibraryDescriptor } from '../descriptor.js';

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
const managers = 'new DataSource().manager,createConnection().manager,getConnection().manager,getManager(),new EntityManager()';

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
      takenBy: ['*'],
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
      note: 'takes the connection with connect(), startTransaction() or the first query; commitTransaction() and rollbackTransaction() do not give it back',
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
      note: 'the parameter is an entity manager: repositories and the manager of the data source run on other connections',
    },
  ],
  shortcuts: [
    { api: `{new DataSource(),createConnection(),getConnection(),new Connection(),${managers}}.query`, text: 0 },
    {
      api: `{${managers}}.{save,insert,update,upsert,delete,remove,softDelete,softRemove,restore,recover,find,findBy,findOne,findOneBy,findOneOrFail,findOneByOrFail,findAndCount,findAndCountBy,count,countBy,exists,existsBy,sum,average,minimum,maximum,increment,decrement,clear}`,
    },
    {
      api: `{new DataSource(),new DataSource().manager,createConnection(),getConnection(),getManager()}.getRepository().{save,insert,update,upsert,delete,remove,softDelete,softRemove,restore,recover,find,findBy,findOne,findOneBy,findOneOrFail,findOneByOrFail,findAndCount,findAndCountBy,count,countBy,exists,existsBy,sum,average,minimum,maximum,increment,decrement,clear,query}`,
    },
    {
      api: 'new Repository().{save,insert,update,upsert,delete,remove,softDelete,softRemove,restore,recover,find,findBy,findOne,findOneBy,findOneOrFail,findOneByOrFail,findAndCount,findAndCountBy,count,countBy,exists,existsBy,sum,average,minimum,maximum,increment,decrement,clear,query}',
    },
  ],
  cheap: [
    { api: 'new DataSource().getRepository', why: 'uses the connections of its data source' },
    { api: 'new DataSource().manager', why: 'uses the connections of its data source' },
    { api: 'getConnection', why: '0.3 only: gives back a connection that was made before' },
  ],
  holdsProcess: 'until-idle-timeout',
  notes: [
    'query runners of 1.1.1 have Symbol.asyncDispose, which COMMITS an open transaction and then releases; those of 0.3.31 have none',
    'commitTransaction() and rollbackTransaction() do not release the query runner',
    'survives the loss of idle connections without an error listener (postgres and mysql)',
    'extra.connectionLimit is ignored by postgres, extra.max wins over poolSize',
  ],
};
