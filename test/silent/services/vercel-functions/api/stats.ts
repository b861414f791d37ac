import { neon } from '@neondatabase/serverless';

export const config = { runtime: 'edge' };

export default async function handler(request: Request): Promise<Response> {
  const sql = neon(process.env.DATABASE_URL!);
  const rows =
    await sql`SELECT day, clicks FROM stats WHERE slug = ${new URL(request.url).searchParams.get('slug')}`;
  return Response.json(rows);
}
