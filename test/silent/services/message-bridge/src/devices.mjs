import mqtt from 'mqtt';
import { publish } from './amqp.mjs';

const client = mqtt.connect(process.env.MQTT_URL, {
  clientId: 'bridge',
  connectTimeout: 10_000,
  keepalive: 30,
  reconnectPeriod: 2_000,
});

client.on('error', (error) => console.error('mqtt', error.message));
client.on('connect', () => client.subscribe('devices/+/readings', { qos: 1 }));
client.on('message', async (topic, payload) => {
  const [, device] = topic.split('/');
  try {
    await publish(`readings.${device}`, { device, ...JSON.parse(payload.toString()) });
  } catch (error) {
    console.error(topic, error);
  }
});

export const close = () => client.endAsync();
