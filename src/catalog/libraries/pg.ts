import type { Checkout, CheckoutCallback, LibraryDescriptor } from '../descriptor.js';
import { pgConnectionTimeouts, pgIgnored, pgLimits, pgPoolTimeouts, pgRecycling, pgWaits } from '../pools/pg.js';

const callback: CheckoutCallback = { argument: 0, parameter: 1, release: 2 };

// What is submitted to query() of a client is given back by it.
const submitted = (module: string, more: Pick<Checkout, 'release'> & Partial<Checkout>): Checkout => ({
  api: '{new Pool().connect(),new native.Pool().connect(),new Client(),new native.Client(),new PoolClient(),new ClientBase()}.query',
  modules: ['pg'],
  takes: 'cursor',
  returnsPromise: false,
  sameAs: 0,
  when: [{ test: 'made-by', argument: 0, api: 'new default()', modules: [module] }],
  ...more,
});

const POOLS = ['{Pool,native.Pool}', 'default'];
const CLIENT = '{Client,native.Client}';

/** node-postgres and its pool. */
export const pg: LibraryDescriptor = {
  name: 'pg',
  version: '8.23.1 (pg-pool 3.14.0, pg-cursor 2.22.0, pg-query-stream 4.17.0)',
  modules: ['pg', 'pg-pool', 'pg-cursor', 'pg-query-stream'],
  creators: [
    {
      api: '{Pool,native.Pool}',
      modules: ['pg'],
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        {
          method: 'end',
          async: true,
          mode: 'graceful',
          note: 'waits for every checked-out client without a limit; a second call rejects',
        },
      ],
      dispose: { sync: false, async: false },
      errorEvent: {
        event: 'error',
        crashesProcess: true,
        note: 'an idle client that loses its server ends the process; does not cover checked-out clients',
      },
      cost: 'opens up to {max} connections of its own',
      note: 'takes an object only: new Pool("postgres://…") throws a TypeError',
    },
    {
      api: 'default',
      modules: ['pg-pool'],
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      generic: true,
      close: [
        {
          method: 'end',
          async: true,
          mode: 'graceful',
          note: 'waits for every checked-out client without a limit; a second call rejects',
        },
      ],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true },
      cost: 'opens up to {max} connections of its own',
    },
    {
      api: '{Client,native.Client}',
      modules: ['pg'],
      invoke: 'new',
      makes: 'connection',
      holds: 'sockets',
      connects: 'on-connect',
      connect: { method: 'connect', required: true, repeatable: false, returnsClient: true },
      close: [
        {
          method: 'end',
          async: true,
          mode: 'forced',
          note: 'a query in progress rejects; cannot be connected again afterwards; a second call resolves',
        },
      ],
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true },
      dedicatedUses: ['on:notification', 'text:LISTEN'],
      poolAlternative: {
        api: 'Pool',
        invoke: 'new',
        sameMethods: ['query'],
        sameOptions: true,
        textOption: 'connectionString',
      },
      cost: 'opens a connection of its own, with a handshake and a PostgreSQL backend process',
      note: 'connect() resolves to the client in 8.23.1 (source lib/client.js:245), although @types/pg says void; the options mean the same to Pool, but a connection string as the argument has to become { connectionString }',
    },
  ],
  cheap: [],
  checkouts: [
    {
      api: '{new Pool(),new native.Pool()}.connect',
      modules: ['pg'],
      returnsPromise: true,
      callback,
      release: ['release'],
      secondRelease: 'throws',
      answers: ['query'],
      note: 'release(true) and release(error) close the connection, which frees the slot too',
    },
    {
      api: 'new default().connect',
      modules: ['pg-pool'],
      returnsPromise: true,
      callback,
      release: ['release'],
      secondRelease: 'throws',
      answers: ['query'],
    },
    submitted('pg-cursor', {
      release: ['close'],
      releaseIsAsync: true,
      exhaustedBy: ['read'],
      note: 'an open cursor blocks every later query of its client, also after the client was released',
    }),
    submitted('pg-query-stream', {
      release: ['destroy', 'pipe', 'resume', 'on:data', 'toArray', 'forEach'],
      exhaustedBy: ['read'],
      iterable: true,
      dispose: { sync: false, async: true, effect: 'releases' },
      note: 'an unread stream blocks every later query of its client, also after the client was released',
    }),
  ],
  transactions: [
    {
      begin: ['text:BEGIN', 'text:START TRANSACTION'],
      commit: ['text:COMMIT', 'text:END'],
      rollback: ['text:ROLLBACK', 'text:ABORT'],
      held: 'receiver',
      alsoEnds: ['end'],
      onRelease: 'stays-open',
      note: 'ROLLBACK TO SAVEPOINT does not end it; release(true) closes the connection and with it the transaction',
    },
  ],
  shortcuts: [
    { api: '{new Pool(),new native.Pool()}.query', modules: ['pg'], text: 0, property: 'text', callback: -1 },
    { api: 'new default().query', modules: ['pg-pool'], text: 0, property: 'text', callback: -1 },
  ],
  limits: pgLimits({ of: POOLS }),
  timeouts: [
    ...pgPoolTimeouts({ of: POOLS }),
    {
      option: 'connectionTimeoutMillis',
      of: [CLIENT],
      covers: ['connect'],
      misses: ['query'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      note: 'pg/lib/client.js:116,167',
    },
    ...pgConnectionTimeouts({}, [
      {
        api: '{new Pool(),new native.Pool(),new Pool().connect(),new Client(),new native.Client(),new PoolClient()}.query',
        modules: ['pg'],
        argument: 0,
        holds: 'call',
      },
    ]),
    {
      option: 'keepAliveInitialDelayMillis',
      covers: ['keep-alive'],
      unit: 'ms',
      default: null,
      needs: { by: 'option', option: 'keepAlive', value: true, otherwise: 'does nothing: no probes are sent' },
      note: 'probes of the TCP connection, off by default (pg/lib/client.js:95); not the keep-alive of HTTP',
    },
  ],
  waits: [
    ...pgWaits({ of: POOLS }),
    { of: [CLIENT], for: 'connect', default: 'none', endedBy: ['connectionTimeoutMillis'] },
    { of: [CLIENT], for: 'query', default: 'none', endedBy: ['statement_timeout', 'query_timeout'] },
  ],
  relations: [
    {
      of: POOLS,
      kind: 'at-most',
      left: 'min',
      right: 'max',
      given: 'either',
      otherwise: 'the pool never holds `min` connections',
    },
    {
      of: POOLS,
      kind: 'at-most',
      left: 'idleTimeoutMillis',
      right: 'maxLifetimeSeconds',
      given: 'both',
      otherwise: 'connections are replaced before they are ever idle for that long',
    },
    ...['query_timeout', 'statement_timeout'].map((right) => ({
      of: POOLS,
      kind: 'at-most' as const,
      left: 'connectionTimeoutMillis',
      right,
      given: 'both' as const,
      otherwise: 'a request may wait longer for a connection than its statement may take',
    })),
  ],
  recycling: [{ of: POOLS, ...pgRecycling }],
  ignored: pgIgnored({ of: POOLS }),
  connectionStrings: [
    {
      property: 'connectionString',
      parameters: [
        { name: 'statement_timeout', option: 'statement_timeout' },
        { name: 'query_timeout', option: 'query_timeout' },
        { name: 'lock_timeout', option: 'lock_timeout' },
        { name: 'idle_in_transaction_session_timeout', option: 'idle_in_transaction_session_timeout' },
      ],
      ignored: [
        { name: 'max', leaves: '`max` stays 10', instead: 'max' },
        { name: 'connection_limit', leaves: '`max` stays 10', instead: 'max' },
        { name: 'pool_timeout', instead: 'connectionTimeoutMillis' },
        { name: 'connect_timeout', instead: 'connectionTimeoutMillis' },
        { name: 'connectionTimeoutMillis', instead: 'connectionTimeoutMillis' },
        { name: 'idleTimeoutMillis', instead: 'idleTimeoutMillis' },
      ],
    },
  ],
  holdsProcess: 'until-idle-timeout',
  edge: 'on Cloudflare Workers create it inside the handler (Hyperdrive), never at module scope',
  notes: [
    'a used Pool keeps the process alive for about 10 s, for ever with idleTimeoutMillis: 0 or a leaked checkout; a connected Client keeps it alive for ever; allowExitOnIdle lets it exit at once',
    'connectionLimit, pool: { max } and ?max= in the URL are ignored: max stays 10',
    'BEGIN and COMMIT through pool.query run on different clients',
    'a client can still query after release(): use after release is silent',
  ],
};
