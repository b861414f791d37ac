import type { FrameworkDescriptor } from '../framework.js';

/** Pothos: the schema is built once, the resolvers of its fields run per field. */
export const pothos: FrameworkDescriptor = {
  name: 'Pothos',
  version: '4.15.1',
  modules: ['@pothos/core'],
  values: {
    builder: ['new default()', 'new SchemaBuilder()'],
    // What the functions that define fields are called with.
    fields: [],
  },
  chains: { builder: '*Ref', fields: '*' },
  // The guide keeps the builder in a file of its own, from which every file with types imports it.
  importedValues: { builder: /^builder$/u },
  registrations: [
    {
      callee: '<builder>.*',
      handlers: [{ arguments: 'all', properties: ['fields', 'outputFields'] }],
      scope: 'startup',
      label: 'fields',
      parameters: { 0: 'fields' },
    },
    {
      callee: '<builder>.{queryType,mutationType,subscriptionType,objectType,interfaceType}',
      handlers: [{ arguments: { from: 1 } }],
      scope: 'startup',
      label: 'fields',
      parameters: { 0: 'fields' },
    },
    {
      callee: '<builder>.{queryFields,mutationFields,subscriptionFields}',
      handlers: [{ arguments: [0] }],
      scope: 'startup',
      label: 'fields',
      parameters: { 0: 'fields' },
    },
    {
      callee:
        '<builder>.{queryField,mutationField,subscriptionField,objectField,objectFields,interfaceField,interfaceFields,prismaObjectField,prismaObjectFields}',
      handlers: [{ arguments: [-1] }],
      scope: 'startup',
      label: 'field',
      parameters: { 0: 'fields' },
    },
    {
      callee: '<builder>.*',
      handlers: [{ arguments: 'all', properties: ['resolve', 'load', 'loadOne', 'loadMany'] }],
      scope: 'request',
      label: 'GraphQL resolver',
    },
    {
      callee: '<fields>.*',
      handlers: [{ arguments: 'all', properties: ['resolve', 'subscribe', 'load'] }],
      scope: 'request',
      label: 'GraphQL resolver',
    },
  ],
  shutdownPhase: 'depends',
};
