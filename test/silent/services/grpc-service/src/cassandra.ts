import { auth, Client, types } from 'cassandra-driver';

export const cassandra = new Client({
  contactPoints: (process.env.CASSANDRA ?? 'localhost').split(','),
  localDataCenter: 'dc1',
  keyspace: 'inventory',
  authProvider: new auth.PlainTextAuthProvider('inventory', process.env.CASSANDRA_PASSWORD ?? ''),
  pooling: { coreConnectionsPerHost: { [types.distance.local]: 2 } },
  socketOptions: { connectTimeout: 3_000, readTimeout: 5_000 },
});
