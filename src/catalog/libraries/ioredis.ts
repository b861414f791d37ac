import type { ConnectMethod, Creator, ErrorEvent, LibraryDescriptor } from '../descriptor.js';

const close: Creator['close'] = [
  { method: 'quit', async: true, mode: 'graceful', note: 'a second call resolves' },
  { method: 'disconnect', async: false, mode: 'forced', note: 'may be repeated' },
];
// A connection that subscribes or blocks serves nothing else.
const dedicatedUses = [
  'subscribe',
  'psubscribe',
  'ssubscribe',
  'monitor',
  'blpop',
  'brpop',
  'brpoplpush',
  'blmove',
  'bzpopmin',
  'bzpopmax',
  'on:message',
  'on:pmessage',
];
const errorEvent: ErrorEvent = {
  event: 'error',
  crashesProcess: false,
  note: 'without a listener errors are only logged on stderr',
};
const connect: ConnectMethod = { method: 'connect', required: false, repeatable: false, returnsClient: false };

// `default` is the class itself and has to stand alone: as an alternative in braces it would be a member.
const redis = (api: string): Creator => ({
  api,
  invoke: 'new',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'eager',
  connect,
  dedicatedUses,
  close: [...close, { method: 'end', async: false, mode: 'forced', note: 'the same as disconnect()' }],
  dispose: { sync: false, async: false },
  errorEvent,
  cost: 'opens a connection of its own at once, although one connection serves any number of requests',
  note: 'with lazyConnect: true it connects with connect() or the first command; connect() on a connecting or connected client rejects (source built/Redis.js)',
});

const duplicate = (api: string): Creator => ({
  api,
  invoke: 'call',
  makes: 'connection',
  holds: 'sockets',
  connects: 'eager',
  connect,
  perRequestIsNormal: true,
  close: [...close, { method: 'end', async: false, mode: 'forced', note: 'the same as disconnect()' }],
  dispose: { sync: false, async: false },
  errorEvent,
  cost: 'opens a connection of its own at once',
  note: 'the way to a dedicated connection, for a subscriber or a blocking command',
});

const OWN = ['default', 'Redis'];
// The options follow a port and a host, or a URL, or stand alone.
const OPTIONS = [0, 1, 2];

/** ioredis. */
export const ioredis: LibraryDescriptor = {
  name: 'ioredis',
  version: '6.0.0 (also 5.11.1)',
  modules: ['ioredis'],
  creators: [
    redis('default'),
    redis('Redis'),
    {
      api: '{Cluster,Redis.Cluster}',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'eager',
      connect,
      close,
      dispose: { sync: false, async: false },
      errorEvent,
      cost: 'opens connections of its own to the nodes of the cluster at once',
    },
    duplicate('new default().duplicate'),
    duplicate('new Redis().duplicate'),
  ],
  cheap: [],
  limits: [
    {
      option: 'maxRetriesPerRequest',
      of: OWN,
      argument: OPTIONS,
      bounds: 'attempts',
      default: 20,
      zero: { means: 'none', does: 'lets commands fail with the first lost connection' },
      null: { means: 'unlimited', does: 'lets commands wait for ever for the server to come back' },
      negative: 'ignored',
      note: 'BullMQ asks for null',
    },
  ],
  timeouts: [
    {
      option: 'connectTimeout',
      of: OWN,
      argument: OPTIONS,
      covers: ['connect'],
      misses: ['query'],
      unit: 'ms',
      default: 10_000,
      zero: 'unlimited',
      text: { means: 'throws', does: 'ends the process: the socket throws, since the time has to be a number' },
    },
    {
      option: 'commandTimeout',
      of: OWN,
      argument: OPTIONS,
      covers: ['query'],
      unit: 'ms',
      default: 'none',
      zero: { means: 'immediate', does: 'lets every command fail at once' },
      text: 'ignored',
    },
    {
      option: 'socketTimeout',
      of: OWN,
      argument: OPTIONS,
      covers: ['socket', 'query'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
    },
    {
      option: 'disconnectTimeout',
      of: OWN,
      argument: OPTIONS,
      covers: ['close'],
      unit: 'ms',
      default: 2_000,
    },
    {
      option: 'keepAlive',
      of: OWN,
      argument: OPTIONS,
      covers: ['keep-alive'],
      unit: 'ms',
      default: 30_000,
      note: '0 by default in version 5',
    },
  ],
  waits: [
    { of: OWN, for: 'connect', default: 10_000, endedBy: ['connectTimeout'] },
    {
      of: OWN,
      for: 'query',
      default: 'none',
      endedBy: ['commandTimeout', 'socketTimeout'],
      note: 'maxRetriesPerRequest ends the wait only when the connection is lost',
    },
  ],
  connectionStrings: [
    {
      of: OWN,
      parameters: [],
      ignored: [
        {
          name: 'connectTimeout',
          does: 'stays text, which ends the process: the socket throws, since the time has to be a number',
          instead: 'connectTimeout',
        },
        ...['commandTimeout', 'maxRetriesPerRequest'].map((name) => ({
          name,
          does: 'stays text, and only a number takes effect',
          instead: name,
        })),
      ],
    },
  ],
  holdsProcess: 'always',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'the constructor connects and keeps the process alive, so that importing a module that creates one does too; lazyConnect: true does not',
    'commandTimeout: 0 makes every command fail at once',
  ],
};
