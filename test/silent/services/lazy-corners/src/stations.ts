import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';
import {
  Client as GrpcClient,
  credentials,
  makeGenericClientConstructor,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Router } from 'express';
import { Redis } from 'ioredis';
import { Kysely, PostgresDialect } from 'kysely';
import { MongoClient } from 'mongodb';
import type { Pool as PgPool } from 'pg';
import { defer, firstValueFrom, from, shareReplay } from 'rxjs';
import { Agent, request } from 'undici';
import { definition } from './generated/stations.js';

const warn = (error: Error): void => console.warn(error.message);
const mongoOptions = {
  maxPoolSize: 5,
  maxIdleTimeMS: 60_000,
  waitQueueTimeoutMS: 2_000,
  serverSelectionTimeoutMS: 3_000,
  socketTimeoutMS: 10_000,
};

export const stations = Router();

// Several at once.
let shards: Promise<MongoClient[]> | undefined;

const getShards = () =>
  (shards ??= Promise.all(
    process.env.SHARDS!.split(',').map(async (url) => {
      const client = new MongoClient(url, mongoOptions);
      await client.connect();
      return client;
    }),
  ));

stations.get('/', async (_req, res) => {
  const found = await Promise.all(
    (await getShards()).map((shard) =>
      shard.db().collection('stations').find({}, { maxTimeMS: 2_000 }).limit(50).toArray(),
    ),
  );
  res.json(found.flat());
});

let images: Map<string, S3Client> | undefined;

function imagesOf(region: string): S3Client | undefined {
  images ??= new Map(
    ['eu-central-1', 'us-east-1'].map((name) => [
      name,
      new S3Client({
        region: name,
        requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
      }),
    ]),
  );
  return images.get(region);
}

stations.get('/:region/:id/image', async (req, res) => {
  const object = await imagesOf(req.params.region)?.send(
    new GetObjectCommand({ Bucket: 'stations', Key: req.params.id }),
    { abortSignal: AbortSignal.timeout(5_000) },
  );
  if (!object) return res.sendStatus(404);
  res.type('jpeg').send(Buffer.from(await object.Body!.transformToByteArray()));
});

// Two that belong together.
let writer: Redis | undefined;
let reader: Redis | undefined;

function openPair() {
  const options = { connectTimeout: 2_000, commandTimeout: 500, maxRetriesPerRequest: 1 };
  const pair = {
    writer: new Redis(process.env.PRIMARY_URL!, options),
    reader: new Redis(process.env.REPLICA_URL!, options),
  };
  for (const redis of Object.values(pair)) redis.on('error', warn);
  return pair;
}

stations.post('/:id/return', async (req, res) => {
  if (!writer) ({ writer, reader } = openPair());
  const free = await writer!.hincrby('free', req.params.id, -1);
  res.json({ free });
});

stations.get('/:id/free', async (req, res) => {
  if (!reader) ({ writer, reader } = openPair());
  res.json({ free: Number(await reader!.hget('free', req.params.id)) });
});

// With the time it was made at.
let partner: { agent: Agent; made: number } | null = null;

function partnerAgent(): Agent {
  if (partner && Date.now() - partner.made < 3_600_000) return partner.agent;
  const old = partner?.agent;
  partner = {
    agent: new Agent({ connections: 5, headersTimeout: 3_000, bodyTimeout: 3_000, connectTimeout: 1_000 }),
    made: Date.now(),
  };
  void old?.close();
  return partner.agent;
}

stations.get('/partners', async (_req, res) => {
  const { body } = await request('https://partner.example/stations', {
    dispatcher: partnerAgent(),
    signal: AbortSignal.timeout(5_000),
  });
  res.json(await body.json());
});

// The module comes with the first request.
let routing: Promise<PgPool> | undefined;

const getRouting = () =>
  (routing ??= import('pg').then(({ default: { Pool } }) => {
    const pool = new Pool({
      connectionString: process.env.ROUTING_URL,
      max: 3,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 30_000,
      maxLifetimeSeconds: 900,
      statement_timeout: 5_000,
    });
    pool.on('error', warn);
    return pool;
  }));

stations.get('/route', async (req, res) => {
  const client = await (await getRouting()).connect();
  try {
    // A wrapper around one connection.
    const db = drizzle(client);
    const { rows } = await db.execute(sql`SELECT route(${req.query.from}, ${req.query.to})`);
    res.json(rows);
  } finally {
    client.release();
  }
});

// The dialect asks for its pool once.
const db = new Kysely<{ station: { id: number; name: string } }>({
  dialect: new PostgresDialect({
    pool: async () => {
      const pg = await import('pg');
      const pool = new pg.default.Pool({
        connectionString: process.env.STATIONS_URL,
        max: 5,
        connectionTimeoutMillis: 3_000,
        idleTimeoutMillis: 30_000,
        maxLifetimeSeconds: 900,
        statement_timeout: 5_000,
      });
      pool.on('error', warn);
      return pool;
    },
  }),
});

stations.get('/names', async (_req, res) => {
  res.json(await db.selectFrom('station').selectAll().execute());
});

// A stream that remembers its only value.
const forecasts$ = defer(() => from(MongoClient.connect(process.env.FORECASTS_URL!, mongoOptions))).pipe(
  shareReplay(1),
);

stations.get('/:id/forecast', async (req, res) => {
  const client = await firstValueFrom(forecasts$);
  res.json(
    await client.db().collection('forecasts').findOne({ station: req.params.id }, { maxTimeMS: 1_000 }),
  );
});

// As many as there are addresses.
const Docks = makeGenericClientConstructor(definition as ServiceDefinition, 'Docks');
const docks = new Map<string, GrpcClient & Record<string, Function>>();

stations.post('/:address/unlock', (req, res, next) => {
  const { address } = req.params;
  const client = docks.get(address) ?? (new Docks(address, credentials.createInsecure()) as never);
  docks.set(address, client);
  client.unlock(
    { dock: req.body.dock },
    { deadline: Date.now() + 2_000 },
    (error: Error | null, reply: unknown) => (error ? next(error) : res.json(reply)),
  );
});

export async function closeStations(): Promise<void> {
  for (const client of docks.values()) client.close();
  for (const client of images?.values() ?? []) client.destroy();
  const clients = await shards;
  await Promise.allSettled([
    ...(clients ?? []).map((client) => client.close()),
    writer?.quit(),
    reader?.quit(),
    partner?.agent.close(),
    routing?.then((pool) => pool.end()),
    db.destroy(),
    firstValueFrom(forecasts$).then((client) => client.close()),
  ]);
}
