import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';

interface Brand {
  readonly prefix: string;
  readonly databaseUrl: string;
}

const brands: readonly Brand[] = JSON.parse(readFileSync('/etc/crm/brands.json', 'utf8'));

/** The brands are known when the process starts: each gets its routes and its pool. */
export default async function whiteLabel(app: FastifyInstance): Promise<void> {
  for (const { prefix, databaseUrl } of brands) {
    app.register(
      async (brand) => {
        const pool = new Pool({
          connectionString: databaseUrl,
          max: 3,
          connectionTimeoutMillis: 3_000,
          idleTimeoutMillis: 30_000,
          maxLifetimeSeconds: 900,
          statement_timeout: 5_000,
          query_timeout: 6_000,
        });
        pool.on('error', (error) => brand.log.error({ error, prefix }));
        brand.addHook('onClose', () => pool.end());
        brand.get('/start', async () => (await pool.query('SELECT title, text FROM start_page')).rows[0]);
      },
      { prefix },
    );
  }
}
