import type { Creator, LibraryDescriptor } from '../descriptor.js';
import { knexLimits, knexRelations, knexTimeouts } from '../pools/tarn.js';

const sqlModules = [
  '@mikro-orm/postgresql',
  '@mikro-orm/mysql',
  '@mikro-orm/mariadb',
  '@mikro-orm/mssql',
  '@mikro-orm/mongodb',
];
const fileModules = ['@mikro-orm/sqlite', '@mikro-orm/better-sqlite', '@mikro-orm/libsql'];

const base = {
  generic: true,
  invoke: 'call',
  close: [{ method: 'close', async: true, mode: 'graceful', note: 'a second call resolves' }],
  dispose: { sync: false, async: false },
} as const satisfies Partial<Creator>;
const init = { ...base, api: 'MikroORM.init', connects: 'eager', returnsPromise: true } as const;
const initSync = { ...base, api: 'MikroORM.initSync', connects: 'lazy', note: 'connects with the first query (docs)' } as const;
const sockets = {
  modules: ['@mikro-orm/core', ...sqlModules],
  makes: 'pool',
  holds: 'sockets',
  cost: 'opens up to 10 connections of its own',
} as const;
const file = { modules: fileModules, makes: 'handle', holds: 'file', cost: 'opens the database file once more' } as const;

const managers = [
  ...['MikroORM.init().em', 'MikroORM.initSync().em', 'new MikroORM().em'],
  ...['new EntityManager()', 'new SqlEntityManager()', 'RequestContext.getEntityManager()'],
]
  .flatMap((manager) => [manager, `${manager}.fork()`])
  .join(',');

// These drivers have the pool of knex; that of version 7 is another.
const SQL = ['@mikro-orm/postgresql', '@mikro-orm/mysql', '@mikro-orm/mariadb', '@mikro-orm/mssql'];

/** MikroORM. */
export const mikroOrm: LibraryDescriptor = {
  name: '@mikro-orm/core',
  version: '6.6.16 (7.x from its package metadata only)',
  modules: ['@mikro-orm/core', ...sqlModules, ...fileModules],
  creators: [
    { ...init, ...sockets },
    { ...init, ...file },
    { ...initSync, ...sockets },
    { ...initSync, ...file },
  ],
  checkouts: [
    {
      api: `{${managers}}.begin`,
      takes: 'transaction',
      returnsPromise: true,
      held: 'receiver',
      release: ['commit', 'rollback'],
      transaction: { commit: ['commit'], rollback: ['rollback'] },
    },
  ],
  managed: [{ api: `{${managers}}.transactional`, takes: 'transaction', callback: [0], parameter: 0 }],
  cheap: [
    { api: 'MikroORM.init().em.fork', why: 'shares the connections of its ORM; one per request is required' },
    { api: 'MikroORM.initSync().em.fork', why: 'shares the connections of its ORM; one per request is required' },
    { api: 'RequestContext', why: 'holds a forked entity manager only' },
  ],
  limits: [
    ...knexLimits({ modules: ['@mikro-orm/postgresql'] }, [{ family: 'postgresql' }]),
    ...knexLimits({ modules: ['@mikro-orm/mysql', '@mikro-orm/mariadb'] }, [{ family: 'mysql' }]),
    ...knexLimits({ modules: ['@mikro-orm/mssql'] }, [{ family: 'sql-server' }]),
  ],
  timeouts: knexTimeouts({ modules: SQL })
    .filter(({ covers }) => covers.includes('acquire'))
    // knex takes the smallest of its times, which reads a number from text.
    .map((time) => ({ ...time, text: 'literal' as const })),
  waits: [{ modules: SQL, for: 'acquire', default: 60_000, endedBy: ['pool.acquireTimeoutMillis'] }],
  relations: knexRelations({ modules: SQL }),
  holdsProcess: 'unknown',
  notes: [
    '7.x needs Node.js 22.17 and moved from knex to kysely',
    'with the pool of knex: min is 2 by default and max: 0 lets every query fail',
  ],
};
