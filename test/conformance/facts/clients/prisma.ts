import { expect } from 'vitest';
import { prisma } from '../../../../src/catalog/libraries/prisma.js';
import { run, unverified, type LibraryChecks } from '../check.js';
import { creatorOf, expectNoClose } from '../support/made-client.js';
import { openMute, until, wait, withSite } from '../support/site.js';

const pg = creatorOf(prisma, 'PrismaPg');
const mariadb = creatorOf(prisma, 'PrismaMariaDb');

async function pgTo(port: number) {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  return new PrismaPg({ host: '127.0.0.1', port, user: 'postgres' });
}

async function mariadbTo(port: number) {
  const { PrismaMariaDb } = await import('@prisma/adapter-mariadb');
  return new PrismaMariaDb({ host: '127.0.0.1', port, user: 'root', database: 'pooled', connectTimeout: 200 });
}

export default {
  library: '@prisma/client',
  packages: ['@prisma/adapter-pg', '@prisma/adapter-mariadb'],
  checks: [
    unverified(
      ['PrismaClient: connects', 'PrismaClient: close', 'PrismaClient: dispose', 'holds process'],
      'not installed: the client has to be generated from a schema with the command line of Prisma',
    ),
    unverified(
      ['PrismaBetterSqlite3: connects', 'PrismaBetterSqlite3: close'],
      'not installed: better-sqlite3 has a native part',
    ),
    run(['PrismaPg: connects', 'PrismaPg: close'], 'PrismaPg opens nothing itself, and has nothing to close', () =>
      withSite(async ({ opened, port }) => {
        const adapter = await pgTo(port);
        expectNoClose(adapter, pg);
        const connected = await adapter.connect();
        await wait(60);
        expect(opened()).toBe(0);
        connected.executeScript('SELECT 1').then(undefined, () => undefined);
        await until('a connection', () => opened() > 0);
        expect(pg.connects).toBe('lazy');
      }, openMute),
    ),
    run(
      ['PrismaMariaDb: connects', 'PrismaMariaDb: close'],
      'PrismaMariaDb opens nothing itself, and has nothing to close',
      () =>
        withSite(async ({ opened, port }) => {
          const adapter = await mariadbTo(port);
          expectNoClose(adapter, mariadb);
          await wait(60);
          expect(opened()).toBe(0);
          // What a client does with it.
          adapter.connect().then(undefined, () => undefined);
          await until('a connection', () => opened() > 0);
          expect(mariadb.connects).toBe('lazy');
        }, openMute),
    ),
  ],
} satisfies LibraryChecks;
