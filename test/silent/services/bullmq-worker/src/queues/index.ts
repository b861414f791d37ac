import { FlowProducer, Queue, QueueEvents } from 'bullmq';
import { connection } from '../connection.js';

const names = ['reports', 'mails', 'uploads'] as const;
export type QueueName = (typeof names)[number];

export const queues = Object.fromEntries(
  names.map((name) => {
    const queue = new Queue(name, {
      connection,
      defaultJobOptions: {
        attempts: 5,
        backoff: { type: 'exponential', delay: 1_000 },
        removeOnComplete: 1_000,
      },
    });
    queue.on('error', (error) => console.error(name, error.message));
    return [name, queue];
  }),
) as Record<QueueName, Queue>;

export const flows = new FlowProducer({ connection });
flows.on('error', (error) => console.error('flows', error.message));

export const reportEvents = new QueueEvents('reports', { connection });
reportEvents.on('error', (error) => console.error('events', error.message));
reportEvents.on('failed', ({ jobId, failedReason }) => console.warn(`report ${jobId}: ${failedReason}`));

export async function closeQueues(): Promise<void> {
  await Promise.all([
    reportEvents.close(),
    flows.close(),
    ...Object.values(queues).map((queue) => queue.close()),
  ]);
}
