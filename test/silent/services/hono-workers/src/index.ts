import { Hono } from 'hono';
import { cache } from 'hono/cache';
import { database } from './database';
import type { AppEnv } from './env';
import { cart } from './routes/cart';

const app = new Hono<AppEnv>();

app.use('/cart/*', database);
app.route('/cart', cart);

// What the origin answers is passed on unread.
app.get('/assets/*', cache({ cacheName: 'assets', cacheControl: 'max-age=3600' }), (c) =>
  fetch(new URL(c.req.path, 'https://assets.example.net'), { signal: AbortSignal.timeout(10_000) }),
);

app.get('/geo', async (c) => {
  const response = await fetch('https://geo.example.net/v1/me', { signal: AbortSignal.timeout(2_000) });
  return new Response(response.body, response);
});

export default app;
