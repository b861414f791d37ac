import { once } from 'node:events';
import { createRequire } from 'node:module';
import net, { createServer, type AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ClientOptions } from 'cassandra-driver';
import { expect, vi } from 'vitest';
import { cassandraDriver } from '../../../../src/catalog/libraries/cassandra-driver.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { outcome } from '../support/outcome.js';
import { openMute, withSite } from '../support/site.js';
import { socketTimeouts } from '../support/socket-timeouts.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

async function clientOf(port: number, options: Given = {}): Promise<Client> {
  const { default: cassandra } = await import('cassandra-driver');
  const own: ClientOptions = {
    contactPoints: [`127.0.0.1:${String(port)}`],
    localDataCenter: 'datacenter1',
    // The first connection is all that is looked at.
    policies: { reconnection: new cassandra.policies.reconnection.ConstantReconnectionPolicy(HOUR) },
  };
  return new cassandra.Client({ ...own, ...options });
}

/** A module of the driver that it keeps to itself. */
const internal = (file: string): unknown => createRequire(import.meta.url)(`cassandra-driver/lib/${file}`);

/** The options as the client has completed them. */
const optionsOf = (client: Client): ClientOptions => (client as unknown as { readonly options: ClientOptions }).options;

/** Something with a client that connects to a server which says nothing. */
async function withSilence(options: Given, use: (connected: Promise<unknown>) => Promise<void>): Promise<void> {
  await withSite(async ({ port }) => {
    const client = await clientOf(port, options);
    const connected = client.connect();
    connected.catch(() => undefined);
    await use(connected);
    await outcome(client.shutdown(), 10);
  }, openMute);
}

/** How a client stands some time after it began to connect, when what is sent is lost on the way. */
async function lost(connectTimeout: number): Promise<string> {
  const connect = vi.spyOn(net.Socket.prototype, 'connect').mockReturnThis();
  try {
    const client = await clientOf(1, { socketOptions: { connectTimeout } });
    return await outcome(client.connect(), 200);
  } finally {
    connect.mockRestore();
  }
}

/** What the checks use of a connection, which a client makes for itself. */
interface Connection {
  readonly open: (done: (error: Error | null | undefined) => void) => void;
  readonly close: (done: () => void) => void;
}

const HEADER = 9;
const [STARTUP, READY, OPTIONS, SUPPORTED] = [1, 2, 5, 6];
const V4 = 4;

/** How many requests keep a connection alive in a minute in which it is not used. */
async function heartbeats(pooling: Given): Promise<number> {
  let count = 0;
  // A server that says that it is ready, and that it supports nothing in particular.
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (frame) => {
      const kind = frame[4];
      if (kind === OPTIONS) count++;
      const body = Buffer.alloc(kind === STARTUP ? 0 : 2);
      const header = Buffer.alloc(HEADER);
      header[0] = 0x80 + V4;
      frame.copy(header, 2, 2, 4);
      header[4] = kind === STARTUP ? READY : SUPPORTED;
      header.writeInt32BE(body.length, 5);
      socket.write(Buffer.concat([header, body]));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const options = optionsOf(await clientOf(port, { pooling }));
    const Connection = internal('connection.js') as new (
      endpoint: string,
      version: number,
      options: ClientOptions,
    ) => Connection;
    await withHandClock(async ({ forward }) => {
      const connection = new Connection(`127.0.0.1:${String(port)}`, V4, options);
      await new Promise<void>((resolve, reject) => connection.open((error) => (error ? reject(error) : resolve())));
      for (let half = 0; half < 2; half++) await forward(30_100);
      connection.close(() => undefined);
    });
    return count;
  } finally {
    server.close();
  }
}

const number = 'socketOptions.readTimeout must be a Number';

export default {
  library: 'cassandra-driver',
  packages: ['cassandra-driver'],
  checks: [
    run(
      ['pooling.maxRequestsPerConnection: default'],
      'sends up to 2,048 requests at a time on a connection by default, and 128 with old versions of the protocol',
      async () => {
        const { setMetadataDependent } = internal('client-options.js') as {
          readonly setMetadataDependent: (client: object) => void;
        };
        const allowed = async (protocolVersion: number): Promise<unknown> => {
          const options = optionsOf(await clientOf(1));
          const client = { options, controlConnection: { protocolVersion }, metadata: { isDbaas: () => false } };
          setMetadataDependent(client);
          return client.options.pooling?.maxRequestsPerConnection;
        };
        expect(await allowed(4)).toBe(2_048);
        expect(await allowed(2)).toBe(128);
        expect(catalogSays(cassandraDriver, 'pooling.maxRequestsPerConnection').default).toBe(2_048);
      },
    ),
    run(
      ['socketOptions.readTimeout: default', 'wait for query'],
      'gives up a request that is not answered after 12 s by default',
      async () => {
        for (const [milliseconds, state] of [
          [11_000, 'pending'],
          [13_000, 'rejected'],
        ] as const) {
          await withHandClock(({ stateAfter }) =>
            withSilence({}, async (connected) => {
              expect(await stateAfter(connected, milliseconds)).toBe(state);
            }),
          );
        }
        expect(catalogSays(cassandraDriver, 'socketOptions.readTimeout')).toMatchObject({ default: 12_000, unit: 'ms' });
      },
    ),
    run(['socketOptions.readTimeout: zero'], 'waits for ever for an answer with readTimeout 0', async () => {
      const silence = async (readTimeout: number): Promise<string> => {
        let state = '';
        await withSilence({ socketOptions: { readTimeout } }, async (connected) => {
          state = await outcome(connected, 200);
        });
        return state;
      };
      expect(await silence(0)).toBe('pending');
      expect(await silence(50)).toBe('rejected');
      expect(catalogSays(cassandraDriver, 'socketOptions.readTimeout').zero).toBe('unlimited');
    }),
    run(
      ['socketOptions.readTimeout: null', 'socketOptions.readTimeout: text'],
      'throws for a readTimeout that is no number',
      async () => {
        for (const readTimeout of [null, '12000'])
          await expect(clientOf(1, { socketOptions: { readTimeout } })).rejects.toThrow(number);
        expect(catalogSays(cassandraDriver, 'socketOptions.readTimeout')).toMatchObject({ null: 'throws', text: 'throws' });
      },
    ),
    run(
      ['socketOptions.connectTimeout: default', 'wait for connect'],
      'gives up a connection after 5 s by default',
      async () => {
        const set = await socketTimeouts(() => withSilence({}, () => delay(30)));
        expect(set).toContain(5_000);
        expect(await lost(50)).toBe('rejected');
        expect(await lost(5_000)).toBe('pending');
        expect(catalogSays(cassandraDriver, 'socketOptions.connectTimeout')).toEqual({ default: 5_000, unit: 'ms' });
      },
    ),
    run(
      ['pooling.heartBeatInterval: default', 'pooling.heartBeatInterval: zero'],
      'sends a request on an idle connection each 30 s by default, and none with heartBeatInterval 0',
      async () => {
        expect(await heartbeats({})).toBe(2);
        expect(await heartbeats({ heartBeatInterval: 0 })).toBe(0);
        expect(catalogSays(cassandraDriver, 'pooling.heartBeatInterval')).toEqual({
          default: 30_000,
          unit: 'ms',
          zero: 'unlimited',
        });
      },
    ),
  ],
} satisfies LibraryChecks;
