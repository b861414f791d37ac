import { Client } from 'pg';

interface Env {
  PG: Hyperdrive;
}

export const onRequestGet: PagesFunction<Env> = async ({ env, params, waitUntil }) => {
  const client = new Client({
    connectionString: env.PG.connectionString,
    connectionTimeoutMillis: 3_000,
    query_timeout: 5_000,
  });
  client.on('error', (error) => console.error(error));
  try {
    await client.connect();
    const { rows } = await client.query('SELECT count(*)::int AS clicks FROM clicks WHERE slug = $1', [
      params.slug,
    ]);
    return Response.json(rows[0]);
  } finally {
    waitUntil(client.end());
  }
};
