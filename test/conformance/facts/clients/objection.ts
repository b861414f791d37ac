/** What Objection does to the process: its models work on an instance of knex. */
import { expect } from 'vitest';
import { objection } from '../../../../src/catalog/libraries/objection.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork } from '../support/clients.js';

export default {
  library: 'objection',
  packages: ['objection', 'knex'],
  checks: [
    run(
      ['holds process'],
      'holds the process once a model was used',
      async () => {
        expect(objection.holdsProcess).toBe('once-used');
        const port = String(await portOf('postgres'));
        const program = (use: string) =>
          afterWork(`import objection from 'objection';
            import knex from 'knex';
            class Row extends objection.Model { static get tableName() { return 'pg_catalog.pg_class'; } }
            Row.knex(knex({ client: 'pg', connection: 'postgres://postgres:postgres@127.0.0.1:${port}/postgres' }));
            ${use}`);
        expect(await Promise.all([program(''), program('await Row.query().limit(1);')])).toEqual(['ends', 'held']);
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
