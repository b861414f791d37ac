import DataLoader from 'dataloader';
import { MongoClient, ObjectId, type Collection, type WithId } from 'mongodb';

export interface Author {
  name: string;
}

const client = new MongoClient(process.env.MONGODB_URI!, {
  maxPoolSize: 30,
  minPoolSize: 2,
  maxIdleTimeMS: 120_000,
  waitQueueTimeoutMS: 3_000,
  serverSelectionTimeoutMS: 5_000,
  socketTimeoutMS: 15_000,
});

export const connect = () => client.connect();
export const close = () => client.close();
export const books: Collection = client.db('library').collection('books');
const authors = client.db('library').collection<Author>('authors');

/** Belongs to one request: what it remembers must not outlive it. */
export const createAuthorLoader = () =>
  new DataLoader<string, WithId<Author> | null>(async (ids) => {
    const found = await authors
      .find({ _id: { $in: ids.map((id) => new ObjectId(id)) } }, { maxTimeMS: 2_000 })
      .toArray();
    const byId = new Map(found.map((author) => [author._id.toHexString(), author]));
    return ids.map((id) => byId.get(id) ?? null);
  });

export async function rename(id: string, title: string): Promise<void> {
  await client.withSession((session) =>
    session.withTransaction(async () => {
      await books.updateOne({ _id: new ObjectId(id) }, { $set: { title } }, { session });
      await client.db('library').collection('audit').insertOne({ id, title, at: new Date() }, { session });
    }),
  );
}
