import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { Router } from 'express';
import { LRUCache } from 'lru-cache';
import pRetry from 'p-retry';
import { Client as Connection, Pool } from 'pg';
import { createClient } from 'redis';

const limits = {
  max: 3,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 5_000,
  query_timeout: 6_000,
};

const silent = (error: Error): void => console.warn(error.message);

// A closure that is called at once.
const getTimetable = (() => {
  let pool: Pool | undefined;
  return () =>
    (pool ??= new Pool({ ...limits, connectionString: process.env.TIMETABLE_URL }).on('error', silent));
})();

// A registry, of which there is one.
class Registry {
  private readonly pools = new Map<string, Pool>();

  of(city: string): Pool {
    const known = this.pools.get(city);
    if (known) return known;
    const pool = new Pool({ ...limits, host: `${city}.db.internal` });
    pool.on('error', silent);
    this.pools.set(city, pool);
    return pool;
  }

  async close(): Promise<void> {
    for (const pool of this.pools.values()) await pool.end();
    this.pools.clear();
  }
}

const registry = new Registry();

class Disruptions {
  static pool: Pool;

  static {
    this.pool = new Pool({ ...limits, connectionString: process.env.DISRUPTIONS_URL });
    this.pool.on('error', silent);
  }
}

// The cache makes what it misses.
const operators = new LRUCache<string, Pool>({
  max: 20,
  memoMethod: (name) => new Pool({ ...limits, database: `operator_${name}` }).on('error', silent),
  dispose: (pool) => void pool.end(),
});

const livePositions = new LRUCache<string, ReturnType<typeof createClient>>({
  max: 10,
  fetchMethod: async (line) => {
    const client = createClient({
      url: `redis://${line}.positions:6379`,
      socket: { connectTimeout: 1_000, socketTimeout: 5_000 },
    });
    client.on('error', silent);
    await client.connect();
    return client;
  },
  dispose: (client) => client.destroy(),
});

// One connection that stays open, for the advisory lock of this process.
let lock: Promise<Connection> | undefined;

const acquireLock = (): Promise<Connection> =>
  (lock ??= pRetry(
    async () => {
      const connection = new Connection({
        connectionString: process.env.TIMETABLE_URL,
        connectionTimeoutMillis: 2_000,
        query_timeout: 5_000,
      });
      connection.on('error', (error) => {
        silent(error);
        lock = undefined;
      });
      try {
        await connection.connect();
        await connection.query('SELECT pg_advisory_lock(7)');
        return connection;
      } catch (error) {
        await connection.end();
        throw error;
      }
    },
    { retries: 3 },
  ).catch((error: unknown) => {
    lock = undefined;
    throw error;
  }));

// Push: a session is replaced when the other side has said good-bye.
let session: ClientHttp2Session | undefined;

function getSession(): ClientHttp2Session {
  if (!session || session.closed || session.destroyed) {
    session = connectHttp2('https://push.example');
    session.on('error', silent);
    session.on('goaway', () => session?.close());
  }
  return session;
}

function push(token: string, payload: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = getSession().request({ ':method': 'POST', ':path': `/3/device/${token}` });
    stream.setTimeout(5_000, () => stream.close());
    stream.on('response', (headers) => resolve(Number(headers[':status'])));
    stream.on('error', reject);
    stream.resume();
    stream.end(JSON.stringify(payload));
  });
}

export const transport = Router();

transport.get('/departures', async (req, res) => {
  const { rows } = await getTimetable().query('SELECT * FROM departures WHERE stop = $1 LIMIT 20', [
    req.query.stop,
  ]);
  res.json(rows);
});

transport.get('/:city/stops', async (req, res) => {
  const { rows } = await registry.of(req.params.city).query('SELECT id, name FROM stops');
  res.json(rows);
});

transport.get('/disruptions', async (_req, res) => {
  const { rows } = await Disruptions.pool.query('SELECT text FROM disruptions WHERE now() <@ during');
  res.json(rows);
});

transport.get('/operators/:name', async (req, res) => {
  const { rows } = await operators.memo(req.params.name).query('SELECT * FROM operator');
  res.json(rows[0] ?? null);
});

transport.get('/positions/:line', async (req, res) => {
  const client = await livePositions.fetch(req.params.line);
  res.json((await client?.hGetAll('positions')) ?? {});
});

transport.post('/import', async (req, res) => {
  const connection = await acquireLock();
  await connection.query('SELECT import_timetable($1)', [JSON.stringify(req.body)]);
  res.sendStatus(202);
});

transport.post('/alerts', async (req, res) => {
  res.json({ status: await push(req.body.token, req.body.alert) });
});

export async function closeTransport(): Promise<void> {
  operators.clear();
  livePositions.clear();
  session?.close();
  await Promise.allSettled([
    getTimetable().end(),
    registry.close(),
    Disruptions.pool.end(),
    lock?.then((connection) => connection.end()),
  ]);
}
