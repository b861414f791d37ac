import type { LibraryDescriptor, OwnershipTransfer } from '../descriptor.js';

const agentOf = (api: string, argument: number): readonly OwnershipTransfer[] =>
  ['httpAgent', 'httpsAgent'].map((property) => ({
    api,
    argument,
    property,
    takesOver: false,
    note: 'axios and its instances have no close: destroy the agent that was passed',
  }));

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
  holdsProcess: 'no',
  notes: [
    'Keep-alive is that of globalAgent: on since Node 19, off on Node 18.',
    'With responseType stream and a status that validateStatus refuses, error.response.data is a stream nobody has read.',
  ],
};
