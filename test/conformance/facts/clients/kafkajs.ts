import { expect } from 'vitest';
import { kafkajs } from '../../../../src/catalog/libraries/kafkajs.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose } from '../support/made-client.js';
import { wait } from '../support/site.js';
import { withSocketServer, type SocketServer } from '../support/socket-server.js';

const [METADATA, API_VERSIONS] = [3, 18];

function int16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [index, value] of values.entries()) bytes.writeInt16BE(value, 2 * index);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Runs something with a broker that knows of itself, and of no topics. */
function withBroker<T>(use: (broker: SocketServer) => Promise<T>): Promise<T> {
  return withSocketServer((socket) => {
    let data = Buffer.alloc(0);
    socket.on('data', (more) => {
      data = Buffer.concat([data, more]);
      while (data.length >= 4 && data.length >= 4 + data.readInt32BE()) {
        const request = data.subarray(4, 4 + data.readInt32BE());
        data = data.subarray(4 + request.length);
        const host = Buffer.from('127.0.0.1');
        const self = [int32(1), int32(1), int16(host.length), host, int32(socket.localPort ?? 0), int32(0)];
        const isMetadata = request.readInt16BE() === METADATA;
        // All that it offers is the oldest version of both.
        const body = isMetadata ? self : [int16(0), int32(2), int16(METADATA, 0, 0, API_VERSIONS, 0, 0)];
        const response = Buffer.concat([request.subarray(4, 8), ...body]);
        socket.write(Buffer.concat([int32(response.length), response]));
      }
    });
  }, use);
}

type Kind = 'admin' | 'consumer' | 'producer';

async function make(kind: Kind, port: number) {
  const { Kafka, logLevel } = await import('kafkajs');
  const kafka = new Kafka({ brokers: [`127.0.0.1:${String(port)}`], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  switch (kind) {
    case 'admin':
      return kafka.admin();
    case 'consumer':
      return kafka.consumer({ groupId: 'group' });
    case 'producer':
      return kafka.producer();
  }
}

const checksOf = (api: string, kinds: readonly Kind[]): readonly Check[] => {
  const creator = creatorOf(kafkajs, api);
  return [
    run(
      [`${api}: connects`, `${api}: dispose`],
      `${kinds.join(' and ')}: connects when told to, no symbols to dispose of it`,
      () =>
        withBroker(async ({ open, opened, port }) => {
          for (const kind of kinds) {
            const before = opened();
            const client = await make(kind, port);
            expectDispose(client, creator, { sync: false, async: false });
            await wait(50);
            expect(opened()).toBe(before);
            await client.connect();
            expect(open()).toBeGreaterThan(0);
            await client.disconnect();
          }
          expect(creator.connects).toBe('on-connect');
        }),
    ),
    run([`${api}: close`], `${kinds.join(' and ')}: disconnect() ends the connections`, () =>
      withBroker(async ({ open, port }) => {
        for (const kind of kinds) {
          await expectCloses(
            creator,
            { disconnect: 'by a promise' },
            {
              make: async () => {
                const client = await make(kind, port);
                await client.connect();
                return client;
              },
              open,
            },
          );
        }
      }),
    ),
  ];
};

export default {
  library: 'kafkajs',
  packages: ['kafkajs'],
  checks: [
    ...checksOf('new Kafka().{producer,admin}', ['producer', 'admin']),
    ...checksOf('new Kafka().consumer', ['consumer']),
  ],
} satisfies LibraryChecks;
