import type { LibraryDescriptor } from '../descriptor.js';
import { mongoLimits, mongoRecycling, mongoRelations, mongoTimeouts, mongoUrl } from '../pools/mongo.js';

/** Mongoose. */
export const mongoose: LibraryDescriptor = {
  name: 'mongoose',
  version: '9.12.1 (also 8.24.10)',
  modules: ['mongoose'],
  creators: [
    {
      api: 'connect',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'eager',
      returnsPromise: true,
      idempotent: true,
      close: [
        { method: 'disconnect', async: true, mode: 'forced', note: 'a second call resolves' },
        { method: 'connection.close', async: true, mode: 'forced', note: 'a second call resolves' },
      ],
      closedBy: ['{disconnect,connection.close}'],
      dispose: { sync: false, async: false },
      cost: 'opens the default connection, with up to 100 connections',
      note: 'a second connect, with other options too, opens nothing and ignores the new options; a failure rejects and does not crash',
    },
    {
      api: 'createConnection',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'eager',
      connect: { method: 'asPromise', required: false, repeatable: true, returnsClient: true },
      close: [{ method: 'close', async: true, mode: 'forced', note: 'a second call resolves' }],
      closedBy: ['disconnect'],
      dispose: { sync: false, async: false },
      errorEvent: {
        event: 'error',
        crashesProcess: false,
        note: 'an idle loss does not crash, but a first connect that fails ends the process unless asPromise() is awaited or a listener is attached',
      },
      cheapWhen: [{ test: 'missing', argument: 0 }],
      cost: 'is one more MongoClient: at least 1 or 2 sockets of its own, and up to 100 connections',
      note: 'without an argument it opens nothing until openUri() (source lib/mongoose.js)',
    },
  ],
  checkouts: [
    {
      api: '{startSession,connection.startSession,connect().startSession,createConnection().startSession,createConnection().asPromise().startSession,model().startSession,new Connection().startSession}',
      takes: 'session',
      returnsPromise: true,
      release: ['endSession'],
      releaseIsAsync: true,
      dispose: { sync: false, async: true, effect: 'releases', note: 'it is a session of the mongodb driver' },
      secondRelease: 'ignored',
    },
  ],
  transactions: [
    {
      begin: ['startTransaction'],
      commit: ['commitTransaction'],
      rollback: ['abortTransaction'],
      held: 'receiver',
      alsoEnds: ['endSession'],
      onRelease: 'rolls-back',
      note: 'endSession() aborts it (source of mongodb, lib/sessions.js)',
    },
  ],
  managed: [
    {
      api: '{connection,createConnection(),new Connection()}.transaction',
      takes: 'transaction',
      callback: [0],
      parameter: 0,
      option: 'session',
    },
    {
      api: '{startSession().withTransaction,connection.startSession().withTransaction,createConnection().startSession().withTransaction}',
      takes: 'transaction',
      callback: [0],
      parameter: 0,
      option: 'session',
      note: 'ends the transaction and not the session',
    },
  ],
  cheap: [
    { api: 'Mongoose', why: 'a library instance without a connection; its connect() and createConnection() open one' },
    { api: 'model', why: 'uses the default connection' },
    { api: 'createConnection().model', why: 'uses its connection' },
    { api: 'createConnection().useDb', why: 'shares the connection' },
    { api: 'connection.useDb', why: 'shares the connection' },
  ],
  limits: mongoLimits({ argument: 1 }),
  timeouts: [
    ...mongoTimeouts({ argument: 1 }),
    {
      option: 'bufferTimeoutMS',
      argument: 1,
      covers: ['connect'],
      unit: 'ms',
      default: 10_000,
      note: 'how long an operation waits for the first connection; also an option of a schema and a global setting',
    },
  ],
  waits: [
    { for: 'connect', default: 30_000, endedBy: ['serverSelectionTimeoutMS', 'connectTimeoutMS'] },
    { for: 'acquire', default: 'none', endedBy: ['waitQueueTimeoutMS'] },
    { for: 'query', default: 'none', endedBy: ['socketTimeoutMS'] },
  ],
  relations: mongoRelations({}),
  recycling: [mongoRecycling],
  connectionStrings: [mongoUrl],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'model operations wait up to 10 s (bufferTimeoutMS) for the first connect; after disconnect() they fail at once',
    'importing a module that calls mongoose.connect() connects and keeps the process alive',
  ],
};
