import { once } from 'node:events';
import { start, stop } from './jobs.js';
import { consumer, stopConsumer } from './queue.js';

async function main(): Promise<void> {
  await start();
  consumer.start();
  try {
    await once(process, 'SIGTERM');
  } finally {
    await stopConsumer();
    await stop();
  }
}

void main();
