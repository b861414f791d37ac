/** What the options of node-oracledb do in its thin mode. No server is needed: what waits for a connection waits for a silent one. */
import { expect } from 'vitest';
import { oracledb } from '../../../../src/catalog/libraries/oracledb.js';
import { run, source, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { withSilentServer } from '../support/silent-server.js';
import { failure } from '../support/waiting.js';

type Options = Readonly<Record<string, unknown>>;

interface Pool {
  readonly poolMax: number;
  readonly poolMin: number;
  readonly poolPingInterval: number;
  readonly poolTimeout: number;
  readonly queueMax: number;
  readonly queueTimeout: number;
  readonly maxLifetimeSession: number;
  readonly getConnection: () => Promise<unknown>;
  readonly close: (drainTime: number) => Promise<void>;
}

interface Oracledb {
  readonly createPool: (options: Options) => Promise<Pool>;
  readonly getConnection: (options: Options) => Promise<unknown>;
}

async function load(): Promise<Oracledb> {
  // @ts-expect-error It has no types.
  const { default: library } = (await import('oracledb')) as { readonly default: Oracledb };
  return library;
}

const toPort = (port: number) => ({ user: 'scott', password: 'tiger', connectString: `127.0.0.1:${String(port)}/FREE` });

/** Runs something with a pool that waits for a silent server. */
const withPool = (options: Options, use: (pool: Pool, connections: () => number) => Promise<void> | void): Promise<void> =>
  withSilentServer(async ({ port, opened }) => {
    const { createPool } = await load();
    const pool = await createPool({ ...toPort(port), ...options });
    try {
      await use(pool, opened);
    } finally {
      // It waits for the connection that is being made, which ends with the server.
      void pool.close(0).catch(() => undefined);
    }
  });

const make = (options: Options) => withPool(options, () => undefined);

const INVALID = 'NJS-007: invalid value';

export default {
  library: 'oracledb',
  packages: ['oracledb'],
  checks: [
    run(
      ['default', 'zero', 'negative', 'null', 'text'].map((aspect) => `poolMax: ${aspect}`),
      'four connections; what is no positive whole number is refused',
      async () => {
        expect(catalogSays(oracledb, 'poolMax')).toEqual({
          default: 4,
          zero: 'throws',
          negative: 'throws',
          null: 'throws',
          text: 'throws',
        });
        await withPool({}, ({ poolMax }) => expect(poolMax).toBe(4));
        for (const poolMax of [0, -1, null, '3']) await expect(make({ poolMax })).rejects.toThrow(INVALID);
      },
    ),
    run(
      ['default', 'zero', 'negative', 'float'].map((aspect) => `poolMin: ${aspect}`),
      'opens nothing before it is asked; a negative number and a fraction are refused',
      async () => {
        expect(catalogSays(oracledb, 'poolMin')).toEqual({ default: 0, zero: 'none', negative: 'throws', float: 'throws' });
        for (const options of [{}, { poolMin: 0 }]) {
          await withPool(options, ({ poolMin }, connections) => {
            expect(poolMin).toBe(0);
            expect(connections()).toBe(0);
          });
        }
        for (const poolMin of [-1, 1.5]) await expect(make({ poolMin })).rejects.toThrow(INVALID);
      },
    ),
    run(['queueMax: default', 'queueMax: zero'], '500 requests may wait, and none with 0', async () => {
      expect(catalogSays(oracledb, 'queueMax')).toEqual({ default: 500, zero: 'none' });
      await withPool({ poolMax: 1 }, async (pool) => {
        expect(pool.queueMax).toBe(500);
        void outcome(pool.getConnection());
        expect(await outcome(pool.getConnection())).toBe('pending');
      });
      await withPool({ poolMax: 1, queueMax: 0 }, async (pool) => {
        void outcome(pool.getConnection());
        expect((await failure(pool.getConnection())).message).toContain('NJS-076');
      });
    }),
    run(
      ['queueTimeout: default', 'queueTimeout: zero', 'wait for acquire'],
      'the wait for a connection ends after 60 s, or that time, and never with 0',
      async () => {
        expect(catalogSays(oracledb, 'queueTimeout')).toEqual({ default: 60_000, zero: 'unlimited', unit: 'ms' });
        expect(oracledb.waits?.[0]).toMatchObject({ for: 'acquire', default: 60_000, endedBy: ['queueTimeout'] });
        const second = async (options: Options) => {
          let state: string | undefined;
          await withPool({ poolMax: 1, ...options }, async (pool) => {
            void outcome(pool.getConnection());
            state = await outcome(pool.getConnection(), 150);
          });
          return state;
        };
        await withPool({}, ({ queueTimeout }) => expect(queueTimeout).toBe(60_000));
        expect(await Promise.all([second({}), second({ queueTimeout: 0 }), second({ queueTimeout: 40 })])).toEqual([
          'pending',
          'pending',
          'rejected',
        ]);
        await withPool({ poolMax: 1, queueTimeout: 40 }, async (pool) => {
          void outcome(pool.getConnection());
          expect((await failure(pool.getConnection())).message).toContain('NJS-040');
        });
      },
    ),
    run(
      ['poolTimeout: default', 'poolPingInterval: default'],
      'what is idle is closed after 60 s, and asked before it is used after 60 s',
      async () => {
        expect(catalogSays(oracledb, 'poolTimeout')).toMatchObject({ default: 60, unit: 's' });
        expect(catalogSays(oracledb, 'poolPingInterval')).toMatchObject({ default: 60, unit: 's' });
        await withPool({}, (pool) =>
          expect(pool).toMatchObject({ poolTimeout: 60, poolPingInterval: 60, maxLifetimeSession: 0 }),
        );
      },
    ),
    source(
      ['poolTimeout: zero'],
      'no time is set for what is idle without a positive number of seconds',
      'oracledb/lib/thin/pool.js',
      /if \(!this\._schedulerJob && this\._poolTimeout > 0 &&[^{]*\{[^}]*\}, this\._poolTimeout \* 1000\);/u,
    ),
    source(
      ['poolPingInterval: zero', 'poolPingInterval: negative'],
      'the server is asked each time with 0, after a positive time only, and never with a negative one',
      'oracledb/lib/thin/pool.js',
      /let requiresPing = false;\s+if \(this\._poolPingInterval === 0\) \{\s+requiresPing = true;\s+\} else if \(this\._poolPingInterval > 0\) \{/u,
    ),
    source(
      ['recycling'],
      'what is idle for poolTimeout is closed down to poolMin, a connection may grow old, and is pinged when it was idle for long',
      'oracledb/lib/thin/pool.js',
      /this\._poolMin && this\._freeConnectionList\.length > 0\) \{[^}]*< this\._poolTimeout \* 1000\) \{/u,
      'this._maxLifetimeSession = params.maxLifetimeSession || 0;',
      'if (this._maxLifetimeSession !== 0) {',
      /if \(elapsed > this\._poolPingInterval \* 1000\)\s+requiresPing = true;/u,
    ),
    run(['connectTimeout: default'], 'a silent server is waited for, unless a number of seconds is given', async () => {
      expect(catalogSays(oracledb, 'connectTimeout')).toMatchObject({ default: 'none', unit: 's' });
      const { getConnection } = await load();
      await withSilentServer(async ({ port }) => {
        const patient = getConnection(toPort(port));
        const begun = performance.now();
        expect((await failure(getConnection({ ...toPort(port), connectTimeout: 1 }))).message).toContain('NJS-510');
        expect(performance.now() - begun).toBeGreaterThan(900);
        expect(await outcome(patient, 0)).toBe('pending');
      });
    }),
    source(
      ['callTimeout: default', 'callTimeout: zero', 'wait for query'],
      'a call has a time only if callTimeout is positive, which it is not by default',
      'oracledb/lib/thin/protocol/protocol.js',
      'this.callTimeout = 0;',
      /if \(this\.callTimeout > 0\) \{[^}]*callTimeoutExpired = true;/u,
    ),
    run(['relation poolMin at-most poolMax'], 'a poolMin above poolMax is refused', async () => {
      expect(oracledb.relations?.[0]).toMatchObject({ kind: 'at-most', given: 'either' });
      await expect(make({ poolMin: 3, poolMax: 2 })).rejects.toThrow('NJS-092');
      await expect(make({ poolMin: 5 })).rejects.toThrow('NJS-092');
    }),
  ],
} satisfies LibraryChecks;
