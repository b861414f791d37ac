import type { Socket } from 'node:net';
import { expect } from 'vitest';
import { freePort } from '../../../support/free-port.js';
import { mqtt } from '../../../../src/catalog/libraries/mqtt.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess } from '../support/made-client.js';
import { outcome } from '../support/outcome.js';
import { until } from '../support/site.js';
import { withSocketServer, type SocketServer } from '../support/socket-server.js';

const [CONNECT, PUBLISH, PUBACK] = [1, 3, 4];

/** Runs something with a broker that lets everyone in and takes every message after some time. */
function withBroker<T>(use: (broker: SocketServer & { readonly hangUp: () => void }) => Promise<T>): Promise<T> {
  const sockets = new Set<Socket>();
  return withSocketServer(
    (socket) => {
      sockets.add(socket);
      socket.on('data', (data) => {
        const kind = (data[0] ?? 0) >> 4;
        if (kind === CONNECT) socket.write(Buffer.from([0x20, 2, 0, 0]));
        // The number of the message stands behind the topic, which has a length in front.
        if (kind === PUBLISH) {
          const number = data.subarray(4 + data.readUInt16BE(2));
          setTimeout(() => socket.write(Buffer.from([PUBACK << 4, 2, number[0] ?? 0, number[1] ?? 0])), 100);
        }
      });
    },
    (server) =>
      use({
        ...server,
        hangUp: () => {
          for (const socket of sockets) socket.destroy();
        },
      }),
  );
}

const url = (port: number): string => `mqtt://127.0.0.1:${String(port)}`;

const checksOf = (api: 'connect' | 'connectAsync'): readonly Check[] => {
  const creator = creatorOf(mqtt, api);
  const make = async (port: number) => {
    const library = await import('mqtt');
    const client = await library[api](url(port), { reconnectPeriod: 30 });
    await until('a connection', () => client.connected);
    return client;
  };
  return [
    run([`${api}: connects`, `${api}: dispose`], `${api} connects itself, and makes nothing that can be disposed of`, () =>
      withBroker(async ({ open, port }) => {
        const client = await make(port);
        expect(open()).toBe(1);
        expectDispose(client, creator, { sync: false, async: false });
        await client.endAsync(true);
        expect(creator.connects).toBe('eager');
      }),
    ),
    run([`${api}: close`], `${api}: end() and endAsync() wait for messages under way, and not with true`, () =>
      withBroker(async ({ open, port }) => {
        await expectCloses(
          creator,
          { end: 'by a callback', endAsync: 'by a promise' },
          { make: () => make(port), open, work: (client) => client.publishAsync('topic', 'text', { qos: 1 }) },
        );
        const client = await make(port);
        const published = client.publishAsync('topic', 'text', { qos: 1 });
        published.catch(() => undefined);
        await client.endAsync(true);
        expect(await outcome(published, 0)).not.toBe('fulfilled');
      }),
    ),
    run([`${api}: error event`], `${api} survives the loss of its connection and a refused one without a listener`, () =>
      withBroker(async ({ hangUp, opened, port }) => {
        const client = await make(port);
        // The library itself listens, so that an error ends nothing.
        client.emit('error', new Error('lost'));
        hangUp();
        await until('a new connection', () => opened() > 1);
        await client.endAsync(true);
        const { connect } = await import('mqtt');
        const refused = connect(url(await freePort()), { reconnectPeriod: 20 });
        let tries = 0;
        refused.on('reconnect', () => tries++);
        await until('new tries', () => tries > 1);
        await refused.endAsync(true);
        expect(creator.errorEvent).toMatchObject({ event: 'error', crashesProcess: false });
      }),
    ),
  ];
};

export default {
  library: 'mqtt',
  packages: ['mqtt'],
  checks: [
    ...checksOf('connect'),
    ...checksOf('connectAsync'),
    run(['holds process'], 'holds the process', () =>
      withBroker(async ({ port }) => {
        const program = `
          import mqtt from 'mqtt';
          mqtt.connect(${JSON.stringify(url(port))});
        `;
        expect(await holdsProcess(program)).toBe(true);
        expect(mqtt.holdsProcess).toBe('always');
      }),
    ),
  ],
} satisfies LibraryChecks;
