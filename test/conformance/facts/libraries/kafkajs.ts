import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import type { Kafka } from 'kafkajs';
import { expect } from 'vitest';
import { kafkajs } from '../../../../src/catalog/libraries/kafkajs.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { openMute, until } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** Runs something with the entrance to a broker that accepts connections and never says a word. */
async function withBroker<T>(options: Given, use: (kafka: Kafka, connections: () => number) => Promise<T>): Promise<T> {
  const { Kafka, logLevel } = await import('kafkajs');
  const mute = await openMute();
  const brokers = [`127.0.0.1:${String(mute.port)}`];
  try {
    return await use(new Kafka({ brokers, logLevel: logLevel.NOTHING, retry: { retries: 0 }, ...options }), () =>
      mute.opened(),
    );
  } finally {
    await mute.stop();
  }
}

/** A queue of requests of one connection, which the library keeps to itself. */
interface Queue {
  readonly pending: readonly unknown[];
  readonly push: (request: object) => void;
}

/** How many of a hundred requests are sent at the same time over the connection of a client, next to the one that opens it. */
async function inFlight(options: Given): Promise<number> {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/network/requestQueue') as { readonly prototype: Queue };
  const queues = new Set<Queue>();
  const { push } = prototype;
  const remember = function (this: Queue, request: object): void {
    queues.add(this);
    push.call(this, request);
  };
  Object.assign(prototype, { push: remember });
  try {
    return await withBroker({}, async (kafka) => {
      const producer = kafka.producer(options);
      producer.connect().then(undefined, () => undefined);
      await until('a request', () => queues.size > 0);
      let sent = 0;
      const sendRequest = (): void => {
        sent++;
      };
      for (const queue of queues) {
        for (let count = 1; count <= 100; count++) {
          const entry = { correlationId: 1_000 + count, reject: () => undefined, resolve: () => undefined };
          queue.push({ entry, expectResponse: true, sendRequest });
        }
      }
      return sent;
    });
  } finally {
    Object.assign(prototype, { push });
  }
}

export default {
  library: 'kafkajs',
  packages: ['kafkajs'],
  checks: [
    run(
      ['maxInFlightRequests: default', 'maxInFlightRequests: null'],
      'sends any number of requests at the same time by default, and with null',
      async () => {
        expect(await inFlight({})).toBe(100);
        expect(await inFlight({ maxInFlightRequests: null })).toBe(100);
        expect(await inFlight({ maxInFlightRequests: 3 })).toBe(2);
        expect(catalogSays(kafkajs, 'maxInFlightRequests')).toEqual({ default: 'unlimited', null: 'unlimited' });
      },
    ),
    run(['connectionTimeout: default', 'wait for connect'], 'gives up a connection after a second', async () => {
      const socketFactory = () => new Socket();
      const statesOf = (options: Given, times: readonly number[]) =>
        withBroker({ socketFactory, ...options }, (kafka) =>
          withHandClock(async ({ states }) => {
            const connected = kafka.admin().connect();
            return states(connected, times);
          }),
        );
      expect(await statesOf({}, [900, 1_100])).toEqual(['pending', 'rejected']);
      expect(await statesOf({ connectionTimeout: 5_000 }, [4_900, 5_100])).toEqual(['pending', 'rejected']);
      expect(catalogSays(kafkajs, 'connectionTimeout')).toEqual({ default: 1_000, unit: 'ms' });
      expect(kafkajs.waits?.[0]).toMatchObject({ for: 'connect', default: 1_000, endedBy: ['connectionTimeout'] });
    }),
    run(['requestTimeout: default', 'wait for request'], 'gives up a request after 30 s', async () => {
      const timeoutsAt = (options: Given, times: readonly number[]) =>
        withBroker(options, (kafka, connections) =>
          withHandClock(async ({ look }) => {
            const admin = kafka.admin();
            let timeouts = 0;
            admin.on(admin.events.REQUEST_TIMEOUT, () => timeouts++);
            admin.connect().then(undefined, () => undefined);
            await until('a connection', () => connections() > 0);
            return look(times, () => timeouts);
          }),
        );
      expect(await timeoutsAt({}, [29_500, 30_500])).toEqual([0, 1]);
      expect(await timeoutsAt({ requestTimeout: 5_000 }, [4_500, 5_500])).toEqual([0, 1]);
      expect(catalogSays(kafkajs, 'requestTimeout')).toEqual({ default: 30_000, unit: 'ms' });
      expect(kafkajs.waits?.[1]).toMatchObject({ for: 'request', default: 30_000, endedBy: ['requestTimeout'] });
    }),
  ],
} satisfies LibraryChecks;
