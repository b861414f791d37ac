import type { LibraryDescriptor } from '../descriptor.js';
import { pgConnectionTimeouts, pgLimits, pgPoolTimeouts, pgRecycling, pgWaits } from '../pools/pg.js';

const queries = '{query,none,one,oneOrNone,many,manyOrNone,any,result,multi,multiResult,map,each}';
const answers = [queries] as const;

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
      closedBy: ['default().end'],
      close: [{ method: '$pool.end', async: true, mode: 'graceful', note: 'the end of the pg pool' }],
      dispose: { sync: false, async: false },
      cost: 'opens up to 10 connections of its own',
      note: 'a second one with the same connection prints "Creating a duplicate database object"; pgp.end() of the initialiser ends all pools at once',
    },
  ],
  checkouts: [
    {
      api: '{default()(),new IDatabase()}.connect',
      returnsPromise: true,
      release: ['done'],
      secondRelease: 'throws',
      note: 'done(true) closes the connection; with direct: true it is one outside the pool, which done() ends as well',
    },
  ],
  managed: [
    { api: '{default()(),new IDatabase()}.{task,taskIf}', takes: 'connection', callback: [-1], parameter: 0, answers },
    { api: '{default()(),new IDatabase()}.{tx,txIf}', takes: 'transaction', callback: [-1], parameter: 0, answers },
  ],
  shortcuts: [
    {
      api: `{default()(),new IDatabase()}.${queries}`,
      text: 0,
      property: 'text',
    },
  ],
  cheap: [
    { api: 'default', why: 'the initialiser only sets the library up; calling its result with a connection makes the pool' },
  ],
  limits: pgLimits({}),
  timeouts: [...pgPoolTimeouts({}), ...pgConnectionTimeouts({})],
  waits: pgWaits({}),
  recycling: [pgRecycling],
  holdsProcess: 'unknown',
  notes: [
    'installs the error listener of its pool itself',
    'after pgp.end() queries reject with "Connection pool of the database object has been destroyed."',
  ],
};
