import type { IClientOptions, MqttClient } from 'mqtt';
import { expect } from 'vitest';
import { mqtt } from '../../../../src/catalog/libraries/mqtt.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { until } from '../support/site.js';
import { withSocketServer } from '../support/socket-server.js';

/** Runs something with a client that is closed behind it. */
async function withClient<T>(port: number, options: IClientOptions, use: (client: MqttClient) => Promise<T>): Promise<T> {
  const { connect } = await import('mqtt');
  const client = connect(`mqtt://127.0.0.1:${String(port)}`, options);
  client.on('error', () => undefined);
  try {
    return await use(client);
  } finally {
    client.end(true);
  }
}

const WELCOME = Buffer.from([0x20, 2, 0, 0]);
const PING = 0xc0;

/** How many pings a broker has got at some milliseconds from the connection. It answers each. */
function pings(options: IClientOptions, times: readonly number[]): Promise<readonly number[]> {
  let count = 0;
  return withSocketServer(
    (socket) => {
      socket.on('data', ([kind]) => {
        if (kind === PING) count++;
        socket.write(kind === PING ? Buffer.from([0xd0, 0]) : WELCOME);
      });
    },
    ({ port }) =>
      withHandClock(({ look }) =>
        withClient(port, options, async (client) => {
          await until('a connection', () => client.connected);
          return look(times, () => count);
        }),
      ),
  );
}

/** How many connections there were at some milliseconds from the end of the first. */
function connections(options: IClientOptions, times: readonly number[]): Promise<readonly number[]> {
  return withSocketServer(
    (socket) => socket.destroy(),
    ({ opened, port }) =>
      withHandClock(({ look }) =>
        withClient(port, options, async (client) => {
          let isClosed = 0;
          client.on('close', () => isClosed++);
          await until('the end of a connection', () => isClosed > 0);
          return look(times, opened);
        }),
      ),
  );
}

export default {
  library: 'mqtt',
  packages: ['mqtt'],
  checks: [
    run(['connectTimeout: default', 'wait for connect'], 'gives up a connection after 30 s', async () => {
      const open = (options: IClientOptions, times: readonly number[]) =>
        withSocketServer(
          (socket) => socket.resume(),
          (server) =>
            withHandClock(({ look }) =>
              withClient(server.port, { reconnectPeriod: 0, ...options }, async () => {
                await until('a connection', () => server.open() > 0);
                return look(times, server.open);
              }),
            ),
        );
      expect(await open({}, [29_000, 31_000])).toEqual([1, 0]);
      expect(await open({ connectTimeout: 5_000 }, [4_000, 6_000])).toEqual([1, 0]);
      expect(catalogSays(mqtt, 'connectTimeout')).toEqual({ default: 30_000, unit: 'ms' });
      expect(mqtt.waits).toMatchObject([{ for: 'connect', default: 30_000, endedBy: ['connectTimeout'] }]);
    }),
    run(['keepalive: default', 'keepalive: zero'], 'sends a ping after 60 s of silence, and none with 0', async () => {
      expect(await pings({}, [59_000, 61_000])).toEqual([0, 1]);
      expect(await pings({ keepalive: 10 }, [9_000, 11_000])).toEqual([0, 1]);
      expect(await pings({ keepalive: 0 }, [HOUR])).toEqual([0]);
      expect(catalogSays(mqtt, 'keepalive')).toEqual({ default: 60, zero: 'unlimited', unit: 's' });
    }),
    run(['reconnectPeriod: default', 'reconnectPeriod: zero'], 'connects again after a second, and never with 0', async () => {
      expect(await connections({}, [900, 1_100])).toEqual([1, 2]);
      expect(await connections({ reconnectPeriod: 0 }, [HOUR])).toEqual([1]);
      expect(catalogSays(mqtt, 'reconnectPeriod')).toEqual({ default: 1_000, zero: 'none', unit: 'ms' });
    }),
  ],
} satisfies LibraryChecks;
