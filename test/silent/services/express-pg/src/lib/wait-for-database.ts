import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { logger } from './logger.js';

/** Waits until the database answers: in a fresh environment it often starts after us. */
export async function waitForDatabase(connectionString: string, attempts = 10): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    // A client cannot be connected twice, so each attempt has its own.
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000, query_timeout: 2_000 });
    client.on('error', (error) => logger.warn({ error }, 'lost the probe connection'));
    try {
      await client.connect();
      await client.query('SELECT 1');
      return;
    } catch (error) {
      if (attempt >= attempts) throw error;
      logger.warn({ attempt, error }, 'database is not ready yet');
      await sleep(Math.min(250 * 2 ** attempt, 10_000));
    } finally {
      await client.end();
    }
  }
}
