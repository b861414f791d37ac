import type { FrameworkDescriptor } from '../framework.js';

/** GraphQL Yoga, Mercurius and @graphql-tools: resolvers run per field. */
export const graphqlTools: FrameworkDescriptor = {
  name: 'GraphQL Yoga',
  version: '5.24.1',
  modules: ['graphql-yoga', '@graphql-tools/schema', 'mercurius'],
  registrations: [
    {
      callee: '{createSchema,makeExecutableSchema}',
      handlers: [{ arguments: [0], properties: ['resolvers.*.*', 'resolvers.*.*.resolve', 'resolvers.*.*.subscribe'] }],
      scope: 'request',
      label: 'GraphQL resolver',
    },
    {
      callee: 'createYoga',
      handlers: [{ arguments: [0], properties: ['context'] }],
      scope: 'request',
      label: 'GraphQL context',
    },
  ],
  shutdownPhase: true,
};
