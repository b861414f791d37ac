import { Agenda, type Job } from 'agenda';
import { CronJob } from 'cron';
import { Cron } from 'croner';
import { Inngest } from 'inngest';
import { gracefulShutdown, scheduleJob } from 'node-schedule';
import PgBoss from 'pg-boss';
import { Pool } from 'pg';
import { lazyPool } from './db.js';

let archive: Pool | undefined;

function archivePool(): Pool {
  if (archive === undefined) {
    archive = new Pool({
      connectionString: process.env.ARCHIVE_URL,
      max: 2,
      connectionTimeoutMillis: 5_000,
      idleTimeoutMillis: 10_000,
      maxLifetimeSeconds: 900,
      statement_timeout: 60_000,
    });
    archive.on('error', (error) => console.error('archive', error));
  }
  return archive;
}

const move = async (day: string): Promise<void> => {
  const { rows } = await lazyPool.value.query('SELECT * FROM bookings WHERE day = $1', [day]);
  const client = await archivePool().connect();
  try {
    await client.query('BEGIN');
    for (const row of rows)
      await client.query('INSERT INTO bookings SELECT * FROM jsonb_populate_record(NULL::bookings, $1)', [
        row,
      ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
};

const inngest = new Inngest({ id: 'back-office' });

export const archiveDay = inngest.createFunction(
  { id: 'archive-day' },
  { event: 'day/closed' },
  async ({ event, step }) => {
    await step.run('move', () => move(event.data.day));
  },
);

const nightly = new Cron('0 4 * * *', { protect: true }, async () => {
  await move(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
});

const hourly = CronJob.from({
  cronTime: '0 * * * *',
  onTick: async () => {
    await archivePool().query('ANALYZE bookings');
  },
  start: true,
});

scheduleJob('statistics', '*/15 * * * *', () =>
  lazyPool.value.query('REFRESH MATERIALIZED VIEW CONCURRENTLY statistics'),
);

const agenda = new Agenda({ db: { address: process.env.MONGODB_URL!, collection: 'jobs' } });
agenda.define('mail statement', async (job: Job<{ account: number }>) => {
  const { rows } = await lazyPool.value.query('SELECT * FROM statement_of($1)', [job.attrs.data.account]);
  const response = await fetch('https://mail.example/statements', {
    method: 'POST',
    body: JSON.stringify(rows),
    signal: AbortSignal.timeout(10_000),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`mail: ${response.status}`);
});

const boss = new PgBoss({ connectionString: process.env.DATABASE_URL, max: 3 });
boss.on('error', (error) => console.error(error));

export async function start(): Promise<void> {
  await Promise.all([agenda.start(), boss.start()]);
  await boss.work<{ day: string }>('archive', { batchSize: 1 }, async ([job]) => move(job.data.day));
}

export async function stop(): Promise<void> {
  nightly.stop();
  await hourly.stop();
  await gracefulShutdown();
  await agenda.stop();
  await boss.stop({ graceful: true });
  await Promise.all([lazyPool.made?.end(), archive?.end()]);
}
