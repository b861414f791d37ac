import { expect } from 'vitest';
import { mongodb } from '../../../../src/catalog/libraries/mongodb.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { mongoChecks, silentToPings, type ConnectMongo } from '../support/mongo-checks.js';
import { withMongoServer } from '../support/mongo-server.js';
import { outcome, rejection } from '../support/outcome.js';

const connect: ConnectMongo = async (url, options) => {
  const { MongoClient } = await import('mongodb');
  const client = new MongoClient(url, options);
  try {
    await client.connect();
  } catch (error) {
    await client.close();
    throw error;
  }
  return { client, close: () => client.close() };
};

export default {
  library: 'mongodb',
  packages: ['mongodb'],
  checks: [
    ...mongoChecks(mongodb, connect),
    run(['heartbeatFrequencyMS: default'], 'looks at the server every 10 s by default', async () => {
      const { MongoClient } = await import('mongodb');
      expect(new MongoClient('mongodb://127.0.0.1:1').options.heartbeatFrequencyMS).toBe(10_000);
      expect(catalogSays(mongodb, 'heartbeatFrequencyMS')).toEqual({ default: 10_000, unit: 'ms' });
    }),
    run(
      ['maxTimeMS: default', 'maxTimeMS: zero'],
      'sends no maxTimeMS by default, and 0 as it is, which the server takes for no limit',
      () =>
        withMongoServer(async ({ commands, url }) => {
          const { MongoClient } = await import('mongodb');
          const client = new MongoClient(url);
          try {
            const things = client.db().collection('things');
            await things.findOne({});
            await things.findOne({}, { maxTimeMS: 0 });
            await things.findOne({}, { maxTimeMS: 70 });
          } finally {
            await client.close();
          }
          const sent = commands.flatMap(({ document }) => ('find' in document ? [document['maxTimeMS']] : []));
          expect(sent).toEqual([undefined, 0, 70]);
          expect(catalogSays(mongodb, 'maxTimeMS')).toEqual({ default: 'none', unit: 'ms', zero: 'unlimited' });
        }),
    ),
    run(['ignored timeoutMS'], 'accepts timeoutMS, and waits for ever all the same', () =>
      withMongoServer(async ({ url }) => {
        const { client, close } = await connect(url, { timeoutMS: 50 });
        try {
          expect(await outcome(client.db().command({ ping: 1 }), 200)).toBe('pending');
          expect(client.options).not.toHaveProperty('timeoutMS');
        } finally {
          await close();
        }
      }, silentToPings),
    ),
    run(['ignored poolSize'], 'refuses poolSize', async () => {
      expect((await rejection(connect('mongodb://127.0.0.1:1', { poolSize: 5 }))).error.message).toBe(
        'option poolsize is not supported',
      );
    }),
  ],
} satisfies LibraryChecks;
