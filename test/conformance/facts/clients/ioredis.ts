import { randomUUID } from 'node:crypto';
import type { Cluster, Redis } from 'ioredis';
import { expect, vi } from 'vitest';
import { ioredis } from '../../../../src/catalog/libraries/ioredis.js';
import { invoke, property } from '../../support/members.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose, holdsProcess, type Told } from '../support/made-client.js';
import { withRedisProxy } from '../support/redis-proxy.js';
import { until } from '../support/site.js';

type Made = Cluster | Redis;

/** A copy of a client, which is closed itself. */
function copyOf(client: Redis): Redis {
  const copy = client.duplicate();
  client.disconnect();
  return copy;
}

/** The default export, which the types take for the module. */
const defaultExport = async () => (await import('ioredis')).default as unknown as typeof Redis;

const CLUSTER = '{Cluster,Redis.Cluster}';

const makers: Readonly<Record<string, (port: number) => Promise<Made>>> = {
  default: async (port) => new (await defaultExport())(port, '127.0.0.1'),
  Redis: async (port) => new (await import('ioredis')).Redis(port, '127.0.0.1'),
  [CLUSTER]: async (port) => {
    const { Cluster, Redis } = await import('ioredis');
    expect(Redis.Cluster).toBe(Cluster);
    return new Cluster([{ host: '127.0.0.1', port }]);
  },
  'new default().duplicate': async (port) => copyOf(new (await defaultExport())(port, '127.0.0.1')),
  'new Redis().duplicate': async (port) => copyOf(new (await import('ioredis')).Redis(port, '127.0.0.1')),
};

const checks = Object.entries(makers).flatMap(([api, make]): readonly Check[] => {
  const creator = creatorOf(ioredis, api);
  const told: Readonly<Record<string, Told>> = {
    quit: 'by a promise',
    disconnect: 'at once',
    ...(api === CLUSTER ? {} : { end: 'at once' }),
  };
  return [
    run(
      [`${api}: connects`, `${api}: dispose`],
      `${api} connects at once, and has no symbol to dispose of it`,
      () =>
        withRedisProxy(async ({ open, port }) => {
          const client = await make(port);
          await until('a connection', () => open() > 0 && client.status === 'ready');
          expectDispose(client, creator, { sync: false, async: false });
          client.disconnect();
          expect(creator.connects).toBe('eager');
        }),
      'redis',
    ),
    run(
      [`${api}: close`],
      `${api}: quit() waits for answers, disconnect() does not`,
      () =>
        withRedisProxy(({ open, port }) =>
          expectCloses<Made>(creator, told, {
            make: async () => {
              const client = await make(port);
              await client.get('key');
              return client;
            },
            open,
            // It is answered after that time, because nobody knows of the list.
            work: (client) => client.blpop(randomUUID(), 0.2),
          }),
        ),
      'redis',
    ),
    run(
      [`${api}: error event`],
      `${api} survives the loss of its connections, and writes errors to the console, without a listener`,
      () =>
        withRedisProxy(async ({ hangUp, opened, port }) => {
          const client = await make(port);
          const log = vi.spyOn(console, 'error').mockReturnValue(undefined);
          try {
            await client.get('key');
            const before = opened();
            expect(client.listenerCount('error')).toBe(0);
            hangUp();
            await until('a new connection', () => opened() > before);
            await client.get('key');
            // What the library does with an error of its own; a cluster has it from the same class.
            const { Redis } = await import('ioredis');
            invoke(property(Redis.prototype, 'silentEmit'), 'call', client, 'error', new Error('lost'));
            expect(log.mock.calls.flat().join(' ')).toContain('Unhandled error event');
            expect(creator.errorEvent?.crashesProcess).toBe(false);
          } finally {
            log.mockRestore();
            client.disconnect();
          }
        }),
      'redis',
    ),
  ];
});

export default {
  library: 'ioredis',
  packages: ['ioredis'],
  checks: [
    ...checks,
    run(
      ['holds process'],
      'holds the process from the constructor on, unless it is told to be lazy',
      () =>
        withRedisProxy(async ({ port }) => {
          const program = (lazyConnect: boolean) => `
            import { Redis } from 'ioredis';
            new Redis({ host: '127.0.0.1', port: ${String(port)}, lazyConnect: ${String(lazyConnect)} });
          `;
          expect(await holdsProcess(program(false))).toBe(true);
          expect(await holdsProcess(program(true))).toBe(false);
          expect(ioredis.holdsProcess).toBe('always');
        }),
      'redis',
    ),
  ],
} satisfies LibraryChecks;
