import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';

/** The agents of node:http and node:https. */
export const nodeHttp: LibraryDescriptor = {
  name: 'node:http',
  version: 'Node 20.20.2 (also 18.20.8, 22.23.3, 24.21.0)',
  modules: ['http', 'https'],
  creators: [
    {
      api: 'Agent',
      invoke: 'new',
      makes: 'agent',
      holds: 'sockets',
      connects: 'lazy',
      close: [
        {
          method: 'destroy',
          async: false,
          mode: 'forced',
          note: 'destroys sockets in use as well: a running request gets ECONNRESET',
        },
      ],
      dispose: { sync: false, async: false, note: 'neither on Node 18, 20, 22 and 24' },
      cost: 'keeps sockets of its own that no other request can reuse',
      note: 'With keepAlive: true its sockets stay open, even after the agent was garbage collected. Without it, it still defeats reuse: each request opens a connection.',
    },
  ],
  cheap: [
    {
      api: '{request,get}',
      why: 'uses the process-wide globalAgent unless an agent is passed; {agent: false} opens a connection per call',
    },
    { api: 'globalAgent', why: 'the process-wide agent; keeps connections alive since Node 19' },
  ],
  transfers: [
    { api: '{request,get}', argument: 0, property: 'agent', takesOver: false },
    { api: '{request,get}', argument: 1, property: 'agent', takesOver: false },
  ],
  responses: [
    {
      ...nodeStream('', {
        consumers: ['socket.destroy', 'connection.destroy'],
        inspects: [
          'statusCode',
          'statusMessage',
          'headers',
          'headersDistinct',
          'rawHeaders',
          'trailers',
          'httpVersion',
          'complete',
          'aborted',
          'on:aborted',
          'setTimeout',
        ],
      }),
      api: '{request,get}',
      delivery: [
        { by: 'callback', argument: -1, parameter: 0 },
        { by: 'event', event: 'response', parameter: 0 },
      ],
      unread: 'holds-socket',
      empty: 'holds-socket',
      collected: false,
      ends: { request: ['destroy', 'abort'] },
      signals: [
        { argument: 0, property: 'signal' },
        { argument: 1, property: 'signal' },
      ],
      discard: { template: '{body}.resume()', awaits: false, effect: 'reads' },
      note: 'responses without a body (204, 304, HEAD, redirects) hold their socket too; without any response listener Node reads the response itself',
    },
  ],
  keepAlive: [{ option: 'keepAlive', of: ['Agent'], default: false, note: 'globalAgent has it on since Node 19' }],
  holdsProcess: 'no',
  notes: [
    '{agent: false} as a request option makes a one-off agent per call: 100 calls, 100 sockets.',
    'An unread response keeps its socket and the process alive.',
    'A ClientRequest without an error listener ends the process when the connection is refused.',
    'Servers (createServer) are no clients and not described here.',
  ],
};
