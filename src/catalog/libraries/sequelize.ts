import type { Creator, LibraryDescriptor } from '../descriptor.js';

// `default` is the class itself and has to stand alone: as an alternative in braces it would be a member.
const creator = (api: string): Creator => ({
  api,
  invoke: 'new',
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  throwsWithoutConfig: true,
  close: [
    {
      method: 'close',
      async: true,
      mode: 'graceful',
      note: 'hangs while a transaction is open; a second call resolves',
    },
  ],
  dispose: { sync: false, async: false },
  cheapWhen: [
    { test: 'property-is', argument: 0, property: 'dialect', values: ['sqlite'] },
    { test: 'property-is', argument: 1, property: 'dialect', values: ['sqlite'] },
    { test: 'property-is', argument: 3, property: 'dialect', values: ['sqlite'] },
    { test: 'matches', argument: 0, pattern: /^sqlite:/ },
  ],
  cost: 'opens up to 5 connections of its own',
  note: 'over SQLite it holds a file (source lib/sequelize.js)',
});

/** Sequelize. */
export const sequelize: LibraryDescriptor = {
  name: 'sequelize',
  version: '6.37.8 (sequelize-pool 7.1.0)',
  modules: ['sequelize'],
  creators: [creator('default'), creator('Sequelize')],
  cheap: [],
  holdsProcess: 'until-idle-timeout',
  notes: [
    '@sequelize/core (v7 alpha) is unverified and left out',
    'pool: false throws; ?max= in the URL and top-level max are ignored: the pool stays at 5',
    'queries in a managed transaction that do not pass { transaction } run on another connection and survive the rollback',
    'survives the loss of idle connections without an error listener',
  ],
};
