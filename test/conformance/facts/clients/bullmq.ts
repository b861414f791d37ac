import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { expect, vi } from 'vitest';
import { bullmq } from '../../../../src/catalog/libraries/bullmq.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose } from '../support/made-client.js';
import { withRedisProxy, type RedisProxy } from '../support/redis-proxy.js';
import { until, wait } from '../support/site.js';

/** What the checks use of whatever is made. */
interface Made extends EventEmitter {
  readonly waitUntilReady: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
  readonly getBackend: () => unknown;
}

type Api = 'FlowProducer' | 'Queue' | 'QueueEvents' | 'Worker';

async function make(api: Api, port: number, name = randomUUID(), job: () => Promise<unknown> = () => wait(0)): Promise<Made> {
  const { FlowProducer, Queue, QueueEvents, Worker } = await import('bullmq');
  const options = { connection: { host: '127.0.0.1', port, retryStrategy: () => 20 } };
  switch (api) {
    case 'FlowProducer':
      return new FlowProducer(options);
    case 'Queue':
      return new Queue(name, options);
    case 'QueueEvents':
      return new QueueEvents(name, options);
    case 'Worker':
      return new Worker(name, job, options);
  }
}

/** Asserts that a worker which is closed lets its job end. */
async function closesAfterJob(port: number): Promise<void> {
  const { Queue } = await import('bullmq');
  const name = randomUUID();
  const seen: string[] = [];
  const worker = await make('Worker', port, name, async () => {
    seen.push('begun');
    await wait(150);
    seen.push('ended');
  });
  const queue = new Queue(name, { connection: { host: '127.0.0.1', port } });
  await queue.add('job', {});
  await until('the job', () => seen.length > 0);
  await worker.close();
  expect(seen).toEqual(['begun', 'ended']);
  await queue.close();
}

const checksOf = (api: Api): readonly Check[] => {
  const creator = creatorOf(bullmq, api);
  const withMade = (use: (made: Made, proxy: RedisProxy) => Promise<void>) => () =>
    withRedisProxy(async (proxy) => {
      const made = await make(api, proxy.port);
      try {
        await use(made, proxy);
      } finally {
        await made.close();
      }
    });
  return [
    run(
      [`${api}: connects`, `${api}: dispose`],
      `${api} connects at once, and has no symbol to dispose of it`,
      withMade(async (made, { open }) => {
        // Commands that are under way fail when it is closed.
        made.on('error', () => undefined);
        await until('a connection', () => open() > 0);
        expectDispose(made, creator, { sync: false, async: false });
        await made.waitUntilReady();
        expect(creator.connects).toBe('eager');
      }),
      'redis',
    ),
    run(
      [`${api}: close`],
      `${api}: close() and disconnect() end its connections`,
      () =>
        withRedisProxy(async ({ open, port }) => {
          await expectCloses(
            creator,
            { close: 'by a promise', disconnect: 'by a promise' },
            {
              make: async () => {
                const made = await make(api, port);
                made.on('error', () => undefined);
                await made.waitUntilReady();
                return made;
              },
              open,
            },
          );
          if (api === 'Worker') await closesAfterJob(port);
          expect(creator.close.map(({ mode }) => mode)).toEqual(['graceful', 'forced']);
        }),
      'redis',
    ),
    run(
      [`${api}: error event`],
      `${api} survives errors and the loss of its connections without a listener`,
      withMade(async (made, { hangUp, opened }) => {
        const log = vi.spyOn(console, 'error').mockReturnValue(undefined);
        try {
          await made.waitUntilReady();
          expect(made.listenerCount('error')).toBe(0);
          const before = opened();
          hangUp();
          await until('a new connection', () => opened() > before);
          // An error of the connection, as it comes up to what is made.
          (made.getBackend() as EventEmitter).emit('error', new Error('lost'));
          expect(log.mock.calls.flat().map(String).join(' ').includes('lost')).toBe(api !== 'FlowProducer');
          expect(creator.errorEvent).toMatchObject({ event: 'error', crashesProcess: false });
        } finally {
          // Commands that are under way then fail, which is written to the console as well.
          await made.close();
          log.mockRestore();
        }
      }),
      'redis',
    ),
  ];
};

export default {
  library: 'bullmq',
  packages: ['bullmq'],
  checks: (['Queue', 'FlowProducer', 'Worker', 'QueueEvents'] as const).flatMap(checksOf),
} satisfies LibraryChecks;
