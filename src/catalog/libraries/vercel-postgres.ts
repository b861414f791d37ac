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
      requestBoundOn: ['serverless', 'edge'],
      poolAlternative: { api: 'createPool', invoke: 'call', sameMethods: ['query', 'sql'], sameOptions: false },
      cost: 'opens a connection of its own, with a handshake',
      note: 'a Neon client; it refuses a pooled connection string and createPool() a direct one (source), so that the options of one do not do for the other',
    },
  ],
  cheap: [{ api: '{db,sql}', why: 'share one pool of the module' }],
  holdsProcess: 'unknown',
  edge: 'on Workers and edge functions create, use and end pool and client inside one request',
  notes: [
    'deprecated in favour of @neondatabase/serverless (docs)',
    'dispose symbols, the need of an error listener and whether it keeps the process alive are unverified',
  ],
};
