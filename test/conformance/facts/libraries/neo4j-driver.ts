import net from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Driver, Session } from 'neo4j-driver';
import { expect, vi } from 'vitest';
import { neo4jDriver } from '../../../../src/catalog/libraries/neo4j-driver.js';
import { run, type LibraryChecks } from '../check.js';
import { BOLT, withBoltServer, type BoltServer } from '../support/bolt-server.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { outcome, rejection } from '../support/outcome.js';
import { openMute, until, withSite } from '../support/site.js';
import { socketTimeouts } from '../support/socket-timeouts.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

async function driverOf(url: string, options: Given = {}): Promise<Driver> {
  const { default: neo4j } = await import('neo4j-driver');
  // The driver completes the object that it gets.
  const own: object = { ...options };
  return neo4j.driver(url, neo4j.auth.basic('neo4j', 'secret'), own);
}

async function withDriver<T>(url: string, options: Given, use: (driver: Driver) => Promise<T>): Promise<T> {
  const driver = await driverOf(url, options);
  try {
    return await use(driver);
  } finally {
    await driver.close();
  }
}

const statement = (driver: Driver): Promise<unknown> => driver.session().run('RETURN 1').then(undefined);

/** Something with a driver and a server that answers all but statements. */
const withSilence = <T>(options: Given, use: (driver: Driver, server: BoltServer) => Promise<T>): Promise<T> =>
  withBoltServer(
    (server) => withDriver(server.url, options, (driver) => use(driver, server)),
    (kind) => kind === BOLT.hello,
  );

/** Something with a driver and a server that answers. */
const withServer = <T>(options: Given, use: (driver: Driver, server: BoltServer) => Promise<T>): Promise<T> =>
  withBoltServer((server) => withDriver(server.url, options, (driver) => use(driver, server)));

/** How many connections so many statements open that the server does not answer, and for a time no more. */
const opened = (options: Given, statements: number, expected: number): Promise<number> =>
  withSilence(options, async (driver, server) => {
    for (let count = 0; count < statements; count++) void outcome(statement(driver));
    await until('the connections', () => server.opened() >= expected);
    await delay(60);
    return server.opened();
  });

/** What is left of the settings in a driver of these options. */
async function settled(options: Given): Promise<Readonly<Record<string, unknown>>> {
  const driver = await driverOf('bolt://127.0.0.1:1', options);
  return (driver as unknown as { readonly _config: Readonly<Record<string, unknown>> })._config;
}

/** The timeouts of the socket of a driver that connects. */
const timeouts = (options: Given): Promise<readonly number[]> =>
  socketTimeouts(() =>
    withSite(
      ({ port }) =>
        withDriver(`bolt://127.0.0.1:${String(port)}`, options, async (driver) => {
          void outcome(statement(driver));
          await delay(30);
        }),
      openMute,
    ),
  );

/** Something while no connection comes about, as if what is sent were lost on the way. */
async function withoutConnection<T>(use: () => Promise<T>): Promise<T> {
  const connect = vi.spyOn(net.Socket.prototype, 'connect').mockReturnThis();
  try {
    return await use();
  } finally {
    connect.mockRestore();
  }
}

/** How many resets are sent while three statements are run: one behind each, and those that ask whether the connection lives. */
const asked = (options: Given): Promise<number> =>
  withServer(options, async (driver, { messages }) => {
    for (let count = 0; count < 3; count++) {
      const session: Session = driver.session();
      await session.run('RETURN 1');
      await session.close();
      await delay(5);
    }
    return messages.filter(({ kind }) => kind === BOLT.reset).length;
  });

/** Whether a statement carries a time after which the server ends it. */
async function isTimed(transaction?: { readonly timeout: number }): Promise<boolean> {
  return withServer({}, async (driver, { messages }) => {
    const session = driver.session();
    await session.run('RETURN 1', {}, transaction);
    await session.close();
    return messages.some(({ bytes, kind }) => kind === BOLT.run && bytes.includes('tx_timeout'));
  });
}

export default {
  library: 'neo4j-driver',
  packages: ['neo4j-driver', 'neo4j-driver-core', 'neo4j-driver-bolt-connection'],
  checks: [
    run(
      ['maxConnectionPoolSize: default', 'maxConnectionPoolSize: null', 'maxConnectionPoolSize: infinity'],
      'opens no more than 100 connections by default, and with maxConnectionPoolSize null and Infinity',
      async () => {
        expect(await opened({}, 105, 100)).toBe(100);
        for (const maxConnectionPoolSize of [null, Infinity]) {
          expect(await settled({ maxConnectionPoolSize })).toMatchObject({ maxConnectionPoolSize: 100 });
          expect(await opened({ maxConnectionPoolSize }, 105, 100)).toBe(100);
        }
        expect(catalogSays(neo4jDriver, 'maxConnectionPoolSize')).toMatchObject({
          default: 100,
          null: 'default',
          infinity: 'default',
        });
      },
    ),
    run(
      ['maxConnectionPoolSize: zero', 'maxConnectionPoolSize: negative'],
      'has no limit with maxConnectionPoolSize 0 and below',
      async () => {
        for (const maxConnectionPoolSize of [0, -1]) expect(await opened({ maxConnectionPoolSize }, 105, 105)).toBe(105);
        expect(catalogSays(neo4jDriver, 'maxConnectionPoolSize')).toMatchObject({ zero: 'unlimited', negative: 'unlimited' });
      },
    ),
    run(
      ['connectionAcquisitionTimeout: default', 'wait for acquire'],
      'waits a minute for a connection by default',
      async () => {
        await withSilence({ maxConnectionPoolSize: 1 }, async (driver) => {
          void outcome(statement(driver));
          await delay(50);
          await withHandClock(async ({ stateAfter }) => {
            const waiting = statement(driver);
            expect(await stateAfter(waiting, 59_000)).toBe('pending');
            expect(await stateAfter(waiting, 2_000)).toBe('rejected');
          });
        });
        await withSilence({ maxConnectionPoolSize: 1, connectionAcquisitionTimeout: 50 }, async (driver) => {
          void outcome(statement(driver));
          await delay(20);
          expect((await rejection(statement(driver))).error.message).toContain('Connection acquisition timed out in 50 ms');
        });
        expect(catalogSays(neo4jDriver, 'connectionAcquisitionTimeout')).toEqual({ default: 60_000, unit: 'ms' });
      },
    ),
    run(
      ['connectionTimeout: default', 'connectionTimeout: zero', 'wait for connect'],
      'waits 30 s for a connection to come about by default, and with 0 as long as a statement may wait for one',
      async () => {
        expect(await timeouts({})).toContain(30_000);
        expect((await timeouts({ connectionTimeout: 0 })).filter((milliseconds) => milliseconds > 0)).toEqual([]);
        const connecting = (connectionTimeout: number): Promise<string> =>
          withoutConnection(async () => {
            const driver = await driverOf('bolt://127.0.0.1:1', { connectionTimeout });
            return outcome(statement(driver), 150);
          });
        expect(await connecting(50)).toBe('rejected');
        expect(await connecting(0)).toBe('pending');
        expect(catalogSays(neo4jDriver, 'connectionTimeout')).toEqual({ default: 30_000, unit: 'ms', zero: 'unlimited' });
      },
    ),
    run(
      ['maxConnectionLifetime: default', 'recycling'],
      'hands an idle connection out again unasked, however long it was idle, and replaces it after an hour',
      async () => {
        const statementsOn = (options: Given, milliseconds: number): Promise<readonly (readonly number[])[]> =>
          withServer(options, async (driver, { messages }) => {
            const use = async (): Promise<void> => {
              const session = driver.session();
              await session.run('RETURN 1');
              await session.close();
            };
            await use();
            const before = messages.length;
            const now = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + milliseconds);
            try {
              await use();
            } finally {
              now.mockRestore();
            }
            return messages.slice(before).map(({ connection, kind }) => [connection, kind]);
          });
        // The statement is the first that is sent on the connection that was there.
        expect((await statementsOn({}, HOUR - 60_000))[0]).toEqual([1, BOLT.run]);
        expect(await statementsOn({}, HOUR + 60_000)).toContainEqual([2, BOLT.run]);
        expect(await settled({})).toMatchObject({ maxConnectionLifetime: 3_600_000 });
        expect(catalogSays(neo4jDriver, 'maxConnectionLifetime')).toEqual({ default: 3_600_000, unit: 'ms' });
        expect(neo4jDriver.recycling?.[0]).toMatchObject({ idle: 'none', lifetime: 3_600_000, validates: 'none' });
      },
    ),
    run(
      ['connectionLivenessCheckTimeout: default', 'connectionLivenessCheckTimeout: zero'],
      'asks the server each time a connection is taken with connectionLivenessCheckTimeout 0, and never by default',
      async () => {
        const none = await asked({});
        expect(await asked({ connectionLivenessCheckTimeout: 0 })).toBe(none + 2);
        expect(await asked({ connectionLivenessCheckTimeout: 60_000 })).toBe(none);
        expect(await settled({})).toMatchObject({ connectionLivenessCheckTimeout: undefined });
        expect(catalogSays(neo4jDriver, 'connectionLivenessCheckTimeout')).toMatchObject({
          default: 'none',
          unit: 'ms',
          zero: 'immediate',
        });
      },
    ),
    run(['connectionLivenessCheckTimeout: negative'], 'throws for a negative connectionLivenessCheckTimeout', async () => {
      await expect(settled({ connectionLivenessCheckTimeout: -1 })).rejects.toThrow(
        'The connectionLivenessCheckTimeout can only be a positive value or 0 for always',
      );
      expect(catalogSays(neo4jDriver, 'connectionLivenessCheckTimeout')).toMatchObject({ negative: 'throws' });
    }),
    run(
      ['timeout: default', 'timeout: zero'],
      'sends a statement without a time by default, and a time of 0 as it is, which the server takes for no limit',
      async () => {
        expect(await isTimed()).toBe(false);
        expect(await isTimed({ timeout: 0 })).toBe(true);
        expect(await isTimed({ timeout: 1_000 })).toBe(true);
        expect(catalogSays(neo4jDriver, 'timeout')).toEqual({ default: 'none', unit: 'ms', zero: 'unlimited' });
      },
    ),
    run(['wait for query'], 'waits for ever for an answer', () =>
      withSilence({}, async (driver) => {
        await withHandClock(async ({ stateAfter }) => {
          expect(await stateAfter(statement(driver), HOUR)).toBe('pending');
        });
      }),
    ),
    run(
      ['relation connectionTimeout at-most connectionAcquisitionTimeout'],
      'warns of a connectionAcquisitionTimeout below connectionTimeout, where one of them is the default too',
      async () => {
        const warnings = async (options: Given): Promise<number> => {
          let count = 0;
          await settled({
            ...options,
            logging: {
              level: 'warn',
              logger: (_level: string, message: string) => {
                if (message.includes('"connectionAcquisitionTimeout" should be greater than')) count++;
              },
            },
          });
          return count;
        };
        expect(await warnings({})).toBe(0);
        expect(await warnings({ connectionTimeout: 2_000, connectionAcquisitionTimeout: 1_000 })).toBe(1);
        expect(await warnings({ connectionAcquisitionTimeout: 1_000 })).toBe(1);
        expect(await warnings({ connectionTimeout: 90_000 })).toBe(1);
      },
    ),
  ],
} satisfies LibraryChecks;
