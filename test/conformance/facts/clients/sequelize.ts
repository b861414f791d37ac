/** How Sequelize connects and closes, over pg. */
import type { Sequelize } from 'sequelize';
import { expect } from 'vitest';
import { sequelize as descriptor } from '../../../../src/catalog/libraries/sequelize.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks } from '../support/clients.js';

const common = {
  library: descriptor,
  connects: 'lazy',
  close: { close: 'async graceful' },
  dispose: 'none',
  needs: 'postgres',
  use: (sequelize: Sequelize) => sequelize.query('SELECT 1'),
  busy: (sequelize: Sequelize) => sequelize.query('SELECT pg_sleep(0.15)'),
} as const;

const urlOf = (port: number) => `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`;

/** The module as its users see it: the class is the default export, and a member of it. */
const load = async () => (await import('sequelize')) as unknown as Record<'default' | 'Sequelize', typeof Sequelize>;

export default {
  library: 'sequelize',
  packages: ['sequelize', 'sequelize-pool'],
  checks: [
    ...clientChecks({
      ...common,
      name: 'default',
      make: async (port) => new (await load()).default(urlOf(port), { logging: false }),
    }),
    ...clientChecks({
      ...common,
      name: 'Sequelize',
      make: async (port) => new (await load()).Sequelize(urlOf(port), { logging: false }),
    }),
    run(
      ['holds process'],
      'holds the process until its connections have been idle long enough',
      async () => {
        expect(descriptor.holdsProcess).toBe('until-idle-timeout');
        const port = await portOf('postgres');
        const program = (idle: number) =>
          afterWork(`import { Sequelize } from 'sequelize';
            const sequelize = new Sequelize('${urlOf(port)}', { logging: false, pool: { idle: ${String(idle)}, evict: 20 } });
            await sequelize.query('SELECT 1');`);
        expect(await Promise.all([program(20), program(60_000)])).toEqual(['ends', 'held']);
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
