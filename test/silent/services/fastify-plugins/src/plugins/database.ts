import fp from 'fastify-plugin';
import { Pool, type PoolClient } from 'pg';

declare module 'fastify' {
  interface FastifyInstance {
    db: {
      pool: Pool;
      transaction: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;
    };
  }
}

export interface DatabaseOptions {
  connectionString: string;
  max?: number;
}

export default fp<DatabaseOptions>(
  async (fastify, { connectionString, max = 10 }) => {
    const pool = new Pool({
      connectionString,
      max,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 30_000,
      maxLifetimeSeconds: 3_600,
      statement_timeout: 10_000,
      query_timeout: 12_000,
    });
    pool.on('error', (err) => fastify.log.error({ err }, 'idle client failed'));
    pool.on('connect', (client) => client.on('error', (err) => fastify.log.error({ err }, 'client failed')));

    async function transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const result = await work(client);
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (err) {
        // Closing the connection rolls back, whatever state it is in.
        client.release(true);
        throw err;
      }
    }

    await pool.query('SELECT 1');
    fastify.decorate('db', { pool, transaction });
    fastify.addHook('onClose', async () => {
      await pool.end();
    });
  },
  { name: 'database' },
);
