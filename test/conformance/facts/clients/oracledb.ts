/** How node-oracledb connects and closes in its thin mode. There is no server to log in to: the connecting is seen at a silent one. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { oracledb } from '../../../../src/catalog/libraries/oracledb.js';
import { run, source, type LibraryChecks } from '../check.js';
import { creatorOf, disposeOf } from '../support/clients.js';
import { outcome } from '../support/outcome.js';
import { withSilentServer } from '../support/silent-server.js';
import { until } from '../support/site.js';

interface Pool {
  readonly getConnection: () => Promise<unknown>;
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

interface Oracledb {
  readonly createPool: (options: object) => Promise<Pool>;
  readonly getConnection: (options: object) => Promise<unknown>;
}

async function load(): Promise<Oracledb> {
  // @ts-expect-error It has no types.
  const { default: library } = (await import('oracledb')) as { readonly default: Oracledb };
  return library;
}

const toPort = (port: number) => ({ user: 'scott', password: 'tiger', connectString: `127.0.0.1:${String(port)}/FREE` });

export default {
  library: 'oracledb',
  packages: ['oracledb'],
  checks: [
    run(['createPool: connects'], 'connects with the first request for a connection', async () => {
      expect(creatorOf(oracledb, 'createPool').connects).toBe('lazy');
      const { createPool } = await load();
      await withSilentServer(async ({ opened, port }) => {
        const pool = await createPool({ ...toPort(port), poolAlias: 'connects' });
        await delay(60);
        expect(opened()).toBe(0);
        void pool.getConnection().catch(() => undefined);
        await until('it connects', () => opened() > 0);
        void pool.close().catch(() => undefined);
      });
    }),
    run(
      ['createPool: close', 'createPool: dispose'],
      'is closed by close and by its dispose, and hands out nothing then',
      async () => {
        const { close, dispose } = creatorOf(oracledb, 'createPool');
        expect(close).toMatchObject([{ method: 'close', async: true, mode: 'graceful' }]);
        expect(dispose).toMatchObject({ sync: false, async: true });
        const { createPool } = await load();
        await withSilentServer(async ({ opened, port }) => {
          for (const end of ['close', Symbol.asyncDispose] as const) {
            const pool = await createPool({ ...toPort(port), poolAlias: String(end) });
            expect(disposeOf(pool)).toEqual({ sync: false, async: true });
            const ended = pool[end]();
            expect(ended).toBeInstanceOf(Promise);
            await ended;
            await expect(pool.getConnection()).rejects.toThrow('NJS-065');
          }
          expect(opened()).toBe(0);
        });
      },
    ),
    run(['getConnection: connects'], 'connects by itself', async () => {
      expect(creatorOf(oracledb, 'getConnection').connects).toBe('eager');
      const { getConnection } = await load();
      await withSilentServer(async ({ opened, port }) => {
        const connection = getConnection(toPort(port));
        expect(await outcome(connection, 60)).toBe('pending');
        expect(opened()).toBe(1);
      });
    }),
    source(
      ['getConnection: close', 'getConnection: dispose'],
      'close is asynchronous, and the asynchronous dispose calls it',
      'oracledb/lib/connection.js',
      /async close\(a1\) \{[^]*?await this\._impl\.close\(options\);/u,
      /async \[Symbol\.asyncDispose\]\(\) \{\s+await this\.close\(\);/u,
      /^(?![^]*\[Symbol\.dispose\])/u,
    ),
  ],
} satisfies LibraryChecks;
