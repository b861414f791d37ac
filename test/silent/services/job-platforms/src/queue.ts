import { SQSClient } from '@aws-sdk/client-sqs';
import { createPool } from 'generic-pool';
import net from 'node:net';
import { Consumer } from 'sqs-consumer';

// The mainframe takes four callers, each on a connection that stays open.
const lines = createPool(
  {
    create: () =>
      new Promise<net.Socket>((resolve, reject) => {
        const socket = net.connect({ host: 'mainframe', port: 4_000, keepAlive: true, timeout: 10_000 });
        socket.once('connect', () => resolve(socket));
        socket.once('error', reject);
        socket.on('timeout', () => socket.destroy(new Error('the mainframe is silent')));
        socket.on('error', (error) => console.warn(error.message));
      }),
    destroy: async (socket) => void socket.destroy(),
    validate: async (socket) => !socket.destroyed,
  },
  {
    max: 4,
    min: 0,
    acquireTimeoutMillis: 5_000,
    testOnBorrow: true,
    evictionRunIntervalMillis: 30_000,
    idleTimeoutMillis: 60_000,
  },
);

const ask = (text: string): Promise<string> =>
  lines.use(
    (socket) =>
      new Promise<string>((resolve, reject) => {
        socket.once('data', (data) => resolve(String(data)));
        socket.once('error', reject);
        socket.write(`${text}\n`);
      }),
  );

const sqs = new SQSClient({
  region: 'eu-west-1',
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 25_000, throwOnRequestTimeout: true },
});

export const consumer = Consumer.create({
  queueUrl: process.env.QUEUE_URL!,
  sqs,
  waitTimeSeconds: 20,
  handleMessage: async (message) => {
    const answer = await ask(message.Body!);
    if (!answer.startsWith('OK')) throw new Error(answer);
    return message;
  },
});
consumer.on('error', (error) => console.error(error.message));

export async function stopConsumer(): Promise<void> {
  consumer.stop();
  await lines.drain();
  await lines.clear();
  sqs.destroy();
}
