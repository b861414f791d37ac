import 'server-only';
import { MongoClient } from 'mongodb';

declare global {
  var _mongo: Promise<MongoClient> | undefined;
}

/** Connects at the first use: a build knows no address. */
export function mongo(): Promise<MongoClient> {
  if (!globalThis._mongo) {
    const uri = process.env.MONGODB_URI;
    if (!uri) throw new Error('MONGODB_URI is missing');
    globalThis._mongo = new MongoClient(uri, {
      maxPoolSize: 20,
      maxIdleTimeMS: 60_000,
      waitQueueTimeoutMS: 5_000,
      serverSelectionTimeoutMS: 5_000,
      socketTimeoutMS: 30_000,
    }).connect();
  }
  return globalThis._mongo;
}
