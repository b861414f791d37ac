import { Pool, type PoolClient, type PoolConfig } from 'pg';

export const DEFAULTS = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  maxLifetimeSeconds: 1_800,
  statement_timeout: 30_000,
  query_timeout: 35_000,
} satisfies PoolConfig;

export interface PoolOptions extends PoolConfig {
  onError?: (error: Error) => void;
}

/** Makes a pool with the defaults of the house. Whoever calls it owns it and ends it. */
export function createPool({ onError = console.error, ...config }: PoolOptions = {}): Pool {
  const pool = new Pool({ ...DEFAULTS, ...config });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

/** The same for a primary and its replicas. */
export const createCluster = (primary: string, replicas: readonly string[]) => {
  const writer = createPool({ connectionString: primary });
  const readers = replicas.map((connectionString) => createPool({ connectionString }));
  let turn = 0;
  return {
    writer,
    reader: () => readers[turn++ % readers.length] ?? writer,
    end: () => Promise.all([writer, ...readers].map((pool) => pool.end())).then(() => {}),
  };
};

/** A connection that its user gives back: with `await using`, or by `release`. */
export async function lease(pool: Pool): Promise<PoolClient & AsyncDisposable> {
  const client = await pool.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: async () => client.release() });
}

/** Statements in one transaction. */
export class UnitOfWork {
  static async begin(pool: Pool): Promise<UnitOfWork> {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      return new UnitOfWork(client);
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  private constructor(readonly client: PoolClient) {}

  async commit(): Promise<void> {
    await this.#finish('COMMIT');
  }

  async rollback(): Promise<void> {
    await this.#finish('ROLLBACK');
  }

  async #finish(statement: string): Promise<void> {
    try {
      await this.client.query(statement);
      this.client.release();
    } catch (error) {
      this.client.release(true);
      throw error;
    }
  }
}
