import type { LibraryDescriptor } from '../descriptor.js';

/** Neon serverless driver. */
export const neon: LibraryDescriptor = {
  name: '@neondatabase/serverless',
  version: '1.2.0',
  modules: ['@neondatabase/serverless'],
  creators: [
    {
      api: 'Pool',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [{ method: 'end', async: true, mode: 'graceful', note: 'as pg' }],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: false, note: 'the code of pg, so that a crash is likely, but unverified' },
      requestBoundOn: ['serverless', 'edge'],
      cost: 'opens up to 10 WebSocket connections of its own',
    },
    {
      api: 'Client',
      invoke: 'new',
      makes: 'connection',
      holds: 'sockets',
      connects: 'on-connect',
      connect: { method: 'connect', required: true, repeatable: false, returnsClient: false },
      close: [{ method: 'end', async: true, mode: 'graceful', note: 'as pg' }],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: false, note: 'the code of pg, so that a crash is likely, but unverified' },
      requestBoundOn: ['serverless', 'edge'],
      poolAlternative: { api: 'Pool', invoke: 'new', sameMethods: ['query'], sameOptions: true },
      cost: 'opens a WebSocket connection of its own, with a handshake',
      note: 'connect() resolves to nothing',
    },
  ],
  checkouts: [{ api: 'new Pool().connect', returnsPromise: true, release: ['release'] }],
  cheap: [{ api: 'neon', why: 'sends HTTP requests and opens no socket of its own' }],
  holdsProcess: 'unknown',
  edge: 'on Workers and edge functions create, use and end Pool and Client inside one request (a WebSocket cannot outlive it); neon() may be created anywhere',
  notes: ['in a long-lived Node.js process share the pool'],
};
