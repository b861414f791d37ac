/** What the client of MongoDB does with its options: checks for the driver, and for what is built on it. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { LibraryDescriptor } from '../../../../src/catalog/descriptor.js';
import { run, type Check } from '../check.js';
import { catalogSays } from './catalog-says.js';
import { isGreeting, withMongoServer, type Answers, type MongoServer } from './mongo-server.js';
import { outcome, rejection } from './outcome.js';
import { openMute, withSite } from './site.js';

/** Options as a program may give them, whatever the types say. */
export type Given = Readonly<Record<string, unknown>>;

/** What the checks use of a client. */
export interface MongoDriver {
  readonly options: object;
  readonly db: () => { readonly command: (command: { readonly ping: 1 }) => Promise<unknown> };
}

/** Makes a client and connects it; one that cannot connect is closed again. */
export type ConnectMongo = (
  url: string,
  options: Given,
) => Promise<{ readonly client: MongoDriver; readonly close: () => Promise<unknown> }>;

/** Answers what a client needs to connect, and no ping. */
export const silentToPings: Answers = (command) => isGreeting(command);

/** The checks of the facts that `mongoLimits`, `mongoTimeouts`, `mongoRelations` and the like give a library. */
export function mongoChecks(library: LibraryDescriptor, connect: ConnectMongo): readonly Check[] {
  /** Something with a connected client. */
  const withClient = async <T>(
    options: Given,
    use: (ping: () => Promise<unknown>, server: MongoServer, client: MongoDriver) => Promise<T>,
    { answers = silentToPings, query = '' }: { readonly answers?: Answers; readonly query?: string } = {},
  ): Promise<T> =>
    withMongoServer(async (server) => {
      const { client, close } = await connect(server.url + query, options);
      try {
        return await use(() => client.db().command({ ping: 1 }), server, client);
      } finally {
        await close();
      }
    }, answers);

  /** What is left of the settings in a client of these options. */
  const settled = (options: Given, query = ''): Promise<object> =>
    withClient(options, (_ping, _server, client) => Promise.resolve(client.options), { query });

  /** How many connections are opened for so many operations that the server does not answer, and for a time no more. */
  const opened = (options: Given, operations: number, expected: number): Promise<number> =>
    withClient(options, async (ping, server) => {
      for (let count = 0; count < operations; count++) void outcome(ping());
      for (let wait = 0; wait < 100 && server.open() - 1 < expected; wait++) await delay(20);
      await delay(50);
      // One more is there to watch the server.
      return server.open() - 1;
    });

  /** How an operation that nobody answers stands after some time. */
  const silence = (options: Given): Promise<string> => withClient(options, (ping) => outcome(ping(), 150));

  /** How an operation stands after some time that needs a connection while the only one is taken. */
  const queued = (options: Given): Promise<string> =>
    withClient({ maxPoolSize: 1, ...options }, async (ping) => {
      void outcome(ping());
      return outcome(ping(), 150);
    });

  /** How an operation stands after some time whose connection is accepted and never greeted. */
  const ungreeted = async (options: Given, milliseconds: number): Promise<string> => {
    // The server is known before it falls silent, and the pool has no second connection yet.
    let silent = false;
    return withClient(
      { maxPoolSize: 2, ...options },
      async (ping, { hangUp }) => {
        silent = true;
        void outcome(ping());
        const state = await outcome(ping(), milliseconds);
        silent = false;
        // Closing the client would wait for the greeting.
        hangUp();
        return state;
      },
      { answers: (command, connection) => isGreeting(command) && !(silent && connection > 2) },
    );
  };

  const refusal = async (options: Given, query = ''): Promise<string> =>
    (await rejection(withClient(options, () => Promise.resolve(), { query }))).error.message;

  /** How many connections are left, beside the one that watches, after one was used. */
  const left = (options: Given): Promise<number> =>
    withClient(
      options,
      async (ping, server) => {
        await ping();
        await delay(300);
        return server.open() - 1;
      },
      { answers: () => true },
    );

  return [
    run(
      ['maxPoolSize: default', 'maxPoolSize: null'],
      'opens no more than 100 connections by default, and with maxPoolSize null',
      async () => {
        expect(await opened({}, 105, 100)).toBe(100);
        expect(await settled({ maxPoolSize: null })).toMatchObject({ maxPoolSize: 100 });
        expect(catalogSays(library, 'maxPoolSize')).toMatchObject({ default: 100, null: 'default' });
      },
    ),
    run(['maxPoolSize: zero', 'maxPoolSize: infinity'], 'has no limit with maxPoolSize 0 and Infinity', async () => {
      for (const maxPoolSize of [0, Infinity]) expect(await opened({ maxPoolSize }, 105, 105)).toBe(105);
      expect(catalogSays(library, 'maxPoolSize')).toMatchObject({ zero: 'unlimited', infinity: 'unlimited' });
    }),
    run(['maxPoolSize: text', 'maxPoolSize: float'], 'reads maxPoolSize from text, and cuts it', async () => {
      expect(await opened({ maxPoolSize: '3' }, 6, 3)).toBe(3);
      expect(await opened({ maxPoolSize: 2.9 }, 6, 2)).toBe(2);
      expect(catalogSays(library, 'maxPoolSize')).toMatchObject({ text: 'literal', float: 'literal' });
    }),
    run(['maxPoolSize: nan'], 'opens no connection with maxPoolSize NaN: already connecting waits for ever', () =>
      withMongoServer(async (server) => {
        // What is waiting here is ended by the end of the server, which closes what watches it.
        expect(await outcome(connect(server.url, { maxPoolSize: Number.NaN, serverSelectionTimeoutMS: 400 }), 600)).toBe(
          'pending',
        );
        expect(server.open()).toBe(1);
        expect(catalogSays(library, 'maxPoolSize')).toMatchObject({ nan: 'blocks' });
      }),
    ),
    run(
      [
        'maxPoolSize: negative',
        'waitQueueTimeoutMS: negative',
        'serverSelectionTimeoutMS: negative',
        'connectTimeoutMS: negative',
        'socketTimeoutMS: negative',
      ],
      'refuses a size and a time below 0',
      async () => {
        for (const name of [
          'maxPoolSize',
          'waitQueueTimeoutMS',
          'serverSelectionTimeoutMS',
          'connectTimeoutMS',
          'socketTimeoutMS',
        ]) {
          expect(await refusal({ [name]: -1 })).toContain(`${name} can only be a positive int value`);
          expect(catalogSays(library, name)).toMatchObject({ negative: 'throws' });
        }
      },
    ),
    run(['minPoolSize: default', 'minPoolSize: zero'], 'opens minPoolSize connections unasked, none by default', async () => {
      // Connecting takes one, which stays.
      for (const options of [{}, { minPoolSize: 0 }]) expect(await opened(options, 0, 1)).toBe(1);
      expect(await settled({})).toMatchObject({ minPoolSize: 0 });
      expect(await opened({ minPoolSize: 3 }, 0, 3)).toBe(3);
      expect(catalogSays(library, 'minPoolSize')).toMatchObject({ default: 0, zero: 'none' });
    }),
    run(['relation minPoolSize at-most maxPoolSize'], 'cannot connect with minPoolSize above maxPoolSize', async () => {
      const message = 'Connection pool minimum size must not be greater than maximum pool size';
      expect(await refusal({ minPoolSize: 5, maxPoolSize: 2 })).toBe(message);
      expect(await refusal({ minPoolSize: 101 })).toBe(message);
    }),
    run(
      ['waitQueueTimeoutMS: default', 'waitQueueTimeoutMS: zero', 'waitQueueTimeoutMS: null', 'wait for acquire'],
      'waits for ever for a free connection, also with waitQueueTimeoutMS 0 and null',
      async () => {
        for (const options of [{}, { waitQueueTimeoutMS: 0 }, { waitQueueTimeoutMS: null }])
          expect(await queued(options)).toBe('pending');
        expect(await queued({ waitQueueTimeoutMS: 50 })).toBe('rejected');
        expect(catalogSays(library, 'waitQueueTimeoutMS')).toMatchObject({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
          null: 'unlimited',
        });
      },
    ),
    run(
      ['waitQueueTimeoutMS: text', 'waitQueueTimeoutMS: float'],
      'reads waitQueueTimeoutMS from text, and cuts it to whole milliseconds',
      async () => {
        expect(await queued({ waitQueueTimeoutMS: '50' })).toBe('rejected');
        expect(await settled({ waitQueueTimeoutMS: 50.9 })).toMatchObject({ waitQueueTimeoutMS: 50 });
        expect(catalogSays(library, 'waitQueueTimeoutMS')).toMatchObject({ text: 'literal', float: 'literal' });
      },
    ),
    run(
      ['serverSelectionTimeoutMS: default', 'serverSelectionTimeoutMS: null'],
      'looks for a server for 30 s by default, and with serverSelectionTimeoutMS null',
      async () => {
        for (const options of [{}, { serverSelectionTimeoutMS: null }])
          expect(await settled(options)).toMatchObject({ serverSelectionTimeoutMS: 30_000 });
        expect(catalogSays(library, 'serverSelectionTimeoutMS')).toMatchObject({
          default: 30_000,
          unit: 'ms',
          null: 'default',
        });
      },
    ),
    run(
      ['serverSelectionTimeoutMS: text', 'serverSelectionTimeoutMS: float'],
      'reads serverSelectionTimeoutMS from text, and cuts it to whole milliseconds',
      async () => {
        await withSite(async ({ port }) => {
          const url = `mongodb://127.0.0.1:${String(port)}/test`;
          expect((await rejection(connect(url, { serverSelectionTimeoutMS: '50' }))).error.name).toMatch(
            /ServerSelectionError$/u,
          );
        }, openMute);
        expect(await settled({ serverSelectionTimeoutMS: 450.9 })).toMatchObject({ serverSelectionTimeoutMS: 450 });
        expect(catalogSays(library, 'serverSelectionTimeoutMS')).toMatchObject({ text: 'literal', float: 'literal' });
      },
    ),
    run(
      ['connectTimeoutMS: default', 'connectTimeoutMS: null', 'connectTimeoutMS: zero'],
      'waits 30 s for a connection by default and with connectTimeoutMS null, and with 0 for ever',
      async () => {
        for (const options of [{}, { connectTimeoutMS: null }])
          expect(await settled(options)).toMatchObject({ connectTimeoutMS: 30_000 });
        expect(await settled({ connectTimeoutMS: 0 })).toMatchObject({ connectTimeoutMS: 0 });
        expect(await ungreeted({ connectTimeoutMS: 0 }, 200)).toBe('pending');
        expect(catalogSays(library, 'connectTimeoutMS')).toMatchObject({
          default: 30_000,
          unit: 'ms',
          null: 'default',
          zero: 'unlimited',
        });
      },
    ),
    run(
      ['connectTimeoutMS: text', 'connectTimeoutMS: float'],
      'reads connectTimeoutMS from text, and cuts it to whole milliseconds',
      async () => {
        expect(await ungreeted({ connectTimeoutMS: '100' }, 5_000)).toBe('rejected');
        expect(await settled({ connectTimeoutMS: 450.9 })).toMatchObject({ connectTimeoutMS: 450 });
        expect(catalogSays(library, 'connectTimeoutMS')).toMatchObject({ text: 'literal', float: 'literal' });
      },
    ),
    run(
      ['wait for connect'],
      'gives up a silent server after 30 s by default, earlier with serverSelectionTimeoutMS; connectTimeoutMS ends the wait for a connection more',
      async () => {
        await withSite(async ({ port }) => {
          const { after, error } = await rejection(
            connect(`mongodb://127.0.0.1:${String(port)}/test`, { serverSelectionTimeoutMS: 60 }),
          );
          expect(error.message).toContain('Server selection timed out after 60 ms');
          expect(after).toBeGreaterThan(50);
        }, openMute);
        expect(await settled({})).toMatchObject({ serverSelectionTimeoutMS: 30_000, connectTimeoutMS: 30_000 });
        expect(await ungreeted({ connectTimeoutMS: 100 }, 5_000)).toBe('rejected');
        expect(library.waits?.find((wait) => wait.for === 'connect')?.default).toBe(30_000);
      },
    ),
    run(
      ['socketTimeoutMS: default', 'socketTimeoutMS: zero', 'socketTimeoutMS: null', 'wait for query'],
      'waits for ever for an answer, also with socketTimeoutMS 0 and null',
      async () => {
        for (const options of [{}, { socketTimeoutMS: 0 }, { socketTimeoutMS: null }])
          expect(await silence(options)).toBe('pending');
        expect(await silence({ socketTimeoutMS: 50 })).toBe('rejected');
        expect(catalogSays(library, 'socketTimeoutMS')).toMatchObject({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
          null: 'unlimited',
        });
      },
    ),
    run(
      ['socketTimeoutMS: text', 'socketTimeoutMS: float'],
      'reads socketTimeoutMS from text, and cuts it to whole milliseconds',
      async () => {
        expect(await silence({ socketTimeoutMS: '50' })).toBe('rejected');
        expect(await settled({ socketTimeoutMS: 50.9 })).toMatchObject({ socketTimeoutMS: 50 });
        expect(catalogSays(library, 'socketTimeoutMS')).toMatchObject({ text: 'literal', float: 'literal' });
      },
    ),
    run(
      ['relation waitQueueTimeoutMS at-most socketTimeoutMS'],
      'lets an operation wait longer for a connection than it may take, with waitQueueTimeoutMS above socketTimeoutMS',
      () =>
        withClient({ maxPoolSize: 1, waitQueueTimeoutMS: 2_000, socketTimeoutMS: 80 }, async (ping) => {
          void outcome(ping());
          void outcome(ping());
          const { after, error } = await rejection(ping());
          expect(error.message).toContain('timed out');
          expect(after).toBeGreaterThan(150);
        }),
    ),
    run(
      ['maxIdleTimeMS: default', 'maxIdleTimeMS: zero', 'maxIdleTimeMS: text', 'maxIdleTimeMS: float'],
      'keeps an idle connection for ever by default and with maxIdleTimeMS 0; reads the time from text, and cuts it',
      async () => {
        expect(await left({})).toBe(1);
        expect(await left({ maxIdleTimeMS: 0 })).toBe(1);
        expect(await left({ maxIdleTimeMS: '30' })).toBe(0);
        expect(await settled({ maxIdleTimeMS: 30.9 })).toMatchObject({ maxIdleTimeMS: 30 });
        expect(await settled({})).toMatchObject({ maxIdleTimeMS: 0 });
        expect(catalogSays(library, 'maxIdleTimeMS')).toMatchObject({
          default: 'none',
          unit: 'ms',
          zero: 'unlimited',
          text: 'literal',
          float: 'literal',
        });
      },
    ),
    run(['recycling'], 'keeps an idle connection without a word on it, and watches the server on another one', () =>
      withClient(
        { heartbeatFrequencyMS: 500 },
        async (ping, { commands, open }) => {
          await ping();
          await delay(700);
          await ping();
          expect(open()).toBe(2);
          const [watching, working] = [1, 2].map((connection) =>
            commands.filter((command) => command.connection === connection).map(({ document }) => Object.keys(document)[0]),
          );
          expect(watching?.length).toBeGreaterThan(1);
          expect(watching?.every((name) => name !== 'ping')).toBe(true);
          // The greeting with which it begins, and the two that were asked for.
          expect(working?.slice(1)).toEqual(['ping', 'ping']);
          expect(library.recycling?.[0]).toMatchObject({
            idle: 'none',
            keeps: 'minPoolSize',
            lifetime: 'none',
            validates: 'monitor',
          });
        },
        { answers: () => true },
      ),
    ),
    run(
      [
        'parameter maxPoolSize',
        'parameter minPoolSize',
        'parameter waitQueueTimeoutMS',
        'parameter serverSelectionTimeoutMS',
        'parameter connectTimeoutMS',
        'parameter socketTimeoutMS',
        'parameter maxIdleTimeMS',
      ],
      'reads sizes and times from the connection string',
      async () => {
        const values = {
          maxPoolSize: 7,
          minPoolSize: 2,
          waitQueueTimeoutMS: 4_001,
          serverSelectionTimeoutMS: 4_002,
          connectTimeoutMS: 4_003,
          socketTimeoutMS: 4_004,
          maxIdleTimeMS: 4_005,
        };
        const query = Object.entries(values).map(([name, value]) => `${name}=${String(value)}`);
        expect(await settled({}, `?${query.join('&')}`)).toMatchObject(values);
      },
    ),
    run(['ignored parameter poolSize'], 'refuses poolSize in the connection string', async () => {
      expect(await refusal({}, '?poolSize=5')).toBe('option poolsize is not supported');
    }),
  ];
}
