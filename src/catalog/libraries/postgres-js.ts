import type { LibraryDescriptor, ValueEffect } from '../descriptor.js';

// The options are the only argument, or follow a URL.
const OPTIONS = [0, 1];
const UNKNOWN_SETTING = 'is sent to the server as a setting that it does not know: every query fails';
const ONE: ValueEffect = { means: 'becomes', value: 1, does: 'opens ONE connection' };

/** postgres.js: the `sql` function is the pool. */
export const postgresJs: LibraryDescriptor = {
  name: 'postgres',
  version: '3.4.9',
  modules: ['postgres'],
  creators: [
    {
      api: 'default',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        {
          method: 'end',
          async: true,
          mode: 'graceful',
          note: 'waits without a limit (for a reserved connection too) unless { timeout } in seconds is given; a later end({ timeout }) cannot hurry it; a second call resolves',
        },
        { method: 'close', async: true, mode: 'graceful', note: 'closes the connections' },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens up to {max} connections of its own',
      note: 'sql.subscribe and sql.listen open one extra connection',
    },
  ],
  checkouts: [
    {
      api: '{default(),new Sql()}.reserve',
      returnsPromise: true,
      release: ['release'],
      secondRelease: 'corrupts',
      answers: ['', 'unsafe'],
      note: 'release() gives nothing back; after a second one two holders got the same connection',
    },
  ],
  managed: [
    {
      api: '{default(),new Sql()}.begin',
      takes: 'transaction',
      callback: [-1],
      parameter: 0,
      answers: ['', 'unsafe'],
      note: 'the outer sql inside waits for ever with max: 1',
    },
  ],
  shortcuts: [
    {
      api: '{default(),new Sql()}',
      tag: true,
      note: 'BEGIN rejects with UNSAFE_TRANSACTION, unless max is 1',
    },
    { api: '{default(),new Sql()}.unsafe', text: 0 },
  ],
  cheap: [],
  limits: [
    {
      option: 'max',
      argument: OPTIONS,
      bounds: 'connections',
      default: 10,
      zero: { means: 'blocks', does: 'opens no connection: every query waits for ever' },
      negative: { means: 'throws', does: 'throws "Invalid array length"' },
      null: ONE,
      undefined: ONE,
      nan: { means: 'throws', does: 'throws "Invalid array length"' },
      infinity: { means: 'throws', does: 'throws "Invalid array length"' },
      text: { means: 'becomes', value: 1, does: 'opens ONE connection, whatever number the text holds' },
      float: { means: 'throws', does: 'throws "Invalid array length"' },
      false: ONE,
      servers: [{ family: 'postgresql' }],
      note: 'the default is 3 on Cloudflare Workers; PGMAX in the environment is text, and so opens one connection',
    },
    {
      option: 'max_pipeline',
      argument: OPTIONS,
      bounds: 'in-flight',
      default: 100,
    },
  ],
  timeouts: [
    {
      option: 'connect_timeout',
      argument: OPTIONS,
      covers: ['connect'],
      misses: ['acquire', 'query'],
      unit: 's',
      default: 30,
      zero: 'unlimited',
      text: 'literal',
      note: 'text and the effect of 0 on the other times: src/index.js:484, src/connection.js:1042',
    },
    {
      option: 'idle_timeout',
      aliases: ['timeout'],
      argument: OPTIONS,
      covers: ['idle'],
      unit: 's',
      default: 'none',
      zero: 'unlimited',
      null: 'unlimited',
      text: 'literal',
      note: 'timeout is its deprecated name, with a line on the console',
    },
    {
      option: 'max_lifetime',
      argument: OPTIONS,
      covers: ['lifetime'],
      unit: 's',
      default: null,
      zero: 'unlimited',
      null: 'unlimited',
      text: 'literal',
      note: 'by default a random time between 1800 and 3600',
    },
    {
      option: 'keep_alive',
      argument: OPTIONS,
      covers: ['keep-alive'],
      unit: 's',
      default: 60,
      text: 'literal',
    },
    {
      option: 'connection.statement_timeout',
      argument: OPTIONS,
      covers: ['query'],
      misses: ['acquire', 'connect'],
      unit: 'ms',
      default: 'none',
      zero: { means: 'default', does: "is not sent: the server's own setting holds" },
      note: 'a setting of the server, in milliseconds next to times in seconds; the client has no timeout for queries',
    },
    {
      option: 'timeout',
      of: [],
      at: [{ api: '{default(),new Sql()}.end', argument: 0, holds: 'call' }],
      covers: ['close'],
      unit: 's',
      default: 'none',
      zero: { means: 'immediate', does: 'closes by force at once' },
    },
  ],
  waits: [
    { for: 'connect', default: 30_000, endedBy: ['connect_timeout'] },
    {
      for: 'acquire',
      default: 'none',
      endedBy: [],
      instead: 'there is no option for it: bound the number of calls that run at the same time',
    },
    { for: 'query', default: 'none', endedBy: ['connection.statement_timeout'] },
  ],
  relations: [
    {
      kind: 'at-most',
      left: 'idle_timeout',
      right: 'max_lifetime',
      given: 'both',
      otherwise: 'connections are replaced before they are ever idle for that long',
    },
  ],
  recycling: [
    {
      idle: 'none',
      lifetime: 3_600_000,
      validates: 'none',
      boundedBy: ['idle_timeout', 'max_lifetime'],
      note: 'the lifetime is a random time between half an hour and an hour',
    },
  ],
  ignored: [
    ...['connectionLimit', 'poolSize', 'pool.max'].map((option) => ({
      option,
      argument: OPTIONS,
      because: 'other-name' as const,
      leaves: '`max` stays 10',
      instead: 'max',
    })),
    ...(
      [
        ['idleTimeoutMillis', 'idle_timeout'],
        ['connectionTimeoutMillis', 'connect_timeout'],
        ['maxLifetimeSeconds', 'max_lifetime'],
      ] as const
    ).map(([option, instead]) => ({
      option,
      argument: OPTIONS,
      because: 'other-name' as const,
      instead,
      note: 'all its times are in seconds',
    })),
  ],
  connectionStrings: [
    {
      parameters: ['connect_timeout', 'idle_timeout', 'max_lifetime', 'max_pipeline', 'keep_alive'].map((name) => ({
        name,
        option: name,
      })),
      ignored: [
        { name: 'max', does: 'opens ONE connection, whatever its value', instead: 'max' },
        {
          name: 'connection_limit',
          does: UNKNOWN_SETTING,
          instead: 'max',
        },
        {
          name: 'pool_timeout',
          does: UNKNOWN_SETTING,
        },
      ],
    },
  ],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers create it inside the handler (Hyperdrive), never at module scope; it lowers max to 3 there by itself',
  notes: [
    'all times are in seconds',
    'not an emitter: an idle or reserved connection may be lost without an error, the next query reconnects',
    'with idle_timeout set the process exits after that time; without it a used client keeps the process alive for ever',
    'max as text, undefined or null, ?max= in the URL and PGMAX give ONE connection',
  ],
};
