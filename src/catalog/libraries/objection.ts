import type { LibraryDescriptor } from '../descriptor.js';

/** Objection.js, which runs on a knex instance. */
export const objection: LibraryDescriptor = {
  name: 'objection',
  version: '3.1.5',
  modules: ['objection'],
  creators: [],
  checkouts: [
    {
      api: '{Model.startTransaction,transaction.start}',
      takes: 'transaction',
      returnsPromise: true,
      release: ['commit', 'rollback'],
      transaction: { commit: ['commit'], rollback: ['rollback'] },
      note: 'a transaction of the knex instance (docs)',
    },
  ],
  managed: [{ api: 'Model.transaction', takes: 'transaction', callback: [-1], parameter: 0 }],
  shortcuts: [
    {
      api: 'Model.query',
      note: 'a query builder, which runs when it is awaited; takes the transaction as its argument',
    },
  ],
  cheap: [{ api: 'Model.{knex,bindKnex,query}', why: 'uses the pool of the knex instance, which closes it with destroy()' }],
  transfers: [{ api: 'Model.knex', argument: 0, takesOver: false, note: 'the knex instance stays the owner of the pool' }],
  holdsProcess: 'once-used',
  notes: ['keeps the process alive as knex does'],
};
