import type { ConnectionString, Creator, LibraryDescriptor, Timeout } from '../descriptor.js';
import { mariadbFacts } from '../pools/mariadb.js';
import { pgConnectionTimeouts, pgIgnored, pgLimits, pgPoolTimeouts, pgRecycling, pgWaits } from '../pools/pg.js';

const clients = [
  '@prisma/client',
  '@prisma/client/edge',
  '.prisma/client',
  '*/generated/prisma',
  '*/generated/prisma/*',
  '*/generated/client',
  '*/generated/client/*',
  'generated/prisma',
  'generated/prisma/*',
];

const adapter = (module: string, api: string, cost: string): Creator => ({
  api,
  modules: [module],
  invoke: 'new',
  makes: 'wrapper',
  holds: 'nothing',
  connects: 'lazy',
  close: [],
  cost,
  note: 'opens nothing itself: the PrismaClient that takes it makes the connections and closes them with $disconnect()',
});

// The client, also with extensions, which run on the same engine.
const instances = 'new PrismaClient(),new PrismaClient().$extends()';
const operations =
  '{findUnique,findUniqueOrThrow,findFirst,findFirstOrThrow,findMany,create,createMany,createManyAndReturn,update,updateMany,updateManyAndReturn,upsert,delete,deleteMany,count,aggregate,groupBy}';

// The adapter hands its options on to mariadb.
const MARIADB = mariadbFacts({ pools: ['PrismaMariaDb'], all: ['PrismaMariaDb'] });

/** Prisma client with its driver adapters. */
export const prisma: LibraryDescriptor = {
  name: '@prisma/client',
  version: '7.10.0 (also 6.19.3 with driver adapters; the Rust engine of 5.x and 6.x from its documentation only)',
  modules: [...clients, '@prisma/adapter-pg', '@prisma/adapter-mariadb', '@prisma/adapter-better-sqlite3'],
  creators: [
    {
      api: 'PrismaClient',
      modules: clients,
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      connect: { method: '$connect', required: false, repeatable: true, returnsClient: false },
      throwsWithoutConfig: true,
      generic: true,
      close: [
        {
          method: '$disconnect',
          async: true,
          mode: 'graceful',
          note: 'a second call resolves; a later query silently connects again; does not end a pool that was passed to the adapter unless disposeExternalPool is true',
        },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens a pool of its own, of up to 10 connections with the pg adapter and of CPUs x 2 + 1 with the Rust engine',
      note: 'v7 throws without adapter or accelerateUrl; with the better-sqlite3 adapter it holds a file, which the arguments of the constructor do not show',
    },
    adapter('@prisma/adapter-pg', 'PrismaPg', 'makes a pool of up to 10 connections for the client that takes it'),
    adapter('@prisma/adapter-mariadb', 'PrismaMariaDb', 'makes a pool for the client that takes it'),
    adapter('@prisma/adapter-better-sqlite3', 'PrismaBetterSqlite3', 'opens a database file for the client that takes it'),
  ],
  managed: [
    {
      api: `{${instances}}.$transaction`,
      modules: clients,
      takes: 'transaction',
      callback: [0],
      parameter: 0,
      answers: ['{$queryRaw,$executeRaw,$queryRawUnsafe,$executeRawUnsafe}', `*.${operations}`],
      note: 'with an array of queries there is nothing to pass on',
    },
  ],
  shortcuts: [
    {
      api: `{${instances}}.{$queryRaw,$executeRaw,$queryRawUnsafe,$executeRawUnsafe}`,
      modules: clients,
      text: 0,
      tag: true,
    },
    {
      api: `{${instances}}.*.${operations}`,
      modules: clients,
    },
  ],
  cheap: [{ api: 'new PrismaClient().$extends', modules: clients, why: 'shares the engine of its client (docs)' }],
  transfers: [
    {
      api: 'new PrismaPg()',
      modules: ['@prisma/adapter-pg'],
      argument: 0,
      takesOver: false,
      onlyWith: 'disposeExternalPool',
      note: 'disposeExternalPool is a property of the second argument; a Pool of another copy of pg is read as plain options',
    },
    {
      api: 'new PrismaMariaDb()',
      modules: ['@prisma/adapter-mariadb'],
      argument: 0,
      takesOver: false,
      onlyWith: 'disposeExternalPool',
      note: 'disposeExternalPool is a property of the second argument (source dist/index.js:478)',
    },
    { api: 'new PrismaClient()', modules: clients, argument: 0, property: 'adapter', takesOver: true },
  ],
  limits: [...pgLimits({ of: ['PrismaPg'] }), ...MARIADB.limits],
  timeouts: [
    ...pgPoolTimeouts({ of: ['PrismaPg'] }),
    ...pgConnectionTimeouts({ of: ['PrismaPg'] }),
    ...MARIADB.timeouts,
    ...(
      [
        ['maxWait', 'acquire', 2_000],
        ['timeout', 'transaction', 5_000],
      ] as const
    ).map(([name, phase, time]): Timeout => ({
      option: `transactionOptions.${name}`,
      of: ['PrismaClient'],
      at: [{ api: 'new PrismaClient().$transaction', argument: 1, property: name, holds: 'call' }],
      covers: [phase],
      unit: 'ms',
      default: time,
      note: 'of interactive transactions',
    })),
  ],
  waits: pgWaits({ of: ['PrismaPg'] }),
  recycling: [{ of: ['PrismaPg'], ...pgRecycling }],
  ignored: pgIgnored({ of: ['PrismaPg'] }),
  connectionStrings: [
    {
      of: ['PrismaPg'],
      property: 'connectionString',
      parameters: [],
      ignored: [
        { name: 'connection_limit', leaves: '`max` stays 10', instead: 'max' },
        { name: 'pool_timeout', instead: 'connectionTimeoutMillis' },
        { name: 'connect_timeout', instead: 'connectionTimeoutMillis' },
      ],
    },
    ...['datasourceUrl', 'datasources.db.url'].map((property): ConnectionString => ({
      of: ['PrismaClient'],
      property,
      parameters: [
        {
          name: 'connection_limit',
          default: null,
          evidence: 'docs',
          note: 'twice the number of CPUs and one; of the engine of versions 5 and 6, not of adapters',
        },
        { name: 'pool_timeout', unit: 's', covers: ['acquire'], default: 10, zero: 'unlimited', evidence: 'docs' },
        { name: 'connect_timeout', unit: 's', covers: ['connect'], default: 5, zero: 'unlimited', evidence: 'docs' },
        { name: 'socket_timeout', unit: 's', covers: ['query'], default: 'none', zero: 'unlimited', evidence: 'docs' },
      ],
      ignored: [],
    })),
  ],
  holdsProcess: 'until-idle-timeout',
  edge: 'on Cloudflare Workers a client at module scope works once and then fails: create it inside the handler',
  notes: [
    'in the development server of Next.js keep it on globalThis when NODE_ENV is not "production"',
    'the pg adapter installs the error listener of its pool itself',
    '?connection_limit= and ?pool_timeout= in the URL are ignored with a driver adapter',
    'with the outer client inside an interactive transaction and max 1 the transaction fails after 5 s',
    'of the adapters PrismaPg and PrismaMariaDb were run; the name of the other was checked in its package',
  ],
};
