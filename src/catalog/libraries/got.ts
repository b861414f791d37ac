import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor, OptionPlace, ResponseSemantics, Timeout } from '../descriptor.js';

const streamed = (more: Pick<ResponseSemantics, 'api'> & Partial<ResponseSemantics>): ResponseSemantics => ({
  ...nodeStream('', {
    inspects: ['on:response', 'on:redirect', 'on:request', 'on:retry', 'on:uploadProgress', 'on:downloadProgress', 'response'],
  }),
  delivery: [{ by: 'return' }],
  unread: 'holds-socket',
  empty: 'frees-itself',
  signals: [
    { argument: 0, property: 'signal' },
    { argument: 1, property: 'signal' },
  ],
  discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
  note: 'the promise API reads the body itself; Symbol.asyncDispose frees the socket of an unread body and, before Node 24, rejects',
  ...more,
});
const instance = 'default,got,extend(),got.extend(),new Got()';

const PLACES: readonly OptionPlace[] = [
  { api: '{extend,got.extend}', argument: 0, holds: 'client' },
  { api: '{default,got,extend(),got.extend(),new Got()}', argument: [0, 1], holds: 'call' },
  { api: '{default,got,extend(),got.extend(),new Got()}.{get,post,put,patch,head,delete}', argument: 1, holds: 'call' },
];

/** got owns no sockets: the agents passed to it do. */
export const got: LibraryDescriptor = {
  name: 'got',
  version: '14.6.6',
  modules: ['got'],
  creators: [],
  cheap: [
    { api: '{extend,got.extend}', why: 'holds options and hooks only; a new agent in its options would own sockets' },
    { api: 'default', why: 'uses the globalAgent of Node unless an agent is passed' },
    { api: '*', why: 'uses the globalAgent of Node unless an agent is passed' },
    { api: 'got.*', why: 'uses the globalAgent of Node unless an agent is passed' },
  ],
  transfers: ['http', 'https', 'http2'].flatMap((protocol) => [
    { api: '{extend,got.extend}', argument: 0, property: `agent.${protocol}`, takesOver: false },
    { api: 'default', argument: 1, property: `agent.${protocol}`, takesOver: false },
    { api: '{got,get,post,put,patch,head,delete,stream}', argument: 1, property: `agent.${protocol}`, takesOver: false },
    { api: 'got.{get,post,put,patch,head,delete,stream}', argument: 1, property: `agent.${protocol}`, takesOver: false },
  ]),
  responses: [
    streamed({ api: `{${instance}}.stream` }),
    streamed({ api: `{${instance}}.stream.{get,post,put,patch,head,delete}` }),
    streamed({
      api: `{${instance}}`,
      when: [{ test: 'property-is', argument: 1, property: 'isStream', values: [true] }],
    }),
  ],
  timeouts: [
    {
      option: 'timeout.request',
      of: [],
      at: PLACES,
      covers: ['connect', 'request'],
      misses: ['acquire'],
      unit: 'ms',
      default: 'none',
      measures: 'attempt',
      zero: { means: 'immediate', does: 'lets the request fail at once' },
      negative: { means: 'immediate', does: 'lets the request fail at once' },
      infinity: { means: 'immediate', does: 'lets the request fail at once' },
      null: { means: 'throws', does: 'throws a type error' },
      note: 'timeout has to be an object: a number is refused. A GET is tried three times, and each try has its own time',
    },
    ...(
      [
        ['lookup', 'dns'],
        ['connect', 'connect'],
        ['secureConnect', 'connect'],
        ['send', 'request'],
        ['response', 'headers'],
        ['read', 'body'],
      ] as const
    ).map(([name, phase]): Timeout => ({
      option: `timeout.${name}`,
      of: [],
      at: PLACES,
      covers: [phase],
      misses: ['acquire'],
      unit: 'ms',
      default: 'none',
      measures: 'attempt',
    })),
    {
      option: 'timeout.socket',
      of: [],
      at: PLACES,
      covers: ['socket'],
      misses: ['acquire', 'request'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
    },
    {
      option: 'signal',
      of: [],
      at: PLACES,
      covers: ['acquire', 'connect', 'request'],
      unit: 'signal',
      default: 'none',
    },
  ],
  waits: [
    {
      calls: PLACES.filter(({ holds }) => holds === 'call').map(({ api }) => api),
      for: 'request',
      default: 'none',
      endedBy: ['timeout.request', 'timeout.response', 'timeout.socket', 'signal'],
    },
  ],
  connectionPerRequest: [
    {
      calls: PLACES.map(({ api }) => api),
      when: [0, 1].flatMap((argument) => [
        ...['agent.http', 'agent.https'].map((property) => ({
          test: 'property-is' as const,
          argument,
          property,
          values: [false],
        })),
        ...['headers.Connection', 'headers.connection'].map((property) => ({
          test: 'property-matches' as const,
          argument,
          property,
          pattern: /^close$/iu,
        })),
      ]),
      does: 'opens a connection for every request',
    },
  ],
  holdsProcess: 'no',
  notes: ['ESM only. got has no close: destroy the agent that was passed.', 'got.stream emits error, which needs a listener.'],
};
