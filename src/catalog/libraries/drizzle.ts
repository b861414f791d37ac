import type { ArgumentCondition, Creator, LibraryDescriptor } from '../descriptor.js';
import {
  mysql2ConnectionTimeouts,
  mysql2Limits,
  mysql2PoolTimeouts,
  mysql2Recycling,
  mysql2Relations,
} from '../pools/mysql2.js';
import { pgConnectionTimeouts, pgLimits, pgPoolTimeouts, pgRecycling, pgWaits } from '../pools/pg.js';

const owned: readonly ArgumentCondition[] = [
  { test: 'is-text', argument: 0 },
  { test: 'has-property', argument: 0, property: 'connection' },
];

const creator = (modules: readonly string[], end: Creator['close'][number], rest: Partial<Creator> = {}): Creator => ({
  api: 'drizzle',
  modules,
  invoke: 'call',
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  generic: true,
  close: [end],
  dispose: { sync: false, async: false },
  ownsWhen: owned,
  cost: 'opens up to 10 connections of its own',
  note: 'with a URL or { connection } it makes the pool behind $client itself; drizzle has no close method of its own',
  ...rest,
});

// The others run on one handle, or send each statement on its own.
const pooled = [
  'drizzle-orm/node-postgres',
  'drizzle-orm/postgres-js',
  'drizzle-orm/mysql2',
  'drizzle-orm/singlestore',
  'drizzle-orm/neon-serverless',
  'drizzle-orm/vercel-postgres',
];
const builders = '{select,selectDistinct,selectDistinctOn,insert,update,delete,with,$count}';

/** Drizzle ORM, by driver module. */
export const drizzle: LibraryDescriptor = {
  name: 'drizzle-orm',
  version: '0.45.4',
  modules: [
    'drizzle-orm/node-postgres',
    'drizzle-orm/postgres-js',
    'drizzle-orm/mysql2',
    'drizzle-orm/singlestore',
    'drizzle-orm/neon-serverless',
    'drizzle-orm/neon-http',
    'drizzle-orm/vercel-postgres',
    'drizzle-orm/planetscale-serverless',
    'drizzle-orm/libsql',
    'drizzle-orm/better-sqlite3',
    'drizzle-orm/d1',
    'drizzle-orm/xata-http',
  ],
  creators: [
    creator(
      ['drizzle-orm/node-postgres'],
      { method: '$client.end', async: true, mode: 'graceful', note: 'the end of the pg pool' },
      {
        errorEvent: {
          event: 'error',
          crashesProcess: true,
          on: '$client',
          note: 'drizzle attaches no listener to the pool it makes: an idle connection that loses its server ends the process',
        },
      },
    ),
    creator(
      ['drizzle-orm/postgres-js'],
      { method: '$client.end', async: true, mode: 'graceful', note: 'the end of postgres.js' },
      { throwsWithoutConfig: true },
    ),
    creator(
      ['drizzle-orm/mysql2'],
      { method: '$client.end', async: true, mode: 'forced', note: 'the end of the mysql2 pool' },
      { throwsWithoutConfig: true },
    ),
    creator(
      ['drizzle-orm/singlestore'],
      { method: '$client.end', async: true, mode: 'forced', note: 'the end of the mysql2 pool' },
      { note: 'makes a mysql2 pool from a URL or { connection } (source singlestore/driver.js, not run)' },
    ),
    creator(
      ['drizzle-orm/neon-serverless'],
      { method: '$client.end', async: true, mode: 'graceful', note: 'the end of the neon pool' },
      { requestBoundOn: ['serverless', 'edge'] },
    ),
    creator(
      ['drizzle-orm/libsql'],
      { method: '$client.close', async: false, mode: 'forced', note: 'the close of the libsql client' },
      {
        makes: 'multiplexed',
        connects: 'eager',
        ownsWhen: [
          { test: 'matches', argument: 0, pattern: /^wss?:/ },
          { test: 'property-matches', argument: 0, property: 'connection', pattern: /^wss?:/ },
          { test: 'property-matches', argument: 0, property: 'connection.url', pattern: /^wss?:/ },
        ],
        cost: 'opens a WebSocket of its own',
        note: 'a libsql client: ws: and wss: open a WebSocket, file: a file, http: and libsql: nothing',
      },
    ),
    creator(
      ['drizzle-orm/better-sqlite3'],
      { method: '$client.close', async: false, mode: 'forced', note: 'the close of better-sqlite3' },
      {
        makes: 'handle',
        holds: 'file',
        connects: 'eager',
        ownsWhen: [...owned, { test: 'missing', argument: 0 }],
        cost: 'opens the database file once more',
        note: 'opens the file of a path, { connection } or, without an argument, a database in memory (source better-sqlite3/driver.js)',
      },
    ),
  ],
  managed: [
    {
      api: '{drizzle(),new *Database()}.transaction',
      modules: pooled,
      takes: 'transaction',
      callback: [0],
      parameter: 0,
      answers: [builders, 'query.*.{findMany,findFirst}', 'execute'],
      note: 'the outer db inside waits for ever with max: 1',
    },
  ],
  shortcuts: [
    {
      api: `{drizzle(),new *Database()}.${builders}`,
      modules: pooled,
      note: 'a query builder, which runs when it is awaited',
    },
    { api: '{drizzle(),new *Database()}.query.*.{findMany,findFirst}', modules: pooled },
    {
      api: '{drizzle(),new *Database()}.execute',
      modules: pooled,
      text: 0,
      note: 'takes a template made by sql as well',
    },
  ],
  cheap: [
    {
      api: 'drizzle',
      modules: ['drizzle-orm/neon-http', 'drizzle-orm/planetscale-serverless', 'drizzle-orm/d1', 'drizzle-orm/xata-http'],
      why: 'HTTP or a binding: no socket of its own',
    },
    {
      api: 'drizzle',
      modules: ['drizzle-orm/vercel-postgres'],
      why: 'wraps the client it is given, or the shared sql of @vercel/postgres (source vercel-postgres/driver.js)',
    },
    { api: 'drizzle', why: 'wraps the client it is given; only a URL or { connection } makes it open one' },
    { api: 'drizzle.mock', why: 'has no client' },
  ],
  transfers: [
    { api: 'drizzle', argument: 0, takesOver: false, note: 'drizzle never closes the client it wraps' },
    { api: 'drizzle', argument: 0, property: 'client', takesOver: false, note: 'drizzle never closes the client it wraps' },
  ],
  // { connection } is handed on to the driver as it is.
  limits: [
    ...pgLimits({ prefix: 'connection.', of: ['drizzle'], modules: ['drizzle-orm/node-postgres'] }),
    ...mysql2Limits({ prefix: 'connection.', of: ['drizzle'], modules: ['drizzle-orm/mysql2'] }),
  ],
  timeouts: [
    ...pgPoolTimeouts({ prefix: 'connection.', of: ['drizzle'], modules: ['drizzle-orm/node-postgres'] }),
    ...pgConnectionTimeouts({ prefix: 'connection.', of: ['drizzle'], modules: ['drizzle-orm/node-postgres'] }),
    ...mysql2ConnectionTimeouts({ prefix: 'connection.', of: ['drizzle'], modules: ['drizzle-orm/mysql2'] }),
    ...mysql2PoolTimeouts({ prefix: 'connection.', of: ['drizzle'], modules: ['drizzle-orm/mysql2'] }),
  ],
  waits: [
    ...pgWaits({ of: ['drizzle'], modules: ['drizzle-orm/node-postgres'] }, 'connection.'),
    {
      of: ['drizzle'],
      modules: ['drizzle-orm/mysql2'],
      for: 'connect',
      default: 10_000,
      endedBy: ['connection.connectTimeout'],
    },
    {
      of: ['drizzle'],
      modules: ['drizzle-orm/mysql2'],
      for: 'acquire',
      default: 'none',
      endedBy: [],
      instead: 'bound the queue with connection.queueLimit, or set connection.waitForConnections: false',
    },
  ],
  relations: mysql2Relations({ of: ['drizzle'], modules: ['drizzle-orm/mysql2'] }, 'connection.'),
  recycling: [
    {
      of: ['drizzle'],
      modules: ['drizzle-orm/node-postgres'],
      ...pgRecycling,
      keeps: 'connection.min',
      boundedBy: ['connection.idleTimeoutMillis', 'connection.maxLifetimeSeconds'],
    },
    {
      of: ['drizzle'],
      modules: ['drizzle-orm/mysql2'],
      ...mysql2Recycling,
      boundedBy: ['connection.idleTimeout'],
    },
  ],
  connectionStrings: [
    ...[undefined, 'connection', 'connection.connectionString'].map((property) => ({
      of: ['drizzle'],
      modules: ['drizzle-orm/node-postgres'],
      ...(property === undefined ? {} : { property }),
      parameters: [],
      ignored: [
        {
          name: 'max',
          leaves: 'the pool keeps its 10 connections',
          instead: 'connection.max',
        },
      ],
    })),
    ...[undefined, 'connection', 'connection.uri'].map((property) => ({
      of: ['drizzle'],
      modules: ['drizzle-orm/mysql2'],
      ...(property === undefined ? {} : { property }),
      parameters: [{ name: 'connectionLimit', option: 'connection.connectionLimit' }],
      ignored: [],
    })),
  ],
  holdsProcess: 'unknown',
  edge: 'as the driver: neon-http, planetscale-serverless, d1 and xata-http may be created anywhere, socket drivers inside the handler',
  notes: [
    'keeps the process alive and reports errors as the driver behind $client does',
    'the outer db inside a transaction hangs for ever with max 1',
    'bun-sql, bun-sqlite, pglite and tidb-serverless make clients of their own too, but what these hold is unverified: left out',
  ],
};
