import { MongoClient } from 'mongodb';

const uri = process.env.MONGODB_URI;
const options = {
  maxPoolSize: 10,
  maxIdleTimeMS: 60_000,
  waitQueueTimeoutMS: 5_000,
  socketTimeoutMS: 20_000,
};

let client;
let clientPromise;

if (process.env.NODE_ENV === 'development') {
  // The module is evaluated again at each change; the global object stays.
  if (!global._mongoClientPromise) {
    client = new MongoClient(uri, options);
    global._mongoClientPromise = client.connect();
  }
  clientPromise = global._mongoClientPromise;
} else {
  client = new MongoClient(uri, options);
  clientPromise = client.connect();
}

export default clientPromise;
