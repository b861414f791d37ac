import type { FrameworkDescriptor } from '../framework.js';

/** graphql-js and Pothos. */
export const graphqlJs: FrameworkDescriptor = {
  name: 'graphql, Pothos',
  version: '16, 4',
  modules: ['graphql', '@pothos/core'],
  registrations: [
    {
      callee: 'GraphQLObjectType',
      construct: true,
      handlers: [{ arguments: [0], properties: ['fields.*.resolve', 'fields.*.subscribe'] }],
      scope: 'request',
      label: 'GraphQL resolver',
    },
    {
      callee: 'new default().{queryField,mutationField,subscriptionField}',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'inline',
      label: 'Pothos field',
    },
  ],
  shutdownPhase: true,
};
