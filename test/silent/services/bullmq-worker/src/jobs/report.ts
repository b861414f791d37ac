import type { Job } from 'bullmq';
import puppeteer, { type Browser } from 'puppeteer';
import { pool } from '../db.js';
import { queues } from '../queues/index.js';

let browser: Promise<Browser> | undefined;

// One browser for all jobs; each job has a context of its own.
const getBrowser = () =>
  (browser ??= puppeteer.launch({ headless: true, timeout: 20_000 }).then((launched) => {
    launched.once('disconnected', () => {
      browser = undefined;
    });
    return launched;
  }));

export async function report(job: Job<{ customer: number; month: string }>): Promise<{ pages: number }> {
  const client = await pool.connect();
  let rows: { text: string; amount: number }[];
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    ({ rows } = await client.query('SELECT text, amount FROM bookings WHERE customer = $1 AND month = $2', [
      job.data.customer,
      job.data.month,
    ]));
    await client.query('COMMIT');
    client.release();
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
  await job.updateProgress(30);

  const context = await (await getBrowser()).createBrowserContext();
  try {
    const page = await context.newPage();
    await page.setContent(rows.map(({ text, amount }) => `<p>${text}: ${amount}</p>`).join(''), {
      timeout: 10_000,
    });
    await page.pdf({ path: `/tmp/${job.id}.pdf`, timeout: 30_000 });
  } finally {
    await context.close();
  }
  await queues.uploads.add('upload', { file: `/tmp/${job.id}.pdf` });
  return { pages: Math.ceil(rows.length / 40) };
}

export async function closeBrowser(): Promise<void> {
  const launched = await browser;
  await launched?.close();
}
