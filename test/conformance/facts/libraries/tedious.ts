/** What the options of tedious do. */
import type { Connection, ConnectionConfiguration, ConnectionOptions } from 'tedious';
import { expect } from 'vitest';
import { tedious } from '../../../../src/catalog/libraries/tedious.js';
import { follow } from '../../support/members.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { outcome } from '../support/outcome.js';
import { withSilentServer } from '../support/silent-server.js';
import { withSqlServer, type Manners } from '../support/sql-server.js';
import { failure } from '../support/waiting.js';

async function connectionTo(port: number, options: ConnectionOptions): Promise<Connection> {
  const { default: library } = await import('tedious');
  const config: ConnectionConfiguration = {
    server: '127.0.0.1',
    authentication: { type: 'default', options: { userName: 'sa', password: 'secret' } },
    options: { port, encrypt: false, ...options },
  };
  const connection = new library.Connection(config);
  // What ends it is reported to the callbacks as well.
  connection.on('error', () => undefined);
  return connection;
}

function connected(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

/** Runs something on a connection that is closed afterwards. */
async function withConnection<T>(
  options: ConnectionOptions,
  use: (connection: Connection) => Promise<T>,
  manners: Manners = {},
): Promise<T> {
  return withSqlServer(async ({ port }) => {
    const connection = await connectionTo(port, options);
    await connected(connection);
    try {
      return await use(connection);
    } finally {
      connection.close();
    }
  }, manners);
}

async function query(connection: Connection, sql: string): Promise<unknown> {
  const { default: library } = await import('tedious');
  return new Promise((resolve, reject) => {
    connection.execSqlBatch(
      new library.Request(sql, (error, count) => {
        if (error) reject(error);
        else resolve(count);
      }),
    );
  });
}

const SLOW = "WAITFOR DELAY '01:00'";

export default {
  library: 'tedious',
  packages: ['tedious'],
  checks: [
    run(['options.connectTimeout: default', 'wait for connect'], '15 s for a connection with its log-in', async () => {
      expect(catalogSays(tedious, 'options.connectTimeout')).toMatchObject({ default: 15_000, unit: 'ms' });
      expect(tedious.waits?.[0]).toMatchObject({ for: 'connect', default: 15_000, endedBy: ['options.connectTimeout'] });
      await withSilentServer(async ({ port }) => {
        const patient = await connectionTo(port, {});
        expect(follow(patient, 'config.options.connectTimeout')).toBe(15_000);
        expect(await outcome(connected(patient))).toBe('pending');
        patient.close();
        const connection = await connectionTo(port, { connectTimeout: 40 });
        expect(await failure(connected(connection))).toMatchObject({ code: 'ETIMEOUT' });
      });
    }),
    run(
      ['options.requestTimeout: default', 'options.requestTimeout: zero', 'wait for query'],
      '15 s for a statement, and no end with 0',
      async () => {
        expect(catalogSays(tedious, 'options.requestTimeout')).toMatchObject({ default: 15_000, unit: 'ms' });
        expect(tedious.waits?.[1]).toMatchObject({ for: 'query', default: 15_000, endedBy: ['options.requestTimeout'] });
        await withConnection({ requestTimeout: 40 }, async (connection) => {
          await query(connection, 'SELECT 1');
          expect(await failure(query(connection, SLOW))).toMatchObject({ code: 'ETIMEOUT' });
        });
        for (const [options, timeout, timer] of [
          [{}, 15_000, true],
          [{ requestTimeout: 0 }, 0, false],
        ] as const) {
          await withConnection(options, async (connection) => {
            expect(await outcome(query(connection, SLOW))).toBe('pending');
            expect(follow(connection, 'config.options.requestTimeout')).toBe(timeout);
            expect(follow(connection, 'requestTimer') !== undefined).toBe(timer);
          });
        }
      },
    ),
    run(['options.cancelTimeout: default'], '5 s for the server to confirm that a statement was cancelled', async () => {
      expect(catalogSays(tedious, 'options.cancelTimeout')).toMatchObject({ default: 5_000, unit: 'ms' });
      const late = (options: ConnectionOptions) =>
        withConnection(
          { requestTimeout: 20, ...options },
          async (connection) => {
            expect(follow(connection, 'config.options.cancelTimeout')).toBe(options.cancelTimeout ?? 5_000);
            return outcome(query(connection, SLOW), 200);
          },
          { deaf: true },
        );
      expect(await Promise.all([late({}), late({ cancelTimeout: 40 })])).toEqual(['pending', 'rejected']);
    }),
  ],
} satisfies LibraryChecks;
