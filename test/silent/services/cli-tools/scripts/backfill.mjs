import { parseArgs } from 'node:util';
import pg from 'pg';

const { values } = parseArgs({
  options: { since: { type: 'string' }, batch: { type: 'string', default: '500' } },
});

async function main() {
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    statement_timeout: 60_000,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', (error) => console.error(error.message));
  await client.connect();
  try {
    for (let done = 0; ;) {
      const { rowCount } = await client.query('SELECT backfill($1, $2)', [
        values.since,
        Number(values.batch),
      ]);
      if (!rowCount) break;
      done += rowCount;
      console.log(done);
    }
  } finally {
    await client.end();
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
