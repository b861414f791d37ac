import type { FrameworkDescriptor } from '../framework.js';

/** Apollo Server 4 and 5: resolvers and the context function run per request. */
export const apolloServer: FrameworkDescriptor = {
  name: 'Apollo Server',
  version: '5.5.1',
  modules: ['@apollo/server', '@apollo/server/*', '@as-integrations/*', 'apollo-server', 'apollo-server-*'],
  registrations: [
    {
      callee: 'ApolloServer',
      construct: true,
      handlers: [
        {
          arguments: [0],
          properties: ['resolvers.*.*', 'resolvers.*.*.resolve', 'resolvers.*.*.subscribe', 'context', 'formatError'],
        },
      ],
      scope: 'request',
      label: 'GraphQL resolver',
    },
    {
      callee:
        '{startStandaloneServer,expressMiddleware,startServerAndCreateNextHandler,startServerAndCreateLambdaHandler,fastifyApolloHandler,koaMiddleware}',
      handlers: [{ arguments: [1], properties: ['context'] }],
      scope: 'request',
      label: 'GraphQL context',
    },
  ],
  types: [
    { type: '{GraphQLRequestContext,GraphQLRequestListener}', annotates: 'parameter', scope: 'request', label: '{name}()' },
  ],
  shutdownPhase: true,
};
