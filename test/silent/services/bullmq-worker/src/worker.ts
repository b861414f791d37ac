import { Worker } from 'bullmq';
import { connection } from './connection.js';
import './cron.js';
import { CONCURRENCY, pool } from './db.js';
import { hash, threads } from './jobs/hash.js';
import { closeBrowser, report } from './jobs/report.js';
import { uploadAll } from './jobs/upload.js';
import { closeQueues } from './queues/index.js';

const workers = [
  new Worker('reports', report, { connection, concurrency: CONCURRENCY }),
  new Worker(
    'uploads',
    async (job) => {
      await hash(job.data.file);
      await uploadAll([job.data.file]);
    },
    { connection, concurrency: 1 },
  ),
];

for (const worker of workers) {
  worker.on('error', (error) => console.error(worker.name, error.message));
  worker.on('failed', (job, error) => console.error(worker.name, job?.id, error));
}

async function stop(): Promise<void> {
  await Promise.all(workers.map((worker) => worker.close()));
  await closeQueues();
  await Promise.allSettled([closeBrowser(), threads.close(), pool.end()]);
  // The workers and queues share it and leave it open.
  await connection.quit();
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
