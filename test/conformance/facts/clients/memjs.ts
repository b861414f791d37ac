import { expect } from 'vitest';
import { memjs } from '../../../../src/catalog/libraries/memjs.js';
import { run, type LibraryChecks } from '../check.js';
import { creatorOf, expectCloses, expectDispose } from '../support/made-client.js';
import { wait } from '../support/site.js';
import { withSocketServer, type SocketServer } from '../support/socket-server.js';

/** What is used of the library, which has no types. */
interface Client {
  readonly get: (key: string) => Promise<unknown>;
  readonly quit: () => void;
  readonly close: () => void;
}

async function clientOf(port: number): Promise<Client> {
  // @ts-expect-error The package has no types.
  const { Client } = (await import('memjs')) as {
    readonly Client: { readonly create: (server: string, options: object) => Client };
  };
  return Client.create(`127.0.0.1:${String(port)}`, { logger: { log: () => undefined }, retries: 1 });
}

const HEADER = 24;
const [GET, NOT_FOUND, QUIT] = [0, 1, 7];

/** Runs something with a server that knows no key; `kinds` are the kinds of what it was asked. */
function withServer(use: (server: SocketServer, kinds: readonly number[]) => Promise<void>): Promise<void> {
  const kinds: number[] = [];
  return withSocketServer(
    (socket) => {
      socket.on('data', (data) => {
        kinds.push(data[1] ?? GET);
        const answer = Buffer.alloc(HEADER);
        answer[0] = 0x81;
        answer[1] = data[1] ?? GET;
        answer[7] = data[1] === GET ? NOT_FOUND : 0;
        // The number of the request.
        data.copy(answer, 12, 12, 16);
        setImmediate(() => socket.write(answer));
      });
    },
    (server) => use(server, kinds),
  );
}

const creator = creatorOf(memjs, 'Client.create');

export default {
  library: 'memjs',
  packages: ['memjs'],
  checks: [
    run(['Client.create: connects', 'Client.create: dispose'], 'connects with the first command', () =>
      withServer(async ({ open, opened, port }) => {
        const client = await clientOf(port);
        expectDispose(client, creator, { sync: false, async: false });
        await wait(60);
        expect(opened()).toBe(0);
        await client.get('key');
        expect(open()).toBe(1);
        client.close();
        expect(creator.connects).toBe('lazy');
      }),
    ),
    run(['Client.create: close'], 'quit() takes leave of the server and waits for answers, close() only hangs up', () =>
      withServer(async ({ open, port }, kinds) => {
        const make = async (): Promise<Client> => {
          const client = await clientOf(port);
          await client.get('key');
          return client;
        };
        await expectCloses(creator, { quit: 'at once', close: 'at once' }, { make, open });
        expect(kinds).toEqual([GET, QUIT, GET]);
        const client = await make();
        const answer = client.get('key');
        client.quit();
        await answer;
        expect(creator.close.map(({ mode }) => mode)).toEqual(['graceful', 'forced']);
      }),
    ),
  ],
} satisfies LibraryChecks;
