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

const instance = '{new default(),new Sequelize()}';

/** Sequelize. */
export const sequelize: LibraryDescriptor = {
  name: 'sequelize',
  version: '6.37.8 (sequelize-pool 7.1.0)',
  modules: ['sequelize'],
  creators: [creator('default'), creator('Sequelize')],
  checkouts: [
    {
      api: `${instance}.transaction`,
      takes: 'transaction',
      returnsPromise: true,
      managedBy: [0, 1],
      release: ['commit', 'rollback'],
      transaction: { commit: ['commit'], rollback: ['rollback'] },
      secondRelease: 'rejects',
    },
    {
      api: `${instance}.connectionManager.getConnection`,
      returnsPromise: true,
      release: ['pool.releaseConnection'],
      secondRelease: 'ignored',
    },
  ],
  managed: [{ api: `${instance}.transaction`, takes: 'transaction', callback: [0, 1], parameter: 0, option: 'transaction' }],
  shortcuts: [
    { api: `${instance}.query`, text: 0, property: 'query', option: 'transaction' },
    {
      api: `{Model,new default().define(),new Sequelize().define()}.{findAll,findOne,findByPk,findOrCreate,findCreateFind,findAndCountAll,count,max,min,sum,create,bulkCreate,update,upsert,destroy,restore,truncate,increment,decrement,aggregate}`,
      option: 'transaction',
      note: 'Sequelize.useCLS() passes the transaction by itself',
    },
  ],
  cheap: [],
  holdsProcess: 'until-idle-timeout',
  notes: [
    '@sequelize/core (v7 alpha) is unverified and left out',
    'pool: false throws; ?max= in the URL and top-level max are ignored: the pool stays at 5',
    'queries in a managed transaction that do not pass { transaction } run on another connection and survive the rollback',
    'survives the loss of idle connections without an error listener',
  ],
};
