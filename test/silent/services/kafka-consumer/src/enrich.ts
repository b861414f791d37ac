import http from 'node:http';
import { Kafka } from 'kafkajs';

const agent = new http.Agent({ keepAlive: true, maxSockets: 8, timeout: 30_000 });
const kafka = new Kafka({ clientId: 'enrich', brokers: process.env.KAFKA_BROKERS!.split(',') });

/** The country of an address, from the service beside us. */
function countryOf(ip: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.get(
      { host: 'geoip', path: `/${ip}`, agent, timeout: 1_000, signal: AbortSignal.timeout(2_000) },
      (response) => {
        if (response.statusCode !== 200) {
          response.resume();
          resolve('unknown');
          return;
        }
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve(text.trim()));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(new Error('geoip is slow')));
    request.on('error', reject);
  });
}

export async function run(): Promise<() => Promise<void>> {
  const consumer = kafka.consumer({ groupId: 'enrich' });
  const producer = kafka.producer();
  await consumer.connect();
  await producer.connect();
  await consumer.subscribe({ topics: ['clicks'] });
  await consumer.run({
    partitionsConsumedConcurrently: 4,
    eachMessage: async ({ message }) => {
      const click = JSON.parse(String(message.value));
      await producer.send({
        topic: 'clicks.enriched',
        messages: [{ value: JSON.stringify({ ...click, country: await countryOf(click.ip) }) }],
      });
    },
  });
  return async () => {
    await consumer.disconnect();
    await producer.disconnect();
    agent.destroy();
  };
}
