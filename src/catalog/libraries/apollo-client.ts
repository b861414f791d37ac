import type { LibraryDescriptor } from '../descriptor.js';

/** Apollo Client works over the global fetch. */
export const apolloClient: LibraryDescriptor = {
  name: '@apollo/client',
  version: '4.3.8',
  modules: ['@apollo/client', '@apollo/client/core'],
  creators: [],
  cheap: [
    { api: 'ApolloClient', why: 'its HttpLink goes through the global fetch; one per request throws its cache away, though' },
  ],
  holdsProcess: 'no',
  notes: [
    'stop() cancels queries and frees no sockets, because there are none.',
    'Custom links may own connections; they are not described here.',
  ],
};
