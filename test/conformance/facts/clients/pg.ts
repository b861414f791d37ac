/** How the pools and the client of pg connect, close and fail. */
import { expect } from 'vitest';
import { pg } from '../../../../src/catalog/libraries/pg.js';
import { run, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks, lossCheck, onServer } from '../support/clients.js';

const toPort = (port: number) => ({ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' });
const options = "{ host: '127.0.0.1', port, user: 'postgres', password: 'postgres', database: 'postgres' }";

interface Queries {
  readonly query: (sql: string) => Promise<unknown>;
}

const pool = {
  library: pg,
  connects: 'lazy',
  close: { end: 'async graceful' },
  dispose: 'none',
  needs: 'postgres',
  use: (client: Queries) => client.query('SELECT 1'),
  busy: (client: Queries) => client.query('SELECT pg_sleep(0.15)'),
} as const;

export default {
  library: 'pg',
  packages: ['pg', 'pg-pool'],
  checks: [
    ...clientChecks({
      ...pool,
      name: '{Pool,native.Pool}',
      make: async (port) => {
        const { default: library } = await import('pg');
        return new library.Pool(toPort(port));
      },
    }),
    ...clientChecks({
      ...pool,
      name: 'default',
      make: async (port) => {
        // @ts-expect-error It has no types.
        const { default: Pool } = (await import('pg-pool')) as { readonly default: new (options: object) => unknown };
        return new Pool(toPort(port));
      },
    }),
    ...clientChecks({
      ...pool,
      name: '{Client,native.Client}',
      connects: 'on-connect',
      close: { end: 'async forced' },
      make: async (port) => {
        const { default: library } = await import('pg');
        return new library.Client(toPort(port));
      },
      use: (client: { readonly connect: () => Promise<unknown> }) => client.connect(),
    }),
    ...[
      ['{Pool,native.Pool}', `import pg from 'pg'; await new pg.Pool(${options}).query('SELECT 1');`] as const,
      ['default', `import Pool from 'pg-pool'; await new Pool(${options}).query('SELECT 1');`] as const,
      ['{Client,native.Client}', `import pg from 'pg'; await new pg.Client(${options}).connect();`] as const,
    ].map(([name, text]) => lossCheck(pg, name, 'crashed', onServer('postgres'), text, { needs: 'postgres' })),
    run(
      ['holds process'],
      'a pool holds the process until its connections have been idle long enough',
      async () => {
        expect(pg.holdsProcess).toBe('until-idle-timeout');
        const port = await portOf('postgres');
        const use = (idle: number) =>
          afterWork(`import pg from 'pg'; const port = ${String(port)};
            await new pg.Pool({ ...${options}, idleTimeoutMillis: ${String(idle)} }).query('SELECT 1');`);
        expect(await Promise.all([use(20), use(60_000)])).toEqual(['ends', 'held']);
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
