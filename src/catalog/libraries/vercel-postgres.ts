import type { LibraryDescriptor } from '../descriptor.js';

/** Vercel Postgres, on the Neon driver. */
export const vercelPostgres: LibraryDescriptor = {
  name: '@vercel/postgres',
  version: '0.10.0',
  modules: ['@vercel/postgres'],
  creators: [
    {
      api: 'createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: 'end', async: true, mode: 'graceful', note: 'as pg' }],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true },
      requestBoundOn: ['serverless', 'edge'],
      cost: 'opens up to 10 connections of its own',
      note: 'a Neon pool, bound to the request as that is; on the edge runtime it sets maxUses to 1 itself (source)',
    },
    {
      api: 'createClient',
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'on-connect',
      connect: { method: 'connect', required: true, repeatable: false, returnsClient: false },
      throwsWithoutConfig: true,
      close: [{ method: 'end', async: true, mode: 'graceful', note: 'as pg' }],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true },
      requestBoundOn: ['serverless', 'edge'],
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query', 'sql'], sameOptions: false },
      cost: 'opens a connection of its own, with a handshake',
      note: 'a Neon client; it refuses a pooled connection string and createPool() a direct one (source), so that the options of one do not do for the other',
    },
  ],
  checkouts: [
    {
      api: '{createPool(),db,sql,new VercelPool()}.connect',
      returnsPromise: true,
      callback: { argument: 0, parameter: 1, release: 2 },
      release: ['release'],
      secondRelease: 'throws',
      note: 'db and sql share the pool of the module',
    },
  ],
  transactions: [
    {
      begin: ['text:BEGIN', 'text:START TRANSACTION'],
      commit: ['text:COMMIT', 'text:END'],
      rollback: ['text:ROLLBACK', 'text:ABORT'],
      held: 'receiver',
      alsoEnds: ['end'],
      onRelease: 'stays-open',
      note: 'ROLLBACK TO SAVEPOINT does not end it',
    },
  ],
  shortcuts: [
    { api: '{createPool(),db,sql,new VercelPool()}.query', text: 0, property: 'text' },
    { api: '{sql,db,createPool().sql,db.sql,new VercelPool().sql}', tag: true },
  ],
  cheap: [{ api: '{db,sql}', why: 'share one pool of the module' }],
  holdsProcess: 'unknown',
  edge: 'on Workers and edge functions create, use and end pool and client inside one request',
  notes: [
    'deprecated in favour of @neondatabase/serverless (docs)',
    'loses a connection as neon does: without an error listener the process ends (run over a WebSocket proxy to a local PostgreSQL)',
    'whether it keeps the process alive is unverified',
  ],
};
