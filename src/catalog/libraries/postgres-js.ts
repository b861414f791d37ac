import type { LibraryDescriptor } from '../descriptor.js';

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
      cost: 'opens up to 10 connections of its own',
      note: 'sql.subscribe and sql.listen open one extra connection',
    },
  ],
  checkouts: [
    {
      api: '{default(),new Sql()}.reserve',
      returnsPromise: true,
      release: ['release'],
      secondRelease: 'corrupts',
      note: 'release() gives nothing back; after a second one two holders got the same connection',
    },
  ],
  managed: [
    {
      api: '{default(),new Sql()}.begin',
      takes: 'transaction',
      callback: [-1],
      parameter: 0,
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
  holdsProcess: 'once-used',
  edge: 'on Cloudflare Workers create it inside the handler (Hyperdrive), never at module scope; it lowers max to 3 there by itself',
  notes: [
    'all times are in seconds',
    'not an emitter: an idle or reserved connection may be lost without an error, the next query reconnects',
    'with idle_timeout set the process exits after that time; without it a used client keeps the process alive for ever',
    'max as text, undefined or null, ?max= in the URL and PGMAX give ONE connection',
  ],
};
