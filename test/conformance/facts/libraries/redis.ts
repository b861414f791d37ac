import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { nodeRedis } from '../../../../src/catalog/libraries/node-redis.js';
import { run, unverified, type LibraryChecks } from '../check.js';
import { portOf } from '../servers.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { outcome, rejection } from '../support/outcome.js';
import { openMute, until, withSite } from '../support/site.js';
import { socketTimeouts } from '../support/socket-timeouts.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** What the checks use of a pool, and of what it hands out. */
interface Pool {
  readonly totalClients: number;
  readonly idleClients: number;
  readonly clientsInUse: number;
  readonly tasksQueueLength: number;
  readonly connect: () => Promise<unknown>;
  readonly destroy: () => void;
  readonly on: (event: 'error', listener: () => void) => unknown;
  readonly execute: (
    use: (client: { readonly sendCommand: (words: string[]) => Promise<unknown> }) => Promise<unknown>,
  ) => Promise<unknown>;
}

/** Both ways to make a pool. */
const MAKERS: readonly ((port: number, options: Given) => Promise<Pool>)[] = [
  async (port, options) => {
    const { createClientPool } = await import('redis');
    return createClientPool({ socket: { port } }, options);
  },
  async (port, options) => {
    const { createClient } = await import('redis');
    return createClient({ socket: { port } }).createPool(options);
  },
];

async function withPools(options: Given, use: (pool: Pool) => Promise<void>): Promise<void> {
  for (const make of MAKERS) {
    const pool = await make(await portOf('redis'), options);
    pool.on('error', () => undefined);
    await pool.connect();
    try {
      await use(pool);
    } finally {
      pool.destroy();
    }
  }
}

/** A command that is answered when something is added to a list that nobody knows. */
const endless = (): string[] => ['BLPOP', randomUUID(), '0'];

/** The number of clients of each of the two pools while more tasks run than it has room for. */
async function grown(options: Given, tasks: number, expected: number): Promise<readonly number[]> {
  const sizes: number[] = [];
  await withPools({ acquireTimeout: 0, ...options }, async (pool) => {
    for (let count = 0; count < tasks; count++) void outcome(pool.execute((client) => client.sendCommand(endless())));
    for (let wait = 0; wait < 100 && pool.totalClients < expected; wait++) await delay(20);
    await delay(40);
    sizes.push(pool.totalClients);
  });
  return sizes;
}

/** A client of the server that runs for the tests. */
async function withClient<T>(
  options: Given,
  use: (client: {
    readonly sendCommand: (words: string[]) => Promise<unknown>;
    readonly on: (event: string, listener: () => void) => unknown;
  }) => Promise<T>,
): Promise<T> {
  const { createClient } = await import('redis');
  const { socket, ...others } = options;
  const client = createClient({ ...others, socket: { port: await portOf('redis'), ...(socket as object | undefined) } });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

/** How a command stands after some time that the server does not answer. */
const silence = (options: Given): Promise<string> =>
  withClient(options, (client) => outcome(client.sendCommand(endless()), 150));

/** A client of a server that accepts the connection and says nothing, in the middle of connecting. */
async function whileConnecting<T>(
  options: Given,
  use: (connected: Promise<unknown>, client: { readonly get: (key: string) => Promise<unknown> }) => Promise<T>,
): Promise<T> {
  const { createClient } = await import('redis');
  let result: { readonly of: T } | undefined;
  await withSite(async ({ port }) => {
    const { socket, ...others } = options;
    const client = createClient({
      ...others,
      socket: { port, reconnectStrategy: false, ...(socket as object | undefined) },
    });
    client.on('error', () => undefined);
    const connected = client.connect();
    connected.catch(() => undefined);
    try {
      result = { of: await use(connected, client) };
    } finally {
      client.destroy();
    }
  }, openMute);
  if (!result) throw new Error('It has not run.');
  return result.of;
}

// The handshake of TLS, which the server does not answer, is a part of what makes a connection.
const handshake = (connectTimeout: unknown): Given => ({ socket: { tls: true, connectTimeout } });

/** The timeouts of the socket of a client that connects. */
const timeouts = (options: Given): Promise<readonly number[]> =>
  socketTimeouts(() => whileConnecting(options, () => delay(30)));

/** The times after which a command is given up that cannot be sent yet. */
async function givenUp(options: Given): Promise<readonly number[]> {
  const made = vi.spyOn(AbortSignal, 'timeout');
  try {
    await whileConnecting(options, async (_connected, client) => {
      void outcome(client.get('key'));
      await delay(20);
    });
    return made.mock.calls.map(([milliseconds]) => milliseconds);
  } finally {
    made.mockRestore();
  }
}

export default {
  library: 'redis',
  packages: ['redis', '@redis/client'],
  checks: [
    run(
      ['maximum: default', 'maximum#2: default'],
      'opens no more than 100 connections by default',
      async () => {
        expect(await grown({}, 103, 100)).toEqual([100, 100]);
        for (const occurrence of [1, 2]) expect(catalogSays(nodeRedis, 'maximum', occurrence)).toMatchObject({ default: 100 });
      },
      'redis',
    ),
    run(
      ['maximum: zero', 'maximum: negative', 'maximum: null', 'maximum#2: zero', 'maximum#2: negative', 'maximum#2: null'],
      'never grows beyond minimum with a maximum that is 0, negative or null',
      async () => {
        for (const maximum of [0, -1, null]) expect(await grown({ maximum }, 4, 1)).toEqual([1, 1]);
        expect(await grown({ maximum: 0, minimum: 2 }, 4, 2)).toEqual([2, 2]);
        for (const occurrence of [1, 2])
          expect(catalogSays(nodeRedis, 'maximum', occurrence)).toMatchObject({
            zero: 'becomes 1',
            negative: 'becomes 1',
            null: 'becomes 1',
          });
      },
      'redis',
    ),
    run(
      ['maximum: infinity', 'maximum#2: infinity'],
      'has no limit with maximum Infinity',
      async () => {
        expect(await grown({ maximum: Infinity }, 103, 103)).toEqual([103, 103]);
        for (const occurrence of [1, 2])
          expect(catalogSays(nodeRedis, 'maximum', occurrence)).toMatchObject({ infinity: 'unlimited' });
      },
      'redis',
    ),
    run(
      ['minimum: default', 'minimum: zero', 'minimum#2: default', 'minimum#2: zero'],
      'opens minimum connections when it connects, one by default and none with 0',
      async () => {
        expect(await grown({}, 0, 1)).toEqual([1, 1]);
        expect(await grown({ minimum: 0 }, 0, 0)).toEqual([0, 0]);
        expect(await grown({ minimum: 3 }, 0, 3)).toEqual([3, 3]);
        for (const occurrence of [1, 2])
          expect(catalogSays(nodeRedis, 'minimum', occurrence)).toMatchObject({ default: 1, zero: 'none' });
      },
      'redis',
    ),
    run(
      ['commandsQueueMaxLength: default', 'commandsQueueMaxLength: zero'],
      'lets any number of commands wait by default and with 0',
      async () => {
        const refused = (options: Given): Promise<number> =>
          withClient(options, async (client) => {
            const states = Array.from({ length: 1_000 }, () => outcome(client.sendCommand(endless()), 40));
            return (await Promise.all(states)).filter((state) => state === 'rejected').length;
          });
        expect(await refused({})).toBe(0);
        expect(await refused({ commandsQueueMaxLength: 0 })).toBe(0);
        expect(await refused({ commandsQueueMaxLength: 10 })).toBe(990);
        expect(catalogSays(nodeRedis, 'commandsQueueMaxLength')).toEqual({ default: 'unlimited', zero: 'unlimited' });
      },
      'redis',
    ),
    run(
      ['socket.connectTimeout: default', 'socket.connectTimeout: null', 'wait for connect'],
      'gives up a connection after 5 s by default and with null, earlier with connectTimeout',
      async () => {
        for (const options of [{}, { socket: { connectTimeout: undefined } }, { socket: { connectTimeout: null } }])
          expect(await timeouts(options)).toContain(5_000);
        await whileConnecting(handshake(50), async (connected) => {
          expect((await rejection(connected)).error.message).toBe('Connection timeout');
        });
        expect(catalogSays(nodeRedis, 'socket.connectTimeout')).toMatchObject({ default: 5_000, unit: 'ms', null: 'default' });
      },
    ),
    run(['socket.connectTimeout: zero'], 'waits for ever for a connection with connectTimeout 0', () =>
      whileConnecting(handshake(0), async (connected) => {
        expect(await outcome(connected, 150)).toBe('pending');
        expect(await timeouts({ socket: { connectTimeout: 0 } })).toContain(0);
        expect(catalogSays(nodeRedis, 'socket.connectTimeout')).toMatchObject({ zero: 'unlimited' });
      }),
    ),
    run(
      ['commandOptions.timeout: default', 'commandOptions.timeout: zero'],
      'gives up a command that cannot be sent after 5 s by default, and never with 0',
      async () => {
        expect(await givenUp({})).toContain(5_000);
        expect(await givenUp({ commandOptions: { timeout: 0 } })).toEqual([]);
        const unsent = (timeout: number): Promise<string> =>
          whileConnecting({ ...handshake(0), commandOptions: { timeout } }, (_connected, client) =>
            outcome(client.get('key'), 150),
          );
        expect(await unsent(50)).toBe('rejected');
        expect(await unsent(0)).toBe('pending');
        expect(catalogSays(nodeRedis, 'commandOptions.timeout')).toEqual({ default: 5_000, unit: 'ms', zero: 'unlimited' });
      },
    ),
    run(
      ['socket.socketTimeout: default', 'socket.socketTimeout: zero', 'wait for query'],
      'waits for ever for an answer by default, with socketTimeout 0, and with a commandOptions.timeout',
      async () => {
        expect(await silence({})).toBe('pending');
        expect(await silence({ socket: { socketTimeout: 0 } })).toBe('pending');
        expect(await silence({ commandOptions: { timeout: 50 } })).toBe('pending');
        expect(await silence({ socket: { socketTimeout: 50 } })).toBe('rejected');
        expect(catalogSays(nodeRedis, 'socket.socketTimeout')).toEqual({ default: 'none', unit: 'ms', zero: 'unlimited' });
      },
      'redis',
    ),
    run(
      [
        'acquireTimeout: default',
        'acquireTimeout: zero',
        'acquireTimeout#2: default',
        'acquireTimeout#2: zero',
        'wait for acquire',
      ],
      'waits 3 s for a free connection by default, and for ever with 0',
      async () => {
        const waits = async (options: Given, milliseconds: number): Promise<readonly string[]> => {
          const states: string[] = [];
          await withPools({ maximum: 1, ...options }, async (pool) => {
            void outcome(pool.execute((client) => client.sendCommand(endless())));
            await delay(10);
            states.push(
              await withHandClock(({ stateAfter }) =>
                stateAfter(
                  pool.execute((client) => client.sendCommand(['PING'])),
                  milliseconds,
                ),
              ),
            );
          });
          return states;
        };
        expect(await waits({}, 2_900)).toEqual(['pending', 'pending']);
        expect(await waits({}, 3_100)).toEqual(['rejected', 'rejected']);
        expect(await waits({ acquireTimeout: 0 }, HOUR)).toEqual(['pending', 'pending']);
        for (const occurrence of [1, 2])
          expect(catalogSays(nodeRedis, 'acquireTimeout', occurrence)).toEqual({
            default: 3_000,
            unit: 'ms',
            zero: 'unlimited',
          });
      },
      'redis',
    ),
    run(
      ['cleanupDelay: default', 'cleanupDelay#2: default', 'recycling'],
      'closes what is idle above minimum after 3 s, keeps the others, and hands them out unasked',
      async () => {
        await withPools({ minimum: 2 }, async (pool) => {
          await withHandClock(async ({ forward }) => {
            let release = (): void => undefined;
            const held = new Promise<void>((resolve) => (release = resolve));
            const tasks = Array.from({ length: 4 }, () => pool.execute(() => held));
            await until('all tasks have a connection', () => pool.tasksQueueLength === 0 && pool.clientsInUse === 4);
            release();
            await Promise.all(tasks);
            await forward(2_900);
            expect(pool.totalClients).toBe(4);
            await forward(200);
            expect(pool.totalClients).toBe(2);
            await forward(HOUR);
            expect(pool.totalClients).toBe(2);
          });
          const pings = async (): Promise<string | undefined> =>
            /cmdstat_ping:calls=\d+/u.exec(
              String(await pool.execute((client) => client.sendCommand(['INFO', 'commandstats']))),
            )?.[0];
          const before = await pings();
          await pool.execute((client) => client.sendCommand(['TIME']));
          expect(await pings()).toBe(before);
        });
        for (const occurrence of [1, 2])
          expect(catalogSays(nodeRedis, 'cleanupDelay', occurrence)).toEqual({ default: 3_000, unit: 'ms' });
        expect(nodeRedis.recycling?.[0]).toMatchObject({
          idle: 3_000,
          keeps: 'minimum',
          lifetime: 'none',
          validates: 'none',
        });
      },
      'redis',
    ),
    run(
      ['pingInterval: default'],
      'sends no ping by default',
      async () => {
        const pings = async (options: Given): Promise<number> => {
          let count = 0;
          await withHandClock(({ forward }) =>
            withClient(options, async (client) => {
              client.on('ping-interval', () => count++);
              await forward(HOUR);
            }),
          );
          return count;
        };
        // The server has to be there before the clock stands still.
        await portOf('redis');
        expect(await pings({})).toBe(0);
        expect(await pings({ pingInterval: 60_000 })).toBeGreaterThan(0);
        expect(catalogSays(nodeRedis, 'pingInterval')).toEqual({ default: 'none', unit: 'ms' });
      },
      'redis',
    ),
    run(['ignored connectTimeout'], 'does not read connectTimeout beside socket', async () => {
      const set = await timeouts({ connectTimeout: 50 });
      expect(set).toContain(5_000);
      expect(set).not.toContain(50);
    }),
    run(
      ['ignored socketTimeout'],
      'does not read socketTimeout beside socket',
      async () => {
        expect(await silence({ socketTimeout: 50 })).toBe('pending');
      },
      'redis',
    ),
    unverified(
      ['ignored socket.socketTimeout'],
      'It is so in version 4 only, and the installed one is newer, in which the option is read.',
    ),
  ],
} satisfies LibraryChecks;
