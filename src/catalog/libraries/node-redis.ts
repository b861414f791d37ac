import type { ConnectMethod, Creator, ErrorEvent, LibraryDescriptor, Limit, Timeout, ValueEffect } from '../descriptor.js';

const connect = (repeatable: boolean): ConnectMethod => ({
  method: 'connect',
  required: true,
  repeatable,
  returnsClient: true,
});
const close: Creator['close'] = [
  { method: 'close', async: true, mode: 'graceful', note: 'since v5; a second call rejects "The client is closed"' },
  { method: 'destroy', async: false, mode: 'forced', note: 'since v5; a second call throws in v5 and is silent in v6' },
  { method: 'quit', async: true, mode: 'graceful', note: 'deprecated since v5; a second call rejects' },
  { method: 'disconnect', async: true, mode: 'forced', note: 'the only forced close in v4, deprecated since v5' },
];
const closePool: Creator['close'] = [
  { method: 'close', async: true, mode: 'graceful' },
  { method: 'destroy', async: false, mode: 'forced' },
];
// A connection that subscribes or blocks serves nothing else.
const dedicatedUses = [
  'subscribe',
  'pSubscribe',
  'sSubscribe',
  'SUBSCRIBE',
  'PSUBSCRIBE',
  'monitor',
  'blPop',
  'brPop',
  'blMove',
  'bzPopMin',
  'bzPopMax',
];
const errorEvent: ErrorEvent = {
  event: 'error',
  crashesProcess: true,
  note: 'the loss of an idle connection ends the process ("Socket closed unexpectedly"); without a listener connect() rejects instead of retrying',
};

const CLIENTS = ['createClient', 'createClientPool'];
const POOLS = ['createClientPool', 'createClient().createPool'];

const poolLimits = (place: Pick<Limit, 'argument' | 'of'>): readonly Limit[] => {
  const fixed: ValueEffect = {
    means: 'becomes',
    value: 1,
    does: 'never lets the pool grow beyond `minimum`, one client by default',
  };
  return [
    {
      ...place,
      option: 'maximum',
      bounds: 'connections',
      default: 100,
      zero: fixed,
      negative: fixed,
      null: fixed,
      infinity: 'unlimited',
      servers: [{ family: 'redis' }],
      note: 'with minimum: 0 as well nothing ever runs',
    },
    { ...place, option: 'minimum', bounds: 'min', default: 1, zero: 'none' },
  ];
};
const poolTimeouts = (place: Pick<Timeout, 'argument' | 'of'>): readonly Timeout[] => [
  {
    ...place,
    option: 'acquireTimeout',
    covers: ['acquire'],
    misses: ['query'],
    unit: 'ms',
    default: 3_000,
    zero: 'unlimited',
  },
  {
    ...place,
    option: 'cleanupDelay',
    covers: ['idle'],
    unit: 'ms',
    default: 3_000,
    note: 'for clients above minimum',
  },
];

/** node-redis. */
export const nodeRedis: LibraryDescriptor = {
  name: 'redis',
  version: '6.3.1 (also 5.12.1, 4.7.1)',
  modules: ['redis', '@redis/client'],
  creators: [
    {
      api: 'createClient',
      invoke: 'call',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'on-connect',
      connect: connect(false),
      generic: true,
      dedicatedUses,
      close,
      dispose: { sync: false, async: false },
      errorEvent,
      cost: 'opens a connection of its own, although one connection serves any number of requests',
      note: 'a second connect() rejects "Socket already opened"',
    },
    {
      api: 'createClientPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'on-connect',
      connect: connect(true),
      generic: true,
      close: closePool,
      dispose: { sync: false, async: false },
      errorEvent: {
        event: 'error',
        crashesProcess: true,
        note: 'the pool needs a listener of its own (run on v6)',
      },
      cost: 'opens up to 100 connections of its own',
      versions: '>=5',
      note: 'a second connect() does nothing and resolves to undefined (source client/pool.js)',
    },
    {
      api: 'createCluster',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'on-connect',
      connect: connect(false),
      generic: true,
      close,
      cost: 'opens connections of its own to the nodes of the cluster',
      note: 'connect() resolves to the cluster since v5, to nothing in v4',
    },
    {
      api: 'createSentinel',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'on-connect',
      connect: connect(false),
      generic: true,
      close: [
        { method: 'close', async: true, mode: 'graceful' },
        { method: 'destroy', async: true, mode: 'forced' },
      ],
      cost: 'opens connections of its own to the sentinels and the nodes',
      versions: '>=5',
    },
    {
      api: 'createClient().duplicate',
      invoke: 'call',
      makes: 'connection',
      holds: 'sockets',
      connects: 'on-connect',
      connect: connect(false),
      perRequestIsNormal: true,
      generic: true,
      close,
      dispose: { sync: false, async: false },
      errorEvent,
      cost: 'opens a connection of its own',
      note: 'the way to a dedicated connection, for a subscriber or a blocking command',
    },
    {
      api: 'createClient().createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'on-connect',
      connect: connect(true),
      generic: true,
      close: closePool,
      dispose: { sync: false, async: false },
      errorEvent: { event: 'error', crashesProcess: true },
      cost: 'opens up to 100 connections of its own',
      versions: '>=5',
    },
  ],
  managed: [
    {
      api: '{createClientPool(),createClient().createPool(),createClient()}.{execute,executeIsolated}',
      takes: 'connection',
      callback: [0],
      parameter: 0,
      note: 'execute() of a pool since v5, executeIsolated() of a client in v4 (docs)',
    },
  ],
  cheap: [],
  limits: [
    ...poolLimits({ of: ['createClientPool'], argument: 1 }),
    ...poolLimits({ of: ['createClient().createPool'] }),
    {
      option: 'commandsQueueMaxLength',
      of: ['createClient', 'createClientPool'],
      bounds: 'queue',
      default: 'unlimited',
      zero: 'unlimited',
      note: 'commands that wait to be sent, each of which would otherwise stay in memory while the server is away',
    },
  ],
  timeouts: [
    {
      option: 'socket.connectTimeout',
      of: CLIENTS,
      covers: ['connect'],
      misses: ['query'],
      unit: 'ms',
      default: 5_000,
      zero: 'unlimited',
      null: 'default',
      note: '0 sets the timeout of the socket to 0 (client/socket.js:291)',
    },
    {
      option: 'commandOptions.timeout',
      of: CLIENTS,
      covers: ['acquire'],
      misses: ['query'],
      unit: 'ms',
      default: 5_000,
      zero: 'unlimited',
      versions: '>=5',
      note: 'only the time before a command is sent; a server that never answers is waited for without end. No default before version 6',
    },
    {
      option: 'socket.socketTimeout',
      of: CLIENTS,
      covers: ['socket', 'query'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      versions: '>=5',
      note: 'the only setting that ends a command nobody answers',
    },
    ...poolTimeouts({ of: ['createClientPool'], argument: 1 }),
    ...poolTimeouts({ of: ['createClient().createPool'] }),
    {
      option: 'pingInterval',
      of: CLIENTS,
      covers: ['keep-alive'],
      unit: 'ms',
      default: 'none',
    },
  ],
  waits: [
    { of: CLIENTS, for: 'connect', default: 5_000, endedBy: ['socket.connectTimeout'] },
    { of: POOLS, for: 'acquire', default: 3_000, endedBy: ['acquireTimeout'] },
    { of: CLIENTS, for: 'query', default: 'none', endedBy: ['socket.socketTimeout'] },
  ],
  recycling: [
    {
      of: POOLS,
      idle: 3_000,
      keeps: 'minimum',
      lifetime: 'none',
      validates: 'none',
      boundedBy: ['cleanupDelay'],
    },
  ],
  ignored: [
    {
      of: CLIENTS,
      option: 'connectTimeout',
      because: 'other-place',
      instead: 'socket.connectTimeout',
    },
    {
      of: CLIENTS,
      option: 'socketTimeout',
      because: 'other-place',
      instead: 'socket.socketTimeout',
    },
    { of: CLIENTS, option: 'socket.socketTimeout', because: 'ineffective', versions: '<5' },
  ],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'commands before connect() reject "The client is closed"; an only created client does not keep the process alive',
    'while the server is down commands wait for ever in v4 and v5 and are rejected after 5 s in v6',
    'whether cluster and sentinel clients need an error listener is unverified',
  ],
};
