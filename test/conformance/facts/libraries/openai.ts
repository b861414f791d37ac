import { Agent } from 'node:http';
import { expect } from 'vitest';
import { openai } from '../../../../src/catalog/libraries/openai.js';
import { run, type LibraryChecks } from '../check.js';
import { generatedClientChecks, type Caller } from '../support/generated-client.js';
import { withHttpServer } from '../support/http-server.js';

async function load(): Promise<Caller> {
  const { OpenAI } = await import('openai');
  return async (baseURL, ofClient, ofCall) => {
    const client = new OpenAI({ apiKey: 'key', baseURL, logLevel: 'off', ...ofClient });
    return client.embeddings.create({ model: 'model', input: 'text' }, ofCall);
  };
}

export default {
  library: 'openai',
  packages: ['openai'],
  checks: [
    ...generatedClientChecks(openai, load),
    run(['ignored httpAgent'], 'does not go through an httpAgent', async () => {
      const httpAgent = new Agent({ keepAlive: true });
      let answered = 0;
      await withHttpServer(
        (request, response) => {
          answered++;
          request.resume();
          response.setHeader('content-type', 'application/json');
          response.end('{"data":[]}');
        },
        async ({ url }) => {
          const call = await load();
          await call(url, { httpAgent });
        },
      );
      expect(answered).toBe(1);
      expect([httpAgent.sockets, httpAgent.freeSockets]).toEqual([{}, {}]);
    }),
  ],
} satisfies LibraryChecks;
