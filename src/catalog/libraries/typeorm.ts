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
