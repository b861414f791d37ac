import { Router, type Application } from 'express';
import { MongoClient } from 'mongodb';
import pg from 'pg';
import { ProxyAgent, request } from 'undici';
import { config } from '../config.js';

export const settings = Router();

const limits: pg.PoolConfig = {
  max: 3,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 5_000,
  query_timeout: 6_000,
};

const onError = (error: Error): void => console.error('settings', error);

// Kept by the application.
function flagsOf(app: Application): pg.Pool {
  let flags: pg.Pool | undefined = app.get('flags');
  if (!flags) {
    flags = new pg.Pool({ ...limits, connectionString: process.env.FLAGS_URL });
    flags.on('error', onError);
    app.set('flags', flags);
  }
  return flags;
}

settings.get('/flags', async (req, res) => {
  const { rows } = await flagsOf(req.app).query('SELECT name, value FROM flags');
  res.json(rows);
});

settings.get('/themes', async (req, res) => {
  req.app.locals.themes ??= new pg.Pool({ ...limits, connectionString: process.env.THEMES_URL }).on(
    'error',
    onError,
  );
  const { rows } = await req.app.locals.themes.query('SELECT * FROM themes');
  res.json(rows);
});

// The guard is not the client itself.
let opened = false;
let translations: pg.Pool;

async function openTranslations(): Promise<void> {
  if (opened) return;
  opened = true;
  translations = new pg.Pool({ ...limits, connectionString: process.env.TRANSLATIONS_URL });
  translations.on('error', onError);
}

settings.get('/translations/:locale', async (req, res) => {
  await openTranslations();
  const { rows } = await translations.query('SELECT key, text FROM translations WHERE locale = $1', [
    req.params.locale,
  ]);
  res.json(rows);
});

// A getter that takes its own place.
const lazily = {
  get currencies(): pg.Pool {
    const currencies = new pg.Pool({ ...limits, connectionString: process.env.CURRENCIES_URL });
    currencies.on('error', onError);
    Object.defineProperty(this, 'currencies', { value: currencies });
    return currencies;
  },
};

settings.get('/currencies', async (_req, res) => {
  const { rows } = await lazily.currencies.query('SELECT code, rate FROM currencies');
  res.json(rows);
});

// The operators move the database without a restart: a new pool takes over and the old one is drained.
let primary = new pg.Pool({ ...limits, connectionString: config.DATABASE_URL });
primary.on('error', onError);

settings.post('/database', async (req, res) => {
  const next = new pg.Pool({ ...limits, connectionString: req.body.url });
  next.on('error', onError);
  try {
    await next.query('SELECT 1');
  } catch (error) {
    await next.end();
    res.status(422).json({ error: (error as Error).message });
    return;
  }
  const previous = primary;
  primary = next;
  await previous.end();
  res.sendStatus(204);
});

settings.get('/database', async (_req, res) => {
  const { rows } = await primary.query('SELECT current_database() AS name');
  res.json(rows[0]);
});

// Checks what the user typed: their proxy, their cluster.
settings.post('/proxy/test', async (req, res) => {
  const dispatcher = new ProxyAgent({
    uri: req.body.proxy,
    connections: 1,
    headersTimeout: 3_000,
    bodyTimeout: 3_000,
    connectTimeout: 2_000,
  });
  try {
    const { statusCode, body } = await request('https://example.com/', {
      dispatcher,
      signal: AbortSignal.timeout(5_000),
    });
    await body.dump();
    res.json({ statusCode });
  } finally {
    await dispatcher.destroy();
  }
});

settings.post('/mongo/test', async (req, res) => {
  await using client = new MongoClient(req.body.uri, {
    maxPoolSize: 1,
    serverSelectionTimeoutMS: 2_000,
    socketTimeoutMS: 2_000,
    waitQueueTimeoutMS: 2_000,
  });
  const { ok } = await client.db().command({ ping: 1 });
  res.json({ ok });
});

export async function closeSettings(app: Application): Promise<void> {
  const pools: (pg.Pool | undefined)[] = [
    app.get('flags'),
    app.locals.themes,
    translations,
    primary,
    Object.getOwnPropertyDescriptor(lazily, 'currencies')?.value,
  ];
  await Promise.allSettled(pools.map((pool) => pool?.end()));
}
