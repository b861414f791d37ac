/** What the options of pg-promise do: they are those of pg. */
import { pgPromise } from '../../../../src/catalog/libraries/pg-promise.js';
import type { LibraryChecks } from '../check.js';
import { pgConnectionChecks, pgPoolChecks, type PgLibrary, type PgPool } from '../support/pg-pool.js';

const subject: PgLibrary = {
  library: pgPromise,
  open: async (options) => {
    const { default: initialise } = await import('pg-promise');
    return initialise({ noWarnings: true })(options)['$pool'] as unknown as PgPool;
  },
};

export default {
  library: 'pg-promise',
  packages: ['pg-promise', 'pg', 'pg-pool'],
  checks: [...pgPoolChecks(subject), ...pgConnectionChecks(subject)],
} satisfies LibraryChecks;
