import type { Creator, LibraryDescriptor, Timeout } from '../descriptor.js';

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

const TRANSPORTS = ['createGrpcTransport', '{createConnectTransport,createGrpcWebTransport}'];
const pings = (of: readonly string[], argument: number): readonly Timeout[] =>
  (
    [
      ['idleConnectionTimeoutMs', 'idle', 900_000],
      ['pingIntervalMs', 'keep-alive', 'none'],
      ['pingTimeoutMs', 'keep-alive', 15_000],
    ] as const
  ).map(([option, phase, time]) => ({
    option,
    of,
    argument,
    covers: [phase],
    unit: 'ms',
    default: time,
    null: 'default',
    evidence: 'source',
  }));

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
  timeouts: [
    {
      option: 'defaultTimeoutMs',
      of: TRANSPORTS,
      covers: ['connect', 'request'],
      unit: 'ms',
      default: 'none',
      evidence: 'docs',
      note: 'becomes the deadline of each call; a call takes timeoutMs and signal itself',
    },
    ...pings(TRANSPORTS, 0),
    ...pings(['Http2SessionManager'], 1),
  ],
  waits: [{ of: TRANSPORTS, for: 'request', default: 'none', endedBy: ['defaultTimeoutMs'], evidence: 'docs' }],
  holdsProcess: 'no',
  notes: ['createClient(service, transport) of @connectrpc/connect is cheap: share the transport.'],
};
