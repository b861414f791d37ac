import { Router } from 'express';
import { Pool, type PoolConfig } from 'pg';

const options: PoolConfig = {
  max: 5,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 900,
  statement_timeout: 5_000,
  query_timeout: 6_000,
};

function listen(pool: Pool): Pool {
  pool.on('error', (error) => console.error(error));
  return pool;
}

// One class, three ways to have only one of it.
class Places {
  static #instance: Places | undefined;
  readonly #pool: Pool;

  private constructor(connectionString = process.env.PLACES_URL) {
    this.#pool = listen(new Pool({ ...options, connectionString }));
  }

  static getInstance(): Places {
    if (!Places.#instance) Places.#instance = new Places();
    return Places.#instance;
  }

  async near(lat: number, lon: number): Promise<unknown[]> {
    const { rows } = await this.#pool.query('SELECT * FROM places_near($1, $2)', [lat, lon]);
    return rows;
  }

  static async close(): Promise<void> {
    if (Places.#instance) await Places.#instance.#pool.end();
  }
}

class Reviews {
  static readonly pool = listen(new Pool({ ...options, connectionString: process.env.REVIEWS_URL }));

  static of = async (place: string) =>
    (await this.pool.query('SELECT * FROM reviews WHERE place = $1', [place])).rows;
}

class Photos {
  private lazy?: Pool;

  private get pool(): Pool {
    return (this.lazy ??= listen(new Pool({ ...options, connectionString: process.env.PHOTOS_URL })));
  }

  async of(place: string): Promise<string[]> {
    const { rows } = await this.pool.query('SELECT url FROM photos WHERE place = $1', [place]);
    return rows.map(({ url }) => url);
  }

  close = () => this.lazy?.end();
}

const photos = new Photos();

export const places = Router();

places.get('/near', async (req, res) => {
  res.json(await Places.getInstance().near(Number(req.query.lat), Number(req.query.lon)));
});

places.get('/:id', async (req, res) => {
  const [reviews, urls] = await Promise.all([Reviews.of(req.params.id), photos.of(req.params.id)]);
  res.json({ reviews, urls });
});

export const closePlaces = () => Promise.all([Places.close(), Reviews.pool.end(), photos.close()]);
