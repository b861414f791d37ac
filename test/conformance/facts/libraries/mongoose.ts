import { expect } from 'vitest';
import { mongoose } from '../../../../src/catalog/libraries/mongoose.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { mongoChecks, type ConnectMongo } from '../support/mongo-checks.js';
import { rejection } from '../support/outcome.js';

const connect: ConnectMongo = async (url, options) => {
  const { createConnection } = (await import('mongoose')).default;
  const connection = createConnection(url, options);
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close();
    throw error;
  }
  return { client: connection.getClient(), close: () => connection.close() };
};

export default {
  library: 'mongoose',
  packages: ['mongoose', 'mongodb'],
  checks: [
    ...mongoChecks(mongoose, connect),
    run(['bufferTimeoutMS: default'], 'lets an operation wait 10 s for the first connection', async () => {
      const { createConnection, Schema } = (await import('mongoose')).default;
      await withHandClock(async ({ forward }) => {
        const connection = createConnection();
        const found = rejection(connection.model('Thing', new Schema({})).findOne({}));
        await forward(9_000);
        await forward(2_000);
        expect((await found).error.message).toContain('buffering timed out after 10000ms');
        await connection.close();
      });
      expect(catalogSays(mongoose, 'bufferTimeoutMS')).toEqual({ default: 10_000, unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
