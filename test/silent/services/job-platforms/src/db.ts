import { Pool } from 'pg';

/** Made by the first job of the process. */
class Lazy<T> {
  #value: T | undefined;
  constructor(private readonly make: () => T) {}

  get value(): T {
    return (this.#value ??= this.make());
  }

  get made(): T | undefined {
    return this.#value;
  }
}

export const lazyPool = new Lazy(() => {
  const pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    max: 5,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: 60_000,
    query_timeout: 65_000,
  });
  pool.on('error', (error) => console.error(error));
  return pool;
});
