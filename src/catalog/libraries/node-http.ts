import { nodeStream } from '../bodies.js';
import type { Companion, LibraryDescriptor, Timeout, UnusualValues, ValueEffect } from '../descriptor.js';
import { agentLimits } from '../pools/node-agent.js';

const destroyingListener: Companion = {
  by: 'listener',
  event: 'timeout',
  ends: ['destroy', 'abort'],
  otherwise: 'only emits an event: the request goes on',
};
const outOfRange: ValueEffect = { means: 'throws', does: 'throws ERR_OUT_OF_RANGE' };
const refused: UnusualValues = { negative: outOfRange, nan: outOfRange, infinity: outOfRange };

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
  limits: agentLimits({ of: ['Agent'] }),
  timeouts: [
    {
      option: 'timeout',
      of: ['Agent'],
      covers: ['socket', 'idle'],
      misses: ['acquire'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      negative: { means: 'throws', does: 'throws with the first request' },
      needs: destroyingListener,
      note: 'closes an idle socket; on one in use it only emits the event. 5000 for globalAgent since Node 19',
    },
    {
      option: 'keepAliveMsecs',
      of: ['Agent'],
      covers: ['keep-alive'],
      unit: 'ms',
      default: 1_000,
      zero: 'default',
      null: 'default',
      nan: 'default',
      note: 'the time before the first TCP probe, not how long a socket is kept',
    },
    {
      option: 'timeout',
      of: [],
      at: [
        { api: '{request,get}', argument: [0, 1], holds: 'call' },
        { api: '{request,get}().setTimeout', argument: 0, property: '', holds: 'call' },
      ],
      covers: ['socket'],
      misses: ['acquire', 'request'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: { means: 'unlimited', does: 'switches it off, also that of the agent' },
      ...refused,
      null: { means: 'throws', does: 'throws ERR_INVALID_ARG_TYPE' },
      needs: destroyingListener,
    },
    {
      option: 'signal',
      of: [],
      at: [{ api: '{request,get}', argument: [0, 1], holds: 'call' }],
      covers: ['connect', 'request'],
      misses: ['acquire'],
      unit: 'signal',
      default: 'none',
      note: 'a request that waits for a free socket neither fails nor closes before it gets one',
    },
    ...(
      [
        ['keepAliveTimeout', 'idle', 5_000],
        ['headersTimeout', 'headers', 60_000],
        ['requestTimeout', 'request', 300_000],
      ] as const
    ).map(([option, phase, time]): Timeout => ({
      option,
      of: [],
      at: [{ api: 'createServer', argument: 0, holds: 'client' }],
      assigned: [`createServer().${option}`],
      covers: [phase],
      unit: 'ms',
      default: time,
      side: 'server',
      ...(option === 'keepAliveTimeout'
        ? { note: 'Node 22 and 24 wait a second longer than they tell the client (keepAliveTimeoutBuffer)' }
        : {}),
    })),
  ],
  waits: [
    {
      calls: ['{request,get}'],
      for: 'request',
      default: 'none',
      endedBy: ['timeout', 'signal'],
      unless: [0, 1].flatMap((argument) =>
        ['headers.Upgrade', 'headers.upgrade'].map((property) => ({ test: 'has-property' as const, argument, property })),
      ),
      note: 'neither the connection, the TLS handshake, the headers nor the body has a limit; the 5 s of globalAgent end nothing',
    },
  ],
  relations: [
    {
      of: ['Agent'],
      kind: 'at-most',
      left: 'maxSockets',
      right: 'maxTotalSockets',
      given: 'both',
      otherwise: 'no host ever gets that many: the total is reached before',
    },
    {
      of: ['Agent'],
      kind: 'at-most',
      left: 'maxFreeSockets',
      right: 'maxSockets',
      given: 'both',
      otherwise: 'there are never that many sockets to keep',
    },
  ],
  recycling: [
    {
      of: ['Agent'],
      idle: 'none',
      lifetime: 'none',
      validates: 'socket',
      boundedBy: ['timeout'],
      note: 'with keepAlive: true an idle socket is never closed by the client, whatever keep-alive the server announces',
    },
  ],
  connectionPerRequest: [
    {
      of: ['Agent'],
      when: [{ test: 'property-is', argument: 0, property: 'keepAlive', values: [false] }],
      does: 'opens a connection for every request',
      instead: 'keepAlive: true',
      note: 'with a finite maxSockets a socket is passed on to requests that wait for it',
    },
    {
      of: ['Agent'],
      when: [{ test: 'property-is', argument: 0, property: 'maxFreeSockets', values: [-1] }],
      does: 'keeps no idle socket: every request opens a connection',
    },
    {
      calls: ['{request,get}'],
      when: [0, 1].map((argument) => ({ test: 'property-is', argument, property: 'agent', values: [false] })),
      does: 'opens a connection for every request',
    },
    {
      calls: ['{request,get}'],
      when: [0, 1].flatMap((argument) =>
        ['headers.Connection', 'headers.connection'].map((property) => ({
          test: 'property-matches' as const,
          argument,
          property,
          pattern: /^close$/iu,
        })),
      ),
      does: 'closes the connection after the answer',
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
