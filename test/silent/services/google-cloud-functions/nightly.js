import functions from '@google-cloud/functions-framework';
import pg from 'pg';

let pool;

/** Everything that is older than a month goes. */
export async function prune(pubSubEvent) {
  const { days = 30 } = JSON.parse(Buffer.from(pubSubEvent.data.message.data, 'base64').toString() || '{}');
  if (pool == null) {
    pool = new pg.Pool({
      host: `/cloudsql/${process.env.INSTANCE}`,
      max: 1,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 60_000,
      maxLifetimeSeconds: 900,
      statement_timeout: 60_000,
    });
    pool.on('error', (error) => console.error(error));
  }
  const { rowCount } = await pool.query("DELETE FROM uploads WHERE at < now() - $1 * interval '1 day'", [
    days,
  ]);
  console.log(`${rowCount} gone`);
}

functions.cloudEvent('prune', prune);
