import type { LibraryDescriptor } from '../descriptor.js';

/** pg-promise: `pgPromise(options)(connection)` makes a database object over a pg pool. */
export const pgPromise: LibraryDescriptor = {
  name: 'pg-promise',
  version: '12.7.1',
  modules: ['pg-promise'],
  creators: [
    {
      api: 'default()',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      close: [{ method: '$pool.end', async: true, mode: 'graceful', note: 'the end of the pg pool' }],
      dispose: { sync: false, async: false },
      cost: 'opens up to 10 connections of its own',
      note: 'a second one with the same connection prints "Creating a duplicate database object"; pgp.end() of the initialiser ends all pools at once',
    },
  ],
  cheap: [
    { api: 'default', why: 'the initialiser only sets the library up; calling its result with a connection makes the pool' },
  ],
  holdsProcess: 'unknown',
  notes: [
    'installs the error listener of its pool itself',
    'after pgp.end() queries reject with "Connection pool of the database object has been destroyed."',
  ],
};
