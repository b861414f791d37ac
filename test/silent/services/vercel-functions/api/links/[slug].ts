import { waitUntil } from '@vercel/functions';
import type { VercelRequest, VercelResponse } from '@vercel/node';
import { Redis } from '@upstash/redis';
import { pool } from '../../lib/pool.js';

export default async function handler(request: VercelRequest, response: VercelResponse) {
  const slug = String(request.query.slug);
  // HTTP, without sockets of its own.
  const redis = Redis.fromEnv();
  const cached = await redis.get<string>(`link:${slug}`);
  if (cached) return response.redirect(302, cached);
  const { rows } = await pool.query('SELECT target FROM links WHERE slug = $1', [slug]);
  if (rows.length === 0) return response.status(404).end();
  waitUntil(redis.set(`link:${slug}`, rows[0].target, { ex: 3_600 }));
  response.redirect(302, rows[0].target);
}
