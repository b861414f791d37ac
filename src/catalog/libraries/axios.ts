import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor, OwnershipTransfer, ResponseSemantics } from '../descriptor.js';

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
  holdsProcess: 'no',
  notes: [
    'Keep-alive is that of globalAgent: on since Node 19, off on Node 18.',
    'With responseType stream and a status that validateStatus refuses, error.response.data is a stream nobody has read.',
  ],
};
