import { readFile } from 'node:fs/promises';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { resolvers, type Context } from './resolvers.js';
import * as covers from './sources/covers.js';
import * as mongo from './sources/mongo.js';
import * as stock from './sources/stock.js';

const server = new ApolloServer<Context>({
  typeDefs: await readFile(new URL('schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  plugins: [
    {
      async serverWillStart() {
        await mongo.connect();
        return {
          async serverWillStop() {
            stock.close();
            await Promise.all([mongo.close(), covers.close()]);
          },
        };
      },
    },
  ],
});

const { url } = await startStandaloneServer(server, {
  listen: { port: 4000 },
  context: async ({ req }) => ({
    requestId: String(req.headers['x-request-id'] ?? crypto.randomUUID()),
    authors: mongo.createAuthorLoader(),
  }),
});
console.log(`ready at ${url}`);
