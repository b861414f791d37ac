import { createServer } from 'node:http';
import { createYoga, type Plugin } from 'graphql-yoga';
import { graph } from './graph.js';
import { schema } from './schema.js';

const closing: Plugin = {
  onDispose: () => graph[Symbol.asyncDispose](),
};

const yoga = createYoga({
  schema,
  plugins: [closing],
  disposeOnProcessTerminate: true,
  context: ({ request }) => ({ viewer: request.headers.get('x-user') ?? 'nobody' }),
});

createServer(yoga).listen(4000);
