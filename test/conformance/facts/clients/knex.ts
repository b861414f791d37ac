/** How knex connects and closes. */
import type { Knex } from 'knex';
import { expect } from 'vitest';
import { knex as descriptor } from '../../../../src/catalog/libraries/knex.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks } from '../support/clients.js';

const config = (port: number) => ({
  client: 'pg',
  connection: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
});

const common = {
  library: descriptor,
  connects: 'lazy',
  close: { destroy: 'async graceful' },
  dispose: 'none',
  needs: 'postgres',
  use: (db: Knex) => db.raw('SELECT 1') as PromiseLike<unknown>,
  busy: (db: Knex) => Promise.resolve(db.raw('SELECT pg_sleep(0.15)') as PromiseLike<unknown>),
} as const;

const holding = async (use: string) => {
  const port = String(await portOf('postgres'));
  return afterWork(`import knex from 'knex';
    const db = knex({ client: 'pg', connection: 'postgres://postgres:postgres@127.0.0.1:${port}/postgres' });
    ${use}`);
};

export default {
  library: 'knex',
  packages: ['knex'],
  checks: [
    ...clientChecks({ ...common, name: 'default', make: async (port) => (await import('knex')).default(config(port)) }),
    ...clientChecks({ ...common, name: 'knex', make: async (port) => (await import('knex')).knex(config(port)) }),
    run(
      ['holds process'],
      'holds the process once it was used',
      async () => {
        expect(descriptor.holdsProcess).toBe('once-used');
        expect(await Promise.all([holding(''), holding("await db.raw('SELECT 1');")])).toEqual(['ends', 'held']);
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
