/** How a data source of TypeORM connects and closes, over pg. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { expect } from 'vitest';
import { typeorm } from '../../../../src/catalog/libraries/typeorm.js';
import { run, unverified, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { afterWork, clientChecks } from '../support/clients.js';

const urlOf = (port: number) => `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`;

export default {
  library: 'typeorm',
  packages: ['typeorm'],
  checks: [
    ...clientChecks({
      library: typeorm,
      name: 'DataSource',
      connects: 'on-connect',
      close: { destroy: 'async forced', close: 'async forced' },
      gone: ['close'],
      dispose: 'none',
      needs: 'postgres',
      make: async (port) => new (await import('typeorm')).DataSource({ type: 'postgres', url: urlOf(port) }),
      use: async (source: DataSource) => {
        await source.initialize();
        await source.query('SELECT 1');
      },
      // A query runner that nobody has given back.
      busy: async (source: DataSource) => {
        const runner = source.createQueryRunner();
        await runner.connect();
        await delay(100);
        await runner.query('SELECT 1');
        await runner.release();
      },
    }),
    unverified(
      ['createConnection: connects', 'createConnection: close', 'createConnection: dispose'],
      'Not installed: version 1 of TypeORM has no createConnection any more.',
    ),
    run(
      ['holds process'],
      'holds the process until its connections have been idle long enough',
      async () => {
        expect(typeorm.holdsProcess).toBe('until-idle-timeout');
        const port = await portOf('postgres');
        const program = (idle: number) =>
          afterWork(`import { DataSource } from 'typeorm';
            const source = new DataSource({ type: 'postgres', url: '${urlOf(port)}', extra: { idleTimeoutMillis: ${String(idle)} } });
            await source.initialize();
            await source.query('SELECT 1');`);
        expect(await Promise.all([program(20), program(60_000)])).toEqual(['ends', 'held']);
      },
      'postgres',
    ),
  ],
} satisfies LibraryChecks;
