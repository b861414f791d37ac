import { expect } from 'vitest';
import { memcached } from '../../../../src/catalog/libraries/memcached.js';
import { run, type LibraryChecks } from '../check.js';
import { withLineServer, type LineServer } from '../support/line-server.js';
import { creatorOf, expectCloses } from '../support/made-client.js';
import { wait } from '../support/site.js';

/** What is used of the library, which has no types. */
interface Client {
  readonly get: (key: string, done: (error: unknown) => void) => void;
  readonly end: () => void;
}

async function clientOf(port: number): Promise<Client> {
  // @ts-expect-error The package has no types.
  const { default: Memcached } = (await import('memcached')) as { readonly default: new (server: string) => Client };
  return new Memcached(`127.0.0.1:${String(port)}`);
}

const get = (client: Client, key: string): Promise<void> =>
  new Promise((resolve, reject) => {
    client.get(key, (error) => {
      if (error) reject(new Error('no answer', { cause: error }));
      else resolve();
    });
  });

/** Runs something with a server that knows no key, and says nothing about one of them. */
const withServer = (use: (server: LineServer) => Promise<void>): Promise<void> =>
  withLineServer({ answer: (line) => (line.includes('unanswered') ? undefined : 'END\r\n') }, use);

const creator = creatorOf(memcached, 'default');

export default {
  library: 'memcached',
  packages: ['memcached'],
  checks: [
    run(['default: connects'], 'connects with the first command', () =>
      withServer(async ({ open, opened, port }) => {
        const client = await clientOf(port);
        await wait(60);
        expect(opened()).toBe(0);
        await get(client, 'key');
        expect(open()).toBeGreaterThan(0);
        client.end();
        expect(creator.connects).toBe('lazy');
      }),
    ),
    run(['default: close'], 'end() ends connections, those that wait for an answer too', () =>
      withServer(async ({ open, port }) => {
        await expectCloses(
          creator,
          { end: 'at once' },
          {
            make: async () => {
              const client = await clientOf(port);
              await get(client, 'key');
              get(client, 'unanswered').then(undefined, () => undefined);
              return client;
            },
            open,
          },
        );
        expect(creator.close[0]?.mode).toBe('forced');
      }),
    ),
  ],
} satisfies LibraryChecks;
