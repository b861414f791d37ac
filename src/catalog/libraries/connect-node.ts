import type { Creator, LibraryDescriptor } from '../descriptor.js';

const transport = (more: Pick<Creator, 'api'> & Partial<Creator>): Creator => ({
  invoke: 'call',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'lazy',
  throwsWithoutConfig: true,
  close: [],
  dispose: { sync: false, async: false },
  cheapWhen: [{ test: 'has-property', argument: 0, property: 'sessionManager' }],
  cost: 'opens an HTTP/2 session of its own',
  note: 'has no close: the session ends after 15 idle minutes, or by abort() of a sessionManager that was passed',
  ...more,
});

/** Connect transports for Node. */
export const connectNode: LibraryDescriptor = {
  name: '@connectrpc/connect-node',
  version: '2.1.2',
  modules: ['@connectrpc/connect-node'],
  creators: [
    transport({ api: 'createGrpcTransport' }),
    transport({
      api: '{createConnectTransport,createGrpcWebTransport}',
      ownsWhen: [{ test: 'property-is', argument: 0, property: 'httpVersion', values: ['2'] }],
    }),
    {
      api: 'Http2SessionManager',
      invoke: 'new',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'lazy',
      connect: { method: 'connect', required: false, repeatable: true, returnsClient: false },
      throwsWithoutConfig: true,
      close: [{ method: 'abort', async: false, mode: 'forced' }],
      dispose: { sync: false, async: false },
      cost: 'opens an HTTP/2 session of its own',
    },
  ],
  cheap: [
    {
      api: '{createConnectTransport,createGrpcWebTransport}',
      why: "with httpVersion '1.1' it uses node:http requests and no session; with '2' it owns a session",
    },
  ],
  transfers: [
    {
      api: '{createGrpcTransport,createConnectTransport,createGrpcWebTransport}',
      argument: 0,
      property: 'sessionManager',
      takesOver: false,
      note: 'the transport has no close',
    },
  ],
  holdsProcess: 'no',
  notes: ['createClient(service, transport) of @connectrpc/connect is cheap: share the transport.'],
};
