import type { LibraryDescriptor } from '../descriptor.js';

/** graphql-request works over the global fetch. */
export const graphqlRequest: LibraryDescriptor = {
  name: 'graphql-request',
  version: '7.4.0',
  modules: ['graphql-request'],
  creators: [],
  cheap: [{ api: 'GraphQLClient', why: 'holds the address and headers only; requests go through the global fetch' }],
  holdsProcess: 'no',
  notes: ['graphql-request has nothing to close.'],
};
