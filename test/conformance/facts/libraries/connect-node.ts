import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { DescMethodUnary } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import { expect } from 'vitest';
import { connectNode } from '../../../../src/catalog/libraries/connect-node.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { openMute, until, type State } from '../support/site.js';

/** Options as a program may give them, whatever the types say. */
type Given = Readonly<Record<string, unknown>>;

/** Makes a transport, and closes its session at the end if it can. */
interface Maker {
  readonly make: (baseUrl: string, options: Given) => Promise<{ readonly transport: Transport; readonly end: () => void }>;
}

type Factory = 'createConnectTransport' | 'createGrpcTransport' | 'createGrpcWebTransport';

const byTransport = (factory: Factory = 'createGrpcTransport'): Maker => ({
  make: async (baseUrl, options) => {
    const made = await import('@connectrpc/connect-node');
    return { transport: made[factory]({ baseUrl, httpVersion: '2', ...options }), end: () => undefined };
  },
});

const byManager: Maker = {
  make: async (baseUrl, options) => {
    const { createGrpcTransport, Http2SessionManager } = await import('@connectrpc/connect-node');
    const sessionManager = new Http2SessionManager(baseUrl, options);
    return { transport: createGrpcTransport({ baseUrl, sessionManager }), end: () => sessionManager.abort() };
  },
};

/** What calls a method that takes nothing and gives nothing. */
async function load(): Promise<(transport: Transport) => Promise<unknown>> {
  const { create, createFileRegistry } = await import('@bufbuild/protobuf');
  const { EmptySchema, FileDescriptorSetSchema, file_google_protobuf_empty } = await import('@bufbuild/protobuf/wkt');
  const empty = '.google.protobuf.Empty';
  const file = {
    name: 'test.proto',
    package: 'test',
    syntax: 'proto3',
    dependency: ['google/protobuf/empty.proto'],
    service: [{ name: 'Service', method: [{ name: 'Method', inputType: empty, outputType: empty }] }],
  };
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file: [file_google_protobuf_empty.proto, file] }));
  const method = registry.getService('test.Service')?.method['method'];
  if (method?.methodKind !== 'unary') throw new Error('There is no such method');
  return (transport) => transport.unary(method as DescMethodUnary, undefined, undefined, undefined, create(EmptySchema));
}

/** How a call to a server that never says a word fares at some milliseconds from its start. */
async function silence({ make }: Maker, options: Given, times: readonly number[]): Promise<readonly State[]> {
  const call = await load();
  const mute = await openMute();
  const { end, transport } = await make(`http://127.0.0.1:${String(mute.port)}`, options);
  try {
    return await withHandClock(async ({ states }) => {
      const called = call(transport);
      await until('a connection', () => mute.opened() > 0);
      return states(called, times);
    });
  } finally {
    end();
    await mute.stop();
  }
}

/** How many connections are open at some milliseconds after a call. */
async function open({ make }: Maker, options: Given, times: readonly number[]): Promise<readonly number[]> {
  const call = await load();
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(404).end();
  });
  const sessions = new Set<{ readonly destroy: () => void }>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { end, transport } = await make(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, options);
  try {
    return await withHandClock(async ({ forward, look }) => {
      const failed = call(transport).then(undefined, () => undefined);
      await forward(0);
      await failed;
      return look(times, () => sessions.size);
    });
  } finally {
    end();
    for (const session of sessions) session.destroy();
    server.close();
  }
}

const pings = (maker: Maker, number: '' | '#2') => {
  const of = number === '' ? 'transport' : 'session manager';
  const occurrence = number === '' ? 1 : 2;
  const facts = (option: string) => ['default', 'null'].map((aspect) => `${option}${number}: ${aspect}`);
  return [
    run(facts('idleConnectionTimeoutMs'), `a ${of} closes what nobody used for 15 minutes, also with null`, async () => {
      for (const options of [{}, { idleConnectionTimeoutMs: null }]) {
        expect(await open(maker, options, [899_000, 901_000])).toEqual([1, 0]);
      }
      expect(await open(maker, { idleConnectionTimeoutMs: 5_000 }, [4_000, 6_000])).toEqual([1, 0]);
      expect(catalogSays(connectNode, 'idleConnectionTimeoutMs', occurrence)).toEqual({
        default: 900_000,
        null: 'default',
        unit: 'ms',
      });
    }),
    run(facts('pingIntervalMs'), `a ${of} sends no pings, also with null`, async () => {
      for (const options of [{}, { pingIntervalMs: null }]) {
        expect(await silence(maker, options, [HOUR])).toEqual(['pending']);
      }
      expect(await silence(maker, { pingIntervalMs: 1_000 }, [16_500])).toEqual(['rejected']);
      expect(catalogSays(connectNode, 'pingIntervalMs', occurrence)).toEqual({
        default: 'none',
        null: 'default',
        unit: 'ms',
      });
    }),
    run(facts('pingTimeoutMs'), `a ${of} waits 15 s for the answer to a ping, also with null`, async () => {
      for (const options of [{}, { pingTimeoutMs: null }]) {
        const states = await silence(maker, { pingIntervalMs: 1_000, ...options }, [15_500, 16_500]);
        expect(states).toEqual(['pending', 'rejected']);
      }
      expect(catalogSays(connectNode, 'pingTimeoutMs', occurrence)).toEqual({
        default: 15_000,
        null: 'default',
        unit: 'ms',
      });
    }),
  ];
};

export default {
  library: '@connectrpc/connect-node',
  packages: ['@connectrpc/connect-node'],
  checks: [
    run(['defaultTimeoutMs: default', 'wait for request'], 'waits without end for an answer', async () => {
      for (const factory of ['createGrpcTransport', 'createConnectTransport', 'createGrpcWebTransport'] as const) {
        expect(await silence(byTransport(factory), {}, [HOUR])).toEqual(['pending']);
        expect(await silence(byTransport(factory), { defaultTimeoutMs: 5_000 }, [4_000, 6_000])).toEqual([
          'pending',
          'rejected',
        ]);
      }
      expect(catalogSays(connectNode, 'defaultTimeoutMs')).toEqual({ default: 'none', unit: 'ms' });
      expect(connectNode.waits).toMatchObject([{ for: 'request', default: 'none', endedBy: ['defaultTimeoutMs'] }]);
    }),
    ...pings(byTransport(), ''),
    ...pings(byManager, '#2'),
  ],
} satisfies LibraryChecks;
