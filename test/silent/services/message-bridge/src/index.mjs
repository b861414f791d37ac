import { once } from 'node:events';
import { connect, StringCodec } from 'nats';
import * as amqp from './amqp.mjs';
import * as devices from './devices.mjs';
import { Feed } from './feed.js';
import * as oracle from './oracle.mjs';

const codec = StringCodec();
const nats = await connect({ servers: process.env.NATS_URL, timeout: 5_000, maxReconnectAttempts: -1 });
const feed = new Feed(process.env.FEED_URL);

feed.on('reading', (reading) => nats.publish('readings', codec.encode(JSON.stringify(reading))));
await amqp.start(oracle.store);

const subscription = nats.subscribe('commands.>');
(async () => {
  for await (const message of subscription) {
    await amqp.publish(message.subject, JSON.parse(codec.decode(message.data)));
  }
})();

await Promise.race(['SIGTERM', 'SIGINT'].map((signal) => once(process, signal)));
feed.close();
await nats.drain();
await devices.close();
await amqp.stop();
await oracle.close();
