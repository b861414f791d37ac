import { graphqlRequest } from '../../../../src/catalog/libraries/graphql-request.js';
import type { LibraryChecks } from '../check.js';
import { processCheck } from '../support/creators.js';

export default {
  library: 'graphql-request',
  packages: ['graphql-request'],
  checks: [
    processCheck(
      graphqlRequest,
      'no',
      (url) => `
        import { GraphQLClient } from 'graphql-request';
        const client = new GraphQLClient('${url}');
        await client.request('{ field }').catch(() => undefined);`,
    ),
  ],
} satisfies LibraryChecks;
