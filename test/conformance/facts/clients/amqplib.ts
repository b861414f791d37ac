import type { EventEmitter } from 'node:events';
import { expect } from 'vitest';
import { amqplib } from '../../../../src/catalog/libraries/amqplib.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { withAmqpBroker } from '../support/amqp-broker.js';
import { creatorOf, expectCloses, expectDispose } from '../support/made-client.js';
import { until } from '../support/site.js';

/** What the checks use of a connection of both modules. */
interface Connection extends EventEmitter {
  readonly close: (done?: () => void) => unknown;
  readonly createChannel: (done?: () => void) => unknown;
}

const makers: readonly ((url: string) => Promise<Connection>)[] = [
  async (url) => (await (await import('amqplib')).connect(url)) as unknown as Connection,
  async (url) => {
    const { connect } = await import('amqplib/callback_api');
    return new Promise((resolve, reject) => {
      connect(url, (error: Error | null, connection: unknown) => {
        if (error) reject(error);
        else resolve(connection as Connection);
      });
    });
  },
];

const checks = makers.flatMap((make, index): readonly Check[] => {
  const api = index === 0 ? 'connect' : 'connect#2';
  const creator = creatorOf(amqplib, 'connect', index + 1);
  return [
    run([`${api}: connects`, `${api}: dispose`], 'connects itself, and makes nothing that can be disposed of', () =>
      withAmqpBroker(async ({ open, url }) => {
        const connection = await make(url);
        expect(open()).toBe(1);
        expectDispose(connection, creator, { sync: false, async: false });
        connection.close();
        await until('the end of the connection', () => open() === 0);
        expect(creator.connects).toBe('eager');
      }),
    ),
    run([`${api}: close`], 'close() ends the connection once the broker agrees', () =>
      withAmqpBroker(({ open, url }) =>
        expectCloses(creator, { close: index === 0 ? 'by a promise' : 'by a callback' }, { make: () => make(url), open }),
      ),
    ),
    run([`${api}: error event`], 'emits an error when it loses its connection, and has no listener of its own', () =>
      withAmqpBroker(async ({ hangUp, url }) => {
        const connection = await make(url);
        expect(connection.listenerCount('error')).toBe(0);
        const errors: Error[] = [];
        connection.on('error', (error: Error) => errors.push(error));
        hangUp();
        await until('an error', () => errors.length > 0);
        expect(errors[0]?.message).toContain('Unexpected close');
        expect(creator.errorEvent).toMatchObject({ event: 'error', crashesProcess: true });
      }),
    ),
  ];
});

export default { library: 'amqplib', packages: ['amqplib'], checks } satisfies LibraryChecks;
