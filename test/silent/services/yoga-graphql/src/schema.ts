import SchemaBuilder from '@pothos/core';
import { gql, GraphQLClient } from 'graphql-request';
import { graph } from './graph.js';

const profiles = new GraphQLClient('https://profiles.example/graphql', {
  fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(3_000) }),
});

interface Person {
  id: string;
  name: string;
}

const builder = new SchemaBuilder<{ Objects: { Person: Person }; Context: { viewer: string } }>({});

builder.objectType('Person', {
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name'),
    friends: t.field({
      type: ['Person'],
      resolve: ({ id }) =>
        graph.read<Person>(
          'MATCH (:Person {id: $id})-[:KNOWS]-(f) RETURN f.id AS id, f.name AS name LIMIT 100',
          { id },
        ),
    }),
    avatar: t.string({
      nullable: true,
      resolve: async ({ id }) => {
        const { profile } = await profiles.request<{ profile: { avatar: string } | null }>(
          gql`
            query ($id: ID!) {
              profile(id: $id) {
                avatar
              }
            }
          `,
          { id },
        );
        return profile?.avatar;
      },
    }),
  }),
});

builder.queryType({
  fields: (t) => ({
    me: t.field({
      type: 'Person',
      resolve: async (_root, _args, { viewer }) => {
        const [me] = await graph.read<Person>(
          'MATCH (p:Person {id: $viewer}) RETURN p.id AS id, p.name AS name',
          { viewer },
        );
        return me;
      },
    }),
  }),
});

builder.mutationType({
  fields: (t) => ({
    befriend: t.boolean({
      args: { id: t.arg.id({ required: true }) },
      resolve: async (_root, { id }, { viewer }) => {
        await graph.write(async (tx) => {
          await tx.run('MATCH (a:Person {id: $viewer}), (b:Person {id: $id}) MERGE (a)-[:KNOWS]->(b)', {
            viewer,
            id,
          });
        });
        return true;
      },
    }),
  }),
});

export const schema = builder.toSchema();
