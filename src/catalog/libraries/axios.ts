import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor, OptionPlace, OwnershipTransfer, ResponseSemantics } from '../descriptor.js';

const agentOf = (api: string, argument: number): readonly OwnershipTransfer[] =>
  ['httpAgent', 'httpsAgent'].map((property) => ({
    api,
    argument,
    property,
    takesOver: false,
    note: 'axios and its instances have no close: destroy the agent that was passed',
  }));

// The options stand at one of these positions.
const streamed = (api: string, options: readonly number[]): ResponseSemantics => ({
  ...nodeStream('data', { inspects: ['status', 'statusText', 'headers', 'config'] }),
  api,
  when: options.map((argument) => ({ test: 'property-is', argument, property: 'responseType', values: ['stream'] })),
  delivery: [{ by: 'promise' }],
  unread: 'holds-socket',
  empty: 'holds-socket',
  signals: options.map((argument) => ({ argument, property: 'signal' })),
  rejection: {
    body: 'response.data',
    unless: options.map((argument) => ({ test: 'has-property', argument, property: 'validateStatus' })),
  },
  discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
  note: 'data.resume() reads the rest and keeps the socket; the other response types are read by axios',
});
const instance = 'default,create(),new AxiosInstance(),new Axios()';

const PLACES: readonly OptionPlace[] = [
  { api: 'create', argument: 0, holds: 'client' },
  { api: '{default,create(),new AxiosInstance()}', argument: [0, 1], holds: 'call' },
  { api: `{${instance}}.request`, argument: 0, holds: 'call' },
  { api: `{${instance}}.{get,delete,head,options}`, argument: 1, holds: 'call' },
  { api: `{${instance}}.{post,put,patch,postForm,putForm,patchForm}`, argument: 2, holds: 'call' },
];

/** axios owns no sockets: the agents passed to it do. */
export const axios: LibraryDescriptor = {
  name: 'axios',
  version: '1.21.1',
  modules: ['axios'],
  creators: [],
  cheap: [
    {
      api: 'create',
      why: 'holds interceptors and defaults only; a new httpAgent or httpsAgent in its options would own sockets',
    },
    { api: 'default', why: 'uses the globalAgent of Node unless an agent is passed' },
    {
      api: '{request,get,delete,head,options,post,put,patch}',
      why: 'uses the globalAgent of Node unless an agent is passed',
    },
  ],
  transfers: [
    ...agentOf('{create,default.request}', 0),
    ...agentOf('{get,delete,head,options}', 1),
    ...agentOf('{post,put,patch}', 2),
  ],
  responses: [
    streamed('{default,create(),new AxiosInstance()}', [0, 1]),
    streamed(`{${instance}}.request`, [0]),
    streamed(`{${instance}}.{get,delete,head,options}`, [1]),
    streamed(`{${instance}}.{post,put,patch,postForm,putForm,patchForm}`, [2]),
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: PLACES,
      assigned: ['{default,create()}.defaults.timeout'],
      covers: ['connect', 'headers', 'body'],
      misses: ['acquire', 'request'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      negative: { means: 'throws', does: 'throws outside the promise, which ends the process' },
      null: 'unlimited',
      infinity: { means: 'throws', does: 'lets the request reject with ERR_BAD_OPTION_VALUE' },
      note: 'a trickle of data never reaches it; nor does it run while a request waits for a free socket',
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
      endedBy: ['timeout', 'signal'],
    },
  ],
  connectionPerRequest: [
    {
      calls: PLACES.map(({ api }) => api),
      when: [0, 1, 2].flatMap((argument) => [
        ...['httpAgent', 'httpsAgent'].map((property) => ({
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
  notes: [
    'Keep-alive is that of globalAgent: on since Node 19, off on Node 18.',
    'With responseType stream and a status that validateStatus refuses, error.response.data is a stream nobody has read.',
  ],
};
