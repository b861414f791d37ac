import { Mutex } from 'async-mutex';
import { Router } from 'express';
import pg from 'pg';
import { createClient } from 'redis';
import { getOrCreate, lazy } from './lazy.js';

const limits: pg.PoolConfig = {
  max: 4,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 5_000,
  query_timeout: 6_000,
};
const warn = (error: Error): void => console.warn(error.message);

export const bikes = Router();

// A helper of ours, from another file.
const getFleet = lazy(() =>
  new pg.Pool({ ...limits, connectionString: process.env.FLEET_URL }).on('error', warn),
);

bikes.get('/', async (_req, res) => {
  const { rows } = await getFleet().query('SELECT id, station FROM bikes');
  res.json(rows);
});

const cities = new Map<string, pg.Pool>();

bikes.get('/:city', async (req, res) => {
  const pool = getOrCreate(cities, req.params.city, (city) =>
    new pg.Pool({ ...limits, database: city }).on('error', warn),
  );
  const { rows } = await pool.query('SELECT id FROM bikes WHERE free');
  res.json(rows);
});

// The same helpers, here.
function memo<T>(make: () => T): () => T {
  let made = false;
  let value: T;
  return () => {
    if (!made) {
      value = make();
      made = true;
    }
    return value;
  };
}

const getRepairs = memo(() => {
  const pool = new pg.Pool({ ...limits, connectionString: process.env.REPAIRS_URL });
  pool.on('error', warn);
  return pool;
});

bikes.get('/:id/repairs', async (req, res) => {
  const { rows } = await getRepairs().query('SELECT * FROM repairs WHERE bike = $1', [req.params.id]);
  res.json(rows);
});

const depots = new Map<string, pg.Pool>();

function upsert<V>(map: Map<string, V>, key: string, make: () => V): V {
  if (!map.has(key)) map.set(key, make());
  return map.get(key)!;
}

bikes.get('/depots/:name', async (req, res) => {
  const { name } = req.params;
  const pool = upsert(depots, name, () =>
    new pg.Pool({ ...limits, host: `${name}.depots.internal` }).on('error', warn),
  );
  const { rows } = await pool.query('SELECT count(*) FROM bikes');
  res.json(rows[0]);
});

const workshops = new Map<string, pg.Pool>();

bikes.get('/workshops/:name', async (req, res) => {
  const pool = workshops.getOrInsertComputed(req.params.name, (name: string) =>
    new pg.Pool({ ...limits, host: `${name}.workshops.internal` }).on('error', warn),
  );
  const { rows } = await pool.query('SELECT open FROM workshop');
  res.json(rows[0]);
});

// A dictionary that fills itself.
const regions = new Proxy<Record<string, pg.Pool>>(
  {},
  {
    get(target, region: string) {
      return (target[region] ??= new pg.Pool({ ...limits, host: `${region}.regions.internal` }).on(
        'error',
        warn,
      ));
    },
  },
);

bikes.get('/regions/:region', async (req, res) => {
  const { rows } = await regions[req.params.region].query('SELECT count(*) FROM bikes');
  res.json(rows[0]);
});

// Only one of the first callers opens it.
const mutex = new Mutex();
let locations: ReturnType<typeof createClient> | undefined;

async function getLocations() {
  if (!locations) {
    await mutex.runExclusive(async () => {
      if (locations) return;
      const client = createClient({
        url: process.env.REDIS_URL,
        socket: { connectTimeout: 2_000, socketTimeout: 5_000 },
      });
      client.on('error', warn);
      await client.connect();
      locations = client;
    });
  }
  return locations!;
}

bikes.put('/:id/location', async (req, res) => {
  await (await getLocations()).geoAdd('bikes', { member: req.params.id, ...req.body });
  res.sendStatus(204);
});

// As the documentation of the client has it.
let battery: ReturnType<typeof createClient>;

async function getBattery() {
  if (!battery?.isOpen) {
    battery = createClient({
      url: process.env.BATTERY_URL,
      socket: { connectTimeout: 2_000, socketTimeout: 5_000 },
    });
    battery.on('error', warn);
    await battery.connect();
  }
  return battery;
}

bikes.get('/:id/battery', async (req, res) => {
  const level = await (await getBattery()).hGet('battery', req.params.id);
  res.json({ level: Number(level) });
});

export async function closeBikes(): Promise<void> {
  const pools = [
    getFleet.made,
    getRepairs(),
    ...cities.values(),
    ...depots.values(),
    ...workshops.values(),
    ...Object.values(regions),
  ];
  await Promise.allSettled([...pools.map((pool) => pool?.end()), locations?.close(), battery?.close()]);
}
