import { app } from '@azure/functions';
import { Pool } from 'pg';

let pool: Pool;

app.hook.appStart(() => {
  pool = new Pool({
    connectionString: process.env.DEVICES_URL,
    max: 4,
    connectionTimeoutMillis: 3_000,
    idleTimeoutMillis: 30_000,
    maxLifetimeSeconds: 900,
    statement_timeout: 5_000,
    query_timeout: 6_000,
  });
  pool.on('error', (error) => console.error(error));
});

app.hook.appTerminate(() => pool.end());

app.get('devices', {
  handler: async () => {
    const { rows } = await pool.query('SELECT id, model FROM devices LIMIT 100');
    return { jsonBody: rows };
  },
});
