import type { Checkout, Creator, LibraryDescriptor } from '../descriptor.js';

const shared = {
  makes: 'pool',
  holds: 'sockets',
  throwsWithoutConfig: true,
  close: [
    {
      method: 'close',
      async: true,
      mode: 'forced',
      note: 'closes connections that are in use (source of 7.9.0, lib/mongo_client.js); a second call resolves, use after it rejects; the force argument has no effect in 7.x',
    },
  ],
  dispose: { sync: false, async: true, note: 'the same as close()' },
  cost: 'opens at least 2 sockets of its own, one of them a monitor for each server, and up to 100 connections',
} as const satisfies Partial<Creator>;

const client = '{new MongoClient(),MongoClient.connect(),new MongoClient().connect()}';
const cursor = (api: string): Checkout => ({
  api,
  takes: 'cursor',
  returnsPromise: false,
  takenBy: ['next', 'hasNext', 'tryNext'],
  chains: [
    'addCursorFlag',
    'addQueryModifier',
    'allowDiskUse',
    'batchSize',
    'collation',
    'comment',
    'filter',
    'group',
    'hint',
    'limit',
    'lookup',
    'map',
    'match',
    'max',
    'maxAwaitTimeMS',
    'maxTimeMS',
    'min',
    'project',
    'returnKey',
    'showRecordId',
    'skip',
    'sort',
    'unwind',
    'withReadConcern',
    'withReadPreference',
  ],
  release: ['close', 'toArray', 'forEach', 'stream'],
  releaseIsAsync: true,
  exhaustedBy: ['next', 'hasNext', 'tryNext'],
  iterable: true,
  dispose: { sync: false, async: true, effect: 'releases' },
  secondRelease: 'ignored',
  note: 'stays open on the server until it was read to the end, was closed or timed out; one whose documents fit the first batch closes itself',
});

/** The MongoDB driver. */
export const mongodb: LibraryDescriptor = {
  name: 'mongodb',
  version: '7.8.0 (6.22.0 the same unless said)',
  modules: ['mongodb'],
  creators: [
    {
      ...shared,
      api: 'MongoClient',
      invoke: 'new',
      connects: 'lazy',
      connect: { method: 'connect', required: false, repeatable: true, returnsClient: true },
    },
    {
      ...shared,
      api: 'MongoClient.connect',
      invoke: 'call',
      connects: 'eager',
      returnsPromise: true,
      note: 'an undefined URL rejects the promise',
    },
  ],
  checkouts: [
    {
      api: `${client}.startSession`,
      takes: 'session',
      returnsPromise: false,
      release: ['endSession'],
      releaseIsAsync: true,
      dispose: { sync: false, async: true, effect: 'releases' },
      secondRelease: 'ignored',
    },
    cursor('{new Collection(),new Db().collection()}.{find,aggregate}'),
    cursor(`${client}.db().collection().{find,aggregate}`),
  ],
  transactions: [
    {
      of: [`${client}.startSession`],
      begin: ['startTransaction'],
      commit: ['commitTransaction'],
      rollback: ['abortTransaction'],
      held: 'receiver',
      alsoEnds: ['endSession'],
      onRelease: 'rolls-back',
      note: 'endSession() aborts it (source lib/sessions.js)',
    },
  ],
  managed: [
    { api: `${client}.withSession`, takes: 'session', callback: [-1], parameter: 0, option: 'session' },
    {
      api: `${client}.startSession().withTransaction`,
      takes: 'transaction',
      callback: [0],
      parameter: 0,
      option: 'session',
      note: 'ends the transaction and not the session',
    },
  ],
  cheap: [
    { api: 'new MongoClient().db', why: 'a name on the connections of its client' },
    { api: 'new MongoClient().db().collection', why: 'a name on the connections of its client' },
    { api: 'MongoClient.connect().db', why: 'a name on the connections of its client' },
  ],
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers a socket belongs to the request that opened it: create it inside the handler',
  notes: [
    'the constructor opens no socket; an only constructed client does not keep the process alive',
    'survives the loss of all sockets without an error listener',
    'sessions, cursors and change streams have Symbol.asyncDispose too',
  ],
};
