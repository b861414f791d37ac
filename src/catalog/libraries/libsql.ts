import type { Creator, LibraryDescriptor } from '../descriptor.js';

const client: Omit<Creator, 'modules' | 'ownsWhen' | 'note'> = {
  api: 'createClient',
  invoke: 'call',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'eager',
  throwsWithoutConfig: true,
  close: [{ method: 'close', async: false, mode: 'forced' }],
  dispose: { sync: false, async: false },
  cost: 'opens a WebSocket of its own',
};

/** libSQL and Turso. */
export const libsql: LibraryDescriptor = {
  name: '@libsql/client',
  version: '0.18.0',
  modules: ['@libsql/client', '@libsql/client/web', '@libsql/client/http', '@libsql/client/ws', '@libsql/client/sqlite3'],
  creators: [
    {
      ...client,
      modules: ['@libsql/client'],
      ownsWhen: [{ test: 'property-matches', argument: 0, property: 'url', pattern: /^wss?:/ }],
      note: 'ws: and wss: open a WebSocket, file: opens a file; http:, https: and libsql: go over fetch (run on 0.18.0: its protocol is "http")',
    },
    {
      ...client,
      modules: ['@libsql/client/ws'],
      ownsWhen: [{ test: 'property-matches', argument: 0, property: 'url', pattern: /^(?:wss?|libsql):/ }],
      note: 'here libsql: opens a WebSocket too (run on 0.18.0)',
    },
    {
      ...client,
      modules: ['@libsql/client/sqlite3'],
      makes: 'handle',
      holds: 'file',
      cost: 'opens the database file once more',
    },
  ],
  checkouts: [
    {
      api: '{createClient(),new Client()}.transaction',
      takes: 'transaction',
      returnsPromise: true,
      release: ['commit', 'rollback', 'close'],
      transaction: { commit: ['commit'], rollback: ['rollback', 'close'] },
      note: 'close() rolls back and may be called after commit() (docs)',
    },
  ],
  cheap: [
    {
      api: 'createClient',
      modules: ['@libsql/client'],
      why: 'with http:, https: and libsql: it goes over fetch and opens no socket of its own',
    },
    {
      api: 'createClient',
      modules: ['@libsql/client/http', '@libsql/client/web'],
      why: 'goes over fetch and opens no socket of its own',
    },
  ],
  limits: [
    {
      option: 'concurrency',
      bounds: 'in-flight',
      default: 20,
      zero: { means: 'default', does: 'means the default, 20, although the documentation says that it lifts the limit' },
    },
  ],
  holdsProcess: 'unknown',
  edge: 'on Workers and edge runtimes the package resolves to its HTTP client, which may be created anywhere',
  notes: ['the client of a file: URL is not listed as a creator of @libsql/client: one API can make one kind of client only'],
};
