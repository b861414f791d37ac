import type { FrameworkDescriptor } from '../framework.js';

/** TypeGraphQL. */
export const typeGraphql: FrameworkDescriptor = {
  name: 'TypeGraphQL',
  version: '2',
  modules: ['type-graphql'],
  decorators: [{ decorator: '{Query,Mutation,Subscription,FieldResolver}', scope: 'request', label: '`@{callee}` {name}()' }],
  classes: [{ base: 'MiddlewareInterface', methods: ['use'], scope: 'request', label: 'middleware {name}()' }],
  instantiates: [{ decorator: 'Resolver', scope: 'startup', label: 'resolver {name}' }],
  shutdownPhase: true,
};
