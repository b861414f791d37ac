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
  holdsProcess: 'always',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'the constructor connects and keeps the process alive, so that importing a module that creates one does too; lazyConnect: true does not',
    'commandTimeout: 0 makes every command fail at once',
  ],
};
