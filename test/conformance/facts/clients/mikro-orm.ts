/** How MikroORM connects and closes, over knex and pg. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { mikroOrm } from '../../../../src/catalog/libraries/mikro-orm.js';
import { source, unverified, type LibraryChecks } from '../check.js';
import { clientChecks } from '../support/clients.js';

const common = {
  library: mikroOrm,
  close: { close: 'async graceful' },
  dispose: 'none',
  needs: 'postgres',
  use: (orm: MikroORM) => orm.em.getConnection().execute('SELECT 1'),
  busy: (orm: MikroORM) => orm.em.getConnection().execute('SELECT pg_sleep(0.15)'),
} as const;

const options = (port: number) => ({
  clientUrl: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
  entities: [],
  discovery: { warnWhenNoEntities: false },
  logger: () => undefined,
});

export default {
  library: '@mikro-orm/core',
  packages: ['@mikro-orm/core', '@mikro-orm/postgresql', '@mikro-orm/knex'],
  checks: [
    ...clientChecks({
      ...common,
      name: 'MikroORM.init',
      connects: 'eager',
      make: async (port) => (await import('@mikro-orm/postgresql')).MikroORM.init(options(port)),
    }),
    ...clientChecks({
      ...common,
      name: 'MikroORM.initSync',
      connects: 'lazy',
      make: async (port) => (await import('@mikro-orm/postgresql')).MikroORM.initSync(options(port)),
    }),
    unverified(
      ['MikroORM.init#2: connects', 'MikroORM.initSync#2: connects'],
      'Not installed: the packages for SQLite have a native part.',
    ),
    source(
      ['MikroORM.init#2: close', 'MikroORM.initSync#2: close'],
      'the class is that of every driver, and closes it',
      '@mikro-orm/core/MikroORM.js',
      /async close\(force = false\) \{\s+await this\.driver\.close\(force\);/u,
    ),
    source(
      ['MikroORM.init#2: dispose', 'MikroORM.initSync#2: dispose'],
      'the class is that of every driver, and has no dispose',
      '@mikro-orm/core/MikroORM.js',
      /^(?![^]*ispose\])[^]*class MikroORM \{/u,
    ),
  ],
} satisfies LibraryChecks;
