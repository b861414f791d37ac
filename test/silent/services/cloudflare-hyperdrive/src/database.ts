import { Client } from 'pg';

export async function withDatabase<T>(binding: Hyperdrive, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: binding.connectionString,
    connectionTimeoutMillis: 3_000,
    query_timeout: 5_000,
  });
  client.on('error', (error) => console.error(error));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
