import { once } from 'node:events';
import type { DescMethodUnary } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import type { Http2SessionManager } from '@connectrpc/connect-node';
import { expect } from 'vitest';
import { connectNode } from '../../../../src/catalog/libraries/connect-node.js';
import { run, type LibraryChecks } from '../check.js';
import { anyOf, creatorOf, lazyClientChecks, processCheck, withMade, type Any } from '../support/creators.js';
import { openRpc } from '../support/rpc-server.js';

const TWO = '{createConnectTransport,createGrpcWebTransport}';

const transportOf = (api: string, name: 'createConnectTransport' | 'createGrpcTransport' | 'createGrpcWebTransport'): Any =>
  anyOf<Transport>({
    library: connectNode,
    api,
    name,
    make: async (site) => {
      const made = await import('@connectrpc/connect-node');
      return made[name]({ baseUrl: new URL(site.url()).origin, httpVersion: '2' });
    },
    call: async (transport, _site, manner) => {
      const { create } = await import('@bufbuild/protobuf');
      const { EmptySchema } = await import('@bufbuild/protobuf/wkt');
      // All that a transport reads of a method.
      const method = {
        kind: 'rpc',
        methodKind: 'unary',
        name: manner,
        parent: { typeName: 'test.Service' },
        input: EmptySchema,
        output: EmptySchema,
      } as unknown as DescMethodUnary;
      return transport.unary(method, undefined, undefined, undefined, create(EmptySchema));
    },
    end: () => undefined,
    open: openRpc,
  });

const manager = anyOf<Http2SessionManager>({
  library: connectNode,
  api: 'Http2SessionManager',
  make: async (site) => {
    const made = await import('@connectrpc/connect-node');
    return new made.Http2SessionManager(new URL(site.url()).origin);
  },
  call: async (made, _site, manner) => {
    const headers = { 'content-type': 'application/grpc' };
    const stream = await made.request('POST', `/test.Service/${manner}`, headers, {});
    // It may be cut off after its end, when nobody waits for it any more.
    stream.on('error', () => undefined).end();
    await once(stream.resume(), 'end');
  },
  end: (made) => made.abort(),
  open: openRpc,
});

export default {
  library: '@connectrpc/connect-node',
  packages: ['@connectrpc/connect-node'],
  checks: [
    ...lazyClientChecks([transportOf('createGrpcTransport', 'createGrpcTransport')], []),
    ...lazyClientChecks([transportOf(TWO, 'createConnectTransport'), transportOf(TWO, 'createGrpcWebTransport')], []),
    ...lazyClientChecks([manager], [{ method: 'abort', async: false, mode: 'forced', later: 'works' }]).map((check) =>
      check.facts[0] === 'Http2SessionManager: connects'
        ? run(
            check.facts,
            `${check.title}; or with connect(), which gives back no client and may be called again`,
            async () => {
              await check.test?.();
              await withMade(manager, async (made, site) => {
                for (let calls = 0; calls < 2; calls++) expect(await (made as Http2SessionManager).connect()).toBe('idle');
                expect(site.opened()).toBe(1);
              });
              expect(creatorOf(connectNode, 'Http2SessionManager').connect).toEqual({
                method: 'connect',
                required: false,
                repeatable: true,
                returnsClient: false,
              });
            },
          )
        : check,
    ),
    processCheck(
      connectNode,
      'no',
      (_url, port) => `
        import { create } from '@bufbuild/protobuf';
        import { EmptySchema } from '@bufbuild/protobuf/wkt';
        import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
        const baseUrl = 'http://127.0.0.1:${String(port)}';
        const manager = new Http2SessionManager(baseUrl);
        await manager.connect();
        const transport = createGrpcTransport({ baseUrl });
        const method = {
          kind: 'rpc',
          methodKind: 'unary',
          name: 'answers',
          parent: { typeName: 'test.Service' },
          input: EmptySchema,
          output: EmptySchema,
        };
        await transport.unary(method, undefined, undefined, undefined, create(EmptySchema));`,
      openRpc,
    ),
  ],
} satisfies LibraryChecks;
