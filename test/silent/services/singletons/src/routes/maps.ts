import { AsyncLocalStorage } from 'node:async_hooks';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Router, type RequestHandler } from 'express';
import createKnex, { type Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { Redis } from 'ioredis';

// Whoever imports it first pays.
const knex = (() => {
  const config: Knex.Config = {
    client: 'pg',
    connection: process.env.MAPS_URL,
    pool: { min: 0, max: 6 },
    acquireConnectionTimeout: 3_000,
  };
  return createKnex(config);
})();

const current = new AsyncLocalStorage<{ trx: Knex.Transaction }>();

/** Everything below it is one transaction. */
const transactional: RequestHandler = (req, res, next) => {
  knex
    .transaction(
      (trx) =>
        new Promise<void>((resolve, reject) => {
          res.once('finish', resolve);
          res.once('close', () => reject(new Error('the caller is gone')));
          current.run({ trx }, next);
        }),
    )
    .catch((error: Error) => {
      if (!res.closed) next(error);
    });
};

let s3: S3Client;

function tiles(): S3Client {
  if (s3 === undefined) {
    s3 = new S3Client({
      region: 'eu-west-1',
      requestHandler: {
        connectionTimeout: 1_000,
        requestTimeout: 3_000,
        throwOnRequestTimeout: true,
        socketTimeout: 5_000,
      },
    });
  }
  return s3;
}

/** A renderer's cache per style; one that nobody used for an hour is closed. */
const caches = new LRUCache<string, Redis>({
  max: 8,
  ttl: 3_600_000,
  ttlAutopurge: true,
  dispose: (redis) => void redis.quit(),
});

const cacheOf = (style: string): Redis => {
  if (!caches.has(style)) {
    const redis = new Redis(`redis://tiles-${style}:6379`, {
      connectTimeout: 1_000,
      commandTimeout: 300,
      maxRetriesPerRequest: 1,
    });
    redis.on('error', (error) => console.warn(style, error.message));
    caches.set(style, redis);
  }
  return caches.get(style)!;
};

/** The factory runs once, for each place where it is used; what it returns, for each request. */
function quota(limit: number): RequestHandler {
  const redis = new Redis(process.env.QUOTA_URL!, {
    connectTimeout: 1_000,
    commandTimeout: 300,
    maxRetriesPerRequest: 1,
  });
  redis.on('error', (error) => console.warn('quota', error.message));
  process.once('SIGTERM', () => redis.disconnect());
  return async (req, res, next) => {
    const used = await redis.incr(`quota:${req.ip}`);
    if (used > limit) res.sendStatus(429);
    else next();
  };
}

export const maps = Router();

maps.use(quota(1_000));

maps.get('/:style/:z/:x/:y.png', async (req, res) => {
  const { style, z, x, y } = req.params;
  const cached = await cacheOf(style).getBuffer(`${z}/${x}/${y}`);
  if (cached) return res.type('png').send(cached);
  const { Body } = await tiles().send(
    new GetObjectCommand({ Bucket: 'tiles', Key: `${style}/${z}/${x}/${y}.png` }),
  );
  const image = Buffer.from(await Body!.transformToByteArray());
  await cacheOf(style).set(`${z}/${x}/${y}`, image, 'EX', 3_600);
  res.type('png').send(image);
});

maps.post('/markers', transactional, async (req, res) => {
  const { trx } = current.getStore()!;
  await trx('markers').insert(req.body);
  await trx('counters').increment('markers');
  res.sendStatus(201);
});

export async function closeMaps(): Promise<void> {
  caches.clear();
  s3?.destroy();
  await knex.destroy();
}
