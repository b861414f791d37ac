import { Router } from 'express';
import memoize from 'lodash/memoize.js';
import once from 'lodash/once.js';
import onetime from 'onetime';
import pMemoize from 'p-memoize';
import { createClient } from 'redis';
import { Agent, Pool, request } from 'undici';
import mysql from 'mysql2/promise';

const timeouts = { headersTimeout: 3_000, bodyTimeout: 3_000, connectTimeout: 1_000 };

const getAgent = once(() => new Agent({ connections: 10, ...timeouts }));

const poolFor = memoize((origin: string) => new Pool(origin, { connections: 4, ...timeouts }));

const getHistory = onetime(() =>
  mysql.createPool({
    uri: process.env.HISTORY_URL,
    connectionLimit: 4,
    maxIdle: 2,
    idleTimeout: 30_000,
    connectTimeout: 2_000,
    enableKeepAlive: true,
  }),
);

const getCache = pMemoize(async () => {
  const client = createClient({
    url: process.env.REDIS_URL,
    socket: { connectTimeout: 2_000, socketTimeout: 5_000 },
  });
  client.on('error', (error) => console.error(error.message));
  return client.connect();
});

export const weather = Router();

weather.get('/now', async (req, res) => {
  const cache = await getCache();
  const key = `now:${req.query.city}`;
  const hit = await cache.get(key);
  if (hit) return res.type('json').send(hit);
  const { body, statusCode } = await request(`https://api.weather.example/now/${req.query.city}`, {
    dispatcher: getAgent(),
    signal: AbortSignal.timeout(4_000),
  });
  const text = await body.text();
  if (statusCode !== 200) return res.sendStatus(502);
  await cache.set(key, text, { EX: 300 });
  res.type('json').send(text);
});

weather.get('/radar/:host', async (req, res) => {
  if (!['north', 'south'].includes(req.params.host)) return res.sendStatus(404);
  await poolFor(`https://${req.params.host}.radar.example`).stream(
    { path: '/latest.png', method: 'GET', opaque: res, signal: AbortSignal.timeout(8_000) },
    ({ headers }) => res.writeHead(200, { 'content-type': String(headers['content-type']) }),
  );
});

weather.get('/history', async (req, res) => {
  const [rows] = await getHistory().query({
    sql: 'SELECT day, max FROM history WHERE city = ?',
    values: [req.query.city],
    timeout: 2_000,
  });
  res.json(rows);
});

export async function closeWeather(): Promise<void> {
  await Promise.allSettled([
    getAgent().close(),
    getHistory().end(),
    getCache().then((client) => client.close()),
  ]);
}
