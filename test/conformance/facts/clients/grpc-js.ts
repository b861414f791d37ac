import type { Channel, ChannelCredentials, Client, Metadata, ServiceDefinition } from '@grpc/grpc-js';
import { expect } from 'vitest';
import { grpcJs } from '../../../../src/catalog/libraries/grpc-js.js';
import { run, type Check, type LibraryChecks } from '../check.js';
import { anyOf, lazyClientChecks, processCheck, withMade, type Any, type Closing } from '../support/creators.js';
import { openRpc } from '../support/rpc-server.js';
import { errorOf, type Manner, type Site } from '../support/site.js';

const load = () => import('@grpc/grpc-js');

type Method = (request: Buffer, done: (error: Error | null) => void) => void;
type Generated = new (address: string, credentials: ChannelCredentials) => Client;

const bytes = (value: Buffer): Buffer => value;
const method = (manner: Manner) => ({
  path: `/test.Service/${manner}`,
  requestStream: false,
  responseStream: false,
  requestSerialize: bytes,
  requestDeserialize: bytes,
  responseSerialize: bytes,
  responseDeserialize: bytes,
});
const SERVICE: ServiceDefinition = {
  answers: method('answers'),
  dawdles: method('dawdles'),
  silent: method('silent'),
};

const addressOf = ({ port }: Site): string => `127.0.0.1:${String(port)}`;

function clientOf(api: string, name: string, classOf: () => Promise<Generated>): Any {
  return anyOf<Client>({
    library: grpcJs,
    api,
    name,
    make: async (site) => {
      const { credentials } = await load();
      return new (await classOf())(addressOf(site), credentials.createInsecure());
    },
    call: (client, _site, manner) =>
      new Promise<void>((resolve, reject) => {
        const done = (error: Error | null): void => (error ? reject(error) : resolve());
        const methods = client as unknown as Readonly<Partial<Record<Manner, Method>>>;
        if (methods[manner]) methods[manner](Buffer.alloc(0), done);
        else client.makeUnaryRequest(method(manner).path, bytes, bytes, Buffer.alloc(0), done);
      }),
    end: (client) => client.close(),
    open: openRpc,
  });
}

/** Made with the channel, so that a call begins at once. */
let metadata: Metadata | undefined;

const channel: Any = anyOf<Channel>({
  library: grpcJs,
  api: 'Channel',
  make: async (site) => {
    const { Channel: Made, credentials, Metadata: Data } = await load();
    metadata = new Data();
    return new Made(addressOf(site), credentials.createInsecure(), {});
  },
  call: (made, _site, manner) =>
    new Promise<void>((resolve, reject) => {
      const call = made.createCall(method(manner).path, Infinity, null, null, null);
      call.start(metadata?.clone() as Metadata, {
        onReceiveMetadata: () => undefined,
        onReceiveMessage: () => undefined,
        onReceiveStatus: ({ code, details }) => {
          if (code === 0) resolve();
          else reject(Object.assign(new Error(details), { code }));
        },
      });
      call.startRead();
      call.sendMessageWithContext({}, Buffer.alloc(0));
      call.halfClose();
    }),
  end: (made) => made.close(),
  open: openRpc,
});

const CLOSE: Closing = { method: 'close', async: false, mode: 'graceful', later: 'rejected' };

function checksOf(makers: readonly [Any, ...Any[]]): readonly Check[] {
  return lazyClientChecks(makers, [CLOSE]).map((check) =>
    check.facts[0]?.endsWith(': close')
      ? run(check.facts, `${check.title}; a call that waits for the connection is not available`, async () => {
          await check.test?.();
          for (const made of makers) {
            await withMade(made, async (client, site) => {
              const called = made.call(client, site, 'answers');
              made.end(client);
              expect(await errorOf(called)).toMatchObject({ code: 14 });
              expect((await errorOf(made.call(client, site, 'answers'))).message).toContain('Channel has been shut down');
            });
          }
        })
      : check,
  );
}

export default {
  library: '@grpc/grpc-js',
  packages: ['@grpc/grpc-js'],
  checks: [
    ...checksOf([clientOf('Client', 'Client', async () => (await load()).Client)]),
    ...checksOf([channel]),
    ...checksOf([
      clientOf('loadPackageDefinition().{*,*.*,*.*.*,*.*.*.*,*.*.*.*.*}', 'a class of a package', async () => {
        const { loadPackageDefinition } = await load();
        const loaded = loadPackageDefinition({ 'test.Service': SERVICE }) as unknown as {
          readonly test: { readonly Service: Generated };
        };
        return loaded.test.Service;
      }),
    ]),
    ...checksOf([
      clientOf('{makeClientConstructor,makeGenericClientConstructor}()', 'makeClientConstructor', async () =>
        (await load()).makeClientConstructor(SERVICE, 'Service'),
      ),
      clientOf('{makeClientConstructor,makeGenericClientConstructor}()', 'makeGenericClientConstructor', async () =>
        (await load()).makeGenericClientConstructor(SERVICE, 'Service'),
      ),
    ]),
    processCheck(
      grpcJs,
      'no',
      (_url, port) => `
        import { Client, credentials } from '@grpc/grpc-js';
        const client = new Client('127.0.0.1:${String(port)}', credentials.createInsecure());
        const bytes = (value) => value;
        await new Promise((resolve, reject) => {
          const done = (error) => (error ? reject(error) : resolve());
          client.makeUnaryRequest('/test.Service/answers', bytes, bytes, Buffer.alloc(0), done);
        });`,
      openRpc,
    ),
  ],
} satisfies LibraryChecks;
