import type { MongoClient } from 'mongodb';
import { expect } from 'vitest';
import { mongodb } from '../../../../src/catalog/libraries/mongodb.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { withMongoServer } from '../support/mongo-server.js';
import { wait } from '../support/site.js';

const ping = (client: MongoClient): Promise<unknown> => client.db().command({ ping: 1 });

const makers: Readonly<Record<string, (url: string) => Promise<MongoClient>>> = {
  MongoClient: async (url) => new (await import('mongodb')).MongoClient(url),
  'MongoClient.connect': async (url) => (await import('mongodb')).MongoClient.connect(url),
};

const checks = Object.entries(makers).flatMap(([api, make]): readonly Check[] => {
  const creator = creatorOf(mongodb, api);
  return [
    run([`${api}: connects`], `${api} opens connections ${api === 'MongoClient' ? 'with the first use' : 'itself'}`, () =>
      withMongoServer(async ({ open, url }) => {
        const client = await make(url);
        await wait(60);
        expect(open() > 0).toBe(api === 'MongoClient.connect');
        await ping(client);
        expect(open()).toBeGreaterThan(0);
        await client.close();
        expect(creator.connects).toBe(api === 'MongoClient' ? 'lazy' : 'eager');
      }),
    ),
    run([`${api}: close`], 'close() ends connections that are in use too', () =>
      withMongoServer(
        ({ open, url }) =>
          expectCloses(
            creator,
            { close: 'by a promise' },
            {
              make: async () => {
                const client = await make(url);
                await ping(client);
                return client;
              },
              open,
              work: async (client) => {
                await client.db().command({ neverAnswered: 1 });
              },
            },
          ),
        (command) => !('neverAnswered' in command),
      ),
    ),
    run([`${api}: dispose`], 'has the asynchronous symbol, which closes it', () =>
      withMongoServer(async ({ open, url }) => {
        const client = await make(url);
        await ping(client);
        expectDispose(client, creator, { sync: false, async: true });
        await client[Symbol.asyncDispose]();
        for (let look = 0; look < 50 && open() > 0; look++) await wait(20);
        expect(open()).toBe(0);
      }),
    ),
  ];
});

export default {
  library: 'mongodb',
  packages: ['mongodb'],
  checks: [
    ...checks,
    run(['holds process'], 'holds the process once it was used', () =>
      withMongoServer(async ({ url }) => {
        const program = (use: string) => `
          import { MongoClient } from 'mongodb';
          const client = new MongoClient(${JSON.stringify(url)});
          ${use}
        `;
        expect(await holdsProcess(program(''))).toBe(false);
        expect(await holdsProcess(program('await client.db().command({ ping: 1 });'))).toBe(true);
        expect(mongodb.holdsProcess).toBe('once-used');
      }),
    ),
  ],
} satisfies LibraryChecks;
