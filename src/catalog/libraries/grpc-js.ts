import { nodeStream } from '../bodies.js';
import type { Creator, LibraryDescriptor } from '../descriptor.js';

const client = (more: Pick<Creator, 'api'> & Partial<Creator>): Creator => ({
  invoke: 'new',
  makes: 'multiplexed',
  holds: 'sockets',
  connects: 'lazy',
  throwsWithoutConfig: true,
  close: [
    {
      method: 'close',
      async: false,
      mode: 'graceful',
      note: 'a call already started goes on, one not yet started fails with UNAVAILABLE; later calls fail with "Channel has been shut down"',
    },
  ],
  dispose: { sync: false, async: false },
  cheapWhen: [{ test: 'made-by', argument: 1, api: 'credentials.createInsecure()' }],
  cost: 'opens an HTTP/2 connection with a TLS handshake of its own',
  ...more,
});

const CALLS = ['new Client().{makeUnaryRequest,makeClientStreamRequest,makeServerStreamRequest,makeBidiStreamRequest}'];

/** gRPC clients. Connections are shared by the whole process for equal addresses, credentials and options. */
export const grpcJs: LibraryDescriptor = {
  name: '@grpc/grpc-js',
  version: '1.14.7',
  modules: ['@grpc/grpc-js'],
  creators: [
    client({ api: 'Client' }),
    client({ api: 'Channel' }),
    client({
      api: 'loadPackageDefinition().{*,*.*,*.*.*,*.*.*.*,*.*.*.*.*}',
      note: 'a client class generated from a package definition, up to five names deep',
    }),
    client({ api: '{makeClientConstructor,makeGenericClientConstructor}()' }),
  ],
  cheap: [],
  responses: [
    {
      ...nodeStream('', { consumers: ['cancel'], inspects: ['getPeer', 'on:metadata', 'on:status'] }),
      api: 'new Client().{makeServerStreamRequest,makeBidiStreamRequest}',
      delivery: [{ by: 'return' }],
      unread: 'holds-stream',
      empty: 'frees-itself',
      ends: { client: ['close'] },
      discard: { template: '{body}.cancel()', awaits: false, effect: 'closes' },
      note: 'keeps the process alive while it is open; methods of generated clients do not show whether they stream',
    },
  ],
  timeouts: [
    {
      option: 'deadline',
      of: [],
      at: CALLS.map((api) => ({ api, argument: [2, 3, 4, 5], holds: 'call' })),
      covers: ['dns', 'acquire', 'connect', 'request'],
      unit: 'deadline',
      default: 'none',
      zero: { means: 'immediate', does: 'lets the call fail at once: it lies in 1970' },
      null: 'unlimited',
      undefined: 'unlimited',
      infinity: 'unlimited',
      note: 'an option of every call of a client; a point in time, so that 300 lies in the past too',
    },
  ],
  waits: [{ calls: CALLS, for: 'request', default: 'none', endedBy: ['deadline'] }],
  holdsProcess: 'no',
  notes: [
    'Clients share connections through a pool of the process, keyed by address, credentials and options. With insecure or the same TLS credentials object a client per request opens no connection while another one lives, but is 1.6 to 2.8 times slower; TLS credentials made per client defeat the sharing (264 sockets for 262 calls).',
    'close() after every call makes the next one connect again.',
    'Client classes generated into files of their own are not recognised by import.',
    'An open stream keeps the process alive; a stream without an error listener ends the process on an error.',
    'An idle channel closes after 30 minutes.',
  ],
};
