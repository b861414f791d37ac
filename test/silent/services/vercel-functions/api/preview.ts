import { Pool } from '@neondatabase/serverless';

export const runtime = 'edge';

export async function GET(request: Request): Promise<Response> {
  // On this runtime a socket must not outlive its request.
  const pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    max: 1,
    connectionTimeoutMillis: 3_000,
  });
  pool.on('error', (error: Error) => console.error(error));
  try {
    const { rows } = await pool.query('SELECT title, image FROM previews WHERE slug = $1', [
      new URL(request.url).searchParams.get('slug'),
    ]);
    return Response.json(rows[0] ?? null);
  } finally {
    await pool.end();
  }
}
