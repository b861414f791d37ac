import type { LibraryDescriptor } from '../descriptor.js';
import { pgLimits, pgPoolTimeouts, pgRecycling, pgWaits } from '../pools/pg.js';

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
      errorEvent: {
        event: 'error',
        crashesProcess: true,
        note: 'a client that loses its server ends the process, idle or checked out, the latter also with a listener on the pool',
      },
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
      close: [{ method: 'end', async: true, mode: 'forced', note: 'as pg' }],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true },
      requestBoundOn: ['serverless', 'edge'],
      poolAlternative: { api: 'Pool', invoke: 'new', sameMethods: ['query'], sameOptions: true },
      cost: 'opens a WebSocket connection of its own, with a handshake',
      note: 'connect() resolves to nothing',
    },
  ],
  checkouts: [
    {
      api: 'new Pool().connect',
      returnsPromise: true,
      callback: { argument: 0, parameter: 1, release: 2 },
      release: ['release'],
      secondRelease: 'throws',
      answers: ['query'],
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
    { api: 'new Pool().query', text: 0, property: 'text', callback: -1 },
    { api: 'neon()', tag: true, text: 0, note: 'one HTTP request per statement: use neon().transaction()' },
    { api: 'neon().query', text: 0, note: 'one HTTP request per statement: use neon().transaction()' },
  ],
  cheap: [{ api: 'neon', why: 'sends HTTP requests and opens no socket of its own' }],
  limits: pgLimits({ of: ['Pool'] }).map((limit) => ({ ...limit, note: 'the code of pg-pool' })),
  timeouts: pgPoolTimeouts({ of: ['Pool'] }).map((time) => ({ ...time, note: 'the code of pg-pool' })),
  waits: pgWaits({ of: ['Pool'] }).filter((wait) => wait.for !== 'query'),
  recycling: [{ of: ['Pool'], ...pgRecycling }],
  holdsProcess: 'until-idle-timeout',
  edge: 'on Workers and edge functions create, use and end Pool and Client inside one request (a WebSocket cannot outlive it); neon() may be created anywhere',
  notes: [
    'in a long-lived Node.js process share the pool',
    'a used Pool keeps the process alive for about 10 s, a connected Client for ever',
    'run over a WebSocket proxy to a local PostgreSQL',
  ],
};
