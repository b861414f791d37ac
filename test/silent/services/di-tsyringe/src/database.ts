import { Pool, type PoolClient } from 'pg';
import { singleton, type Disposable } from 'tsyringe';

@singleton()
export class Database implements Disposable {
  readonly pool = new Pool({
    connectionString: process.env.DATABASE_URL,
    max: 8,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 1_800,
    statement_timeout: 5_000,
    query_timeout: 6_000,
  });

  constructor() {
    this.pool.on('error', this.onError);
    this.pool.on('connect', (client) => client.on('error', this.onError));
  }

  private readonly onError = (error: Error): void => console.error('database', error);

  async use<T>(work: (client: PoolClient) => T | Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  async dispose(): Promise<void> {
    await this.pool.end();
  }
}
