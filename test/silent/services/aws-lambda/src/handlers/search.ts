import middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { MongoClient } from 'mongodb';

let client: MongoClient | undefined;

const connect = () => ({
  before: async () => {
    if (client) return;
    const created = new MongoClient(process.env.MONGODB_URI!, {
      maxPoolSize: 1,
      maxIdleTimeMS: 120_000,
      serverSelectionTimeoutMS: 2_000,
      waitQueueTimeoutMS: 2_000,
      socketTimeoutMS: 5_000,
    });
    await created.connect();
    client = created;
  },
});

const search = async (event: APIGatewayProxyEventV2) => {
  const found = await client!
    .db()
    .collection('invoices')
    .find({ $text: { $search: event.queryStringParameters?.q ?? '' } }, { maxTimeMS: 3_000 })
    .limit(20)
    .toArray();
  return { statusCode: 200, body: JSON.stringify(found) };
};

export const handler = middy().use(connect()).handler(search);
