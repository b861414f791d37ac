import { createServer } from 'node:http';
import type { Client } from '@elastic/elasticsearch';
import { expect } from 'vitest';
import { elasticsearch } from '../../../../src/catalog/libraries/elasticsearch.js';
import { run, type LibraryChecks } from '../check.js';
import { anyOf, lazyClientChecks, processCheck, withMade } from '../support/creators.js';
import { errorOf, openSite, type Site } from '../support/site.js';

/** A server that says that it is one of Elasticsearch, which the client looks for. */
const open = (): Promise<Site> =>
  openSite((server) =>
    createServer((request, response) => {
      response.setHeader('x-elastic-product', 'Elasticsearch');
      response.setHeader('content-type', 'text/plain');
      server.emit('request', request, response);
    }),
  );

const client = anyOf<Client>({
  library: elasticsearch,
  api: 'Client',
  make: async (site) => {
    const made = await import('@elastic/elasticsearch');
    return new made.Client({ node: new URL(site.url()).origin, maxRetries: 0 });
  },
  call: (made, _site, manner) => made.transport.request({ method: 'GET', path: `/${manner}` }),
  end: (made) => made.close(),
  open,
});

export default {
  library: '@elastic/elasticsearch',
  packages: ['@elastic/elasticsearch'],
  checks: [
    ...lazyClientChecks([client], [{ method: 'close', async: true, mode: 'graceful', later: 'rejected' }]).map((check) =>
      check.facts[0] === 'Client: close'
        ? run(check.facts, `${check.title}; later calls find no connection`, async () => {
            await check.test?.();
            await withMade(client, async (made, site) => {
              await client.end(made);
              expect((await errorOf(client.call(made, site, 'answers'))).name).toBe('NoLivingConnectionsError');
            });
          })
        : check,
    ),
    processCheck(
      elasticsearch,
      'no',
      (_url, port) => `
        import { Client } from '@elastic/elasticsearch';
        const client = new Client({ node: 'http://127.0.0.1:${String(port)}' });
        await client.transport.request({ method: 'GET', path: '/answers' });`,
      open,
    ),
  ],
} satisfies LibraryChecks;
