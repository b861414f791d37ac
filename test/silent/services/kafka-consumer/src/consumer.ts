import { Kafka, logLevel, type EachBatchPayload } from 'kafkajs';
import * as clickhouse from './clickhouse.js';
import * as search from './search.js';

const kafka = new Kafka({
  clientId: 'event-sink',
  brokers: process.env.KAFKA_BROKERS!.split(','),
  connectionTimeout: 3_000,
  requestTimeout: 25_000,
  retry: { retries: 8 },
  logLevel: logLevel.WARN,
});

let consumer = kafka.consumer({ groupId: 'event-sink', sessionTimeout: 30_000 });
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });

async function handle({
  batch,
  resolveOffset,
  heartbeat,
  isRunning,
  isStale,
}: EachBatchPayload): Promise<void> {
  for (let start = 0; start < batch.messages.length; start += 500) {
    if (!isRunning() || isStale()) break;
    const slice = batch.messages.slice(start, start + 500);
    const events = slice.map(({ value }) => JSON.parse(String(value)) as { id: string });
    try {
      await clickhouse.insert('events', events);
      await search.index(events);
    } catch (error) {
      await producer.send({
        topic: 'events.dead',
        messages: slice.map(({ key, value }) => ({ key, value, headers: { error: String(error) } })),
      });
    }
    resolveOffset(slice[slice.length - 1].offset);
    await heartbeat();
  }
}

async function run(): Promise<void> {
  // The library gives up after some errors; then another one takes over.
  consumer.on(consumer.events.CRASH, async ({ payload }) => {
    if (payload.restart) return;
    await consumer.disconnect();
    consumer = kafka.consumer({ groupId: 'event-sink', sessionTimeout: 30_000 });
    await run();
  });
  await consumer.connect();
  await consumer.subscribe({ topic: 'events' });
  await consumer.run({ eachBatchAutoResolve: false, eachBatch: handle });
}

export async function start(): Promise<void> {
  await producer.connect();
  await run();
}

export async function stop(): Promise<void> {
  await consumer.disconnect();
  await producer.disconnect();
  await Promise.all([clickhouse.close(), search.close()]);
}
