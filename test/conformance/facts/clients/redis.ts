import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { nodeRedis } from '../../../../src/catalog/libraries/node-redis.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess, type Told } from '../support/made-client.js';
import { withRedisProxy } from '../support/redis-proxy.js';
import { withRedisSentinel } from '../support/redis-sentinel.js';
import { rejection } from '../support/outcome.js';
import { until, wait } from '../support/site.js';

/** What the checks use of whatever is made. */
interface Made {
  readonly connect: () => Promise<unknown>;
  readonly destroy: () => void;
  readonly on: (event: string, listener: (error: Error) => void) => unknown;
  readonly listenerCount: (event: string) => number;
  readonly get: (key: string) => Promise<unknown>;
  readonly blPop: (key: string, seconds: number) => Promise<unknown>;
}

const hidden = (made: unknown): Made => made as Made;
const serverAt = (port: number) => ({ socket: { host: '127.0.0.1', port }, url: `redis://127.0.0.1:${String(port)}` });

const makers: Readonly<Record<string, (port: number) => Promise<Made>>> = {
  createClient: async (port) => hidden((await import('redis')).createClient(serverAt(port))),
  createClientPool: async (port) => hidden((await import('redis')).createClientPool(serverAt(port))),
  createCluster: async (port) => hidden((await import('redis')).createCluster({ rootNodes: [serverAt(port)] })),
  'createClient().duplicate': async (port) => hidden((await import('redis')).createClient(serverAt(port)).duplicate()),
  'createClient().createPool': async (port) => hidden((await import('redis')).createClient(serverAt(port)).createPool()),
};

const POOL: Readonly<Record<string, Told>> = { close: 'by a promise', destroy: 'at once' };
const CLIENT: Readonly<Record<string, Told>> = { ...POOL, quit: 'by a promise', disconnect: 'by a promise' };

/** A client that is connected, and whose errors are heard. */
async function connected(made: Made): Promise<Made> {
  made.on('error', () => undefined);
  await made.connect();
  // A cluster connects to a node with the first command for it.
  await made.get('key');
  return made;
}

const checks = Object.entries(makers).flatMap(([api, make]): readonly Check[] => {
  const creator = creatorOf(nodeRedis, api);
  return [
    run(
      [`${api}: connects`],
      `${api} connects when it is told to`,
      () =>
        withRedisProxy(async ({ open, opened, port }) => {
          const client = await make(port);
          await wait(60);
          expect(opened()).toBe(0);
          await connected(client);
          expect(open()).toBeGreaterThan(0);
          await client.get('key');
          client.destroy();
          expect(creator.connects).toBe('on-connect');
        }),
      'redis',
    ),
    run(
      [`${api}: close`],
      `${api}: close() waits for answers, destroy() does not`,
      () =>
        withRedisProxy(({ open, port }) =>
          expectCloses(creator, /pool/iu.test(api) ? POOL : CLIENT, {
            make: async () => connected(await make(port)),
            open,
            // It is answered after that time, because nobody knows of the list.
            work: (client) => client.blPop(randomUUID(), 0.2),
          }),
        ),
      'redis',
    ),
    ...(creator.dispose
      ? [
          run([`${api}: dispose`], `${api}: has no symbol to dispose of it`, async () => {
            expectDispose(await make(1), creator, { sync: false, async: false });
          }),
        ]
      : []),
    ...(creator.errorEvent
      ? [
          run(
            [`${api}: error event`],
            `${api} emits an error when it loses its connection, and has no listener of its own`,
            () =>
              withRedisProxy(async ({ hangUp, port }) => {
                const client = await make(port);
                expect(client.listenerCount('error')).toBe(0);
                const errors: Error[] = [];
                client.on('error', (error) => errors.push(error));
                await client.connect();
                hangUp();
                await until('an error', () => errors.length > 0);
                expect(errors[0]?.message).toBe('Socket closed unexpectedly');
                client.destroy();
                expect(creator.errorEvent).toMatchObject({ event: 'error', crashesProcess: true });
              }),
            'redis',
          ),
        ]
      : []),
  ];
});

const sentinel = creatorOf(nodeRedis, 'createSentinel');

async function sentinelOf(port: number): Promise<Made> {
  const { createSentinel } = await import('redis');
  return hidden(createSentinel({ name: 'primary', sentinelRootNodes: [{ host: '127.0.0.1', port }] }));
}

export default {
  library: 'redis',
  packages: ['redis', '@redis/client'],
  checks: [
    ...checks,
    run(
      ['createSentinel: connects', 'createSentinel: close'],
      'createSentinel connects when it is told to; close() waits for answers, destroy() does not',
      () =>
        withRedisSentinel(async ({ open, port }) => {
          const client = await sentinelOf(port);
          await wait(60);
          expect(await open()).toBe(0);
          expect((await rejection(client.get('key'))).error).toBeInstanceOf(Error);
          await expectCloses(
            sentinel,
            { close: 'by a promise', destroy: 'by a promise' },
            {
              make: async () => connected(await sentinelOf(port)),
              open,
              work: (made) => made.blPop(randomUUID(), 0.2),
            },
          );
          expect(sentinel.connects).toBe('on-connect');
        }),
      'redis',
    ),
    run(
      ['holds process'],
      'holds the process once it was connected',
      () =>
        withRedisProxy(async ({ port }) => {
          const program = (use: string) => `
            import { createClient } from 'redis';
            const client = createClient({ url: 'redis://127.0.0.1:${String(port)}' });
            ${use}
          `;
          expect(await holdsProcess(program(''))).toBe(false);
          expect(await holdsProcess(program('await client.connect();'))).toBe(true);
          expect(nodeRedis.holdsProcess).toBe('once-used');
        }),
      'redis',
    ),
  ],
} satisfies LibraryChecks;
