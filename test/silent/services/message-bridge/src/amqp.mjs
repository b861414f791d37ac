import { setTimeout as sleep } from 'node:timers/promises';
import amqp from 'amqplib';

let connection;
let channel;
let stopping = false;

/** Connects, and again whenever the broker goes away. */
async function connect(onMessage) {
  for (let attempt = 0; !stopping; attempt++) {
    try {
      connection = await amqp.connect(`${process.env.AMQP_URL}?heartbeat=15`, { timeout: 5_000 });
      break;
    } catch (error) {
      console.warn(`broker: ${error.message}`);
      await sleep(Math.min(1_000 * 2 ** attempt, 30_000));
    }
  }
  if (stopping) return;
  connection.on('error', (error) => console.error('amqp', error.message));
  connection.once('close', () => {
    channel = undefined;
    if (!stopping) setTimeout(connect, 1_000, onMessage);
  });
  channel = await connection.createConfirmChannel();
  channel.on('error', (error) => console.error('channel', error.message));
  await channel.prefetch(20);
  await channel.assertQueue('readings', { durable: true });
  await channel.consume('readings', async (message) => {
    if (!message) return;
    try {
      await onMessage(JSON.parse(message.content.toString()));
      channel?.ack(message);
    } catch (error) {
      console.error(error);
      channel?.nack(message, false, !message.fields.redelivered);
    }
  });
}

export const start = connect;

export async function publish(routingKey, reading) {
  if (!channel) throw new Error('no broker');
  channel.publish('amq.topic', routingKey, Buffer.from(JSON.stringify(reading)), { persistent: true });
  await channel.waitForConfirms();
}

export async function stop() {
  stopping = true;
  await channel?.close();
  await connection?.close();
}
