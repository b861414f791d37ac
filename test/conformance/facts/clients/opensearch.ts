import type { Client } from '@opensearch-project/opensearch';
import { expect } from 'vitest';
import { opensearch } from '../../../../src/catalog/libraries/opensearch.js';
import { run, type LibraryChecks } from '../check.js';
import { anyOf, lazyClientChecks, processCheck, withMade } from '../support/creators.js';
import { stateOf, until } from '../support/site.js';

const client = anyOf<Client>({
  library: opensearch,
  api: 'Client',
  make: async (site) => {
    const made = await import('@opensearch-project/opensearch');
    return new made.Client({ node: new URL(site.url()).origin, maxRetries: 0 });
  },
  call: async (made, _site, manner) => made.transport.request({ method: 'GET', path: `/${manner}` }),
  // close() never settles a second time, so that nothing may wait for it here.
  end: (made) => void made.close(),
});

export default {
  library: '@opensearch-project/opensearch',
  packages: ['@opensearch-project/opensearch'],
  checks: [
    ...lazyClientChecks([client], [{ method: 'close', async: true, mode: 'graceful', later: 'rejected' }]).map((check) =>
      check.facts[0] === 'Client: close'
        ? run(check.facts, `${check.title}; it also takes a callback, and never settles a second time`, async () => {
            await check.test?.();
            await withMade(client, async (made) => {
              let closed = 0;
              const given: unknown = (made as Client).close(() => closed++);
              expect(given).toBeUndefined();
              await until('the callback', () => closed === 1);
              expect(await stateOf((made as Client).close(), 200)).toBe('pending');
            });
          })
        : check,
    ),
    processCheck(
      opensearch,
      'no',
      (_url, port) => `
        import { Client } from '@opensearch-project/opensearch';
        const client = new Client({ node: 'http://127.0.0.1:${String(port)}' });
        await client.transport.request({ method: 'GET', path: '/answers' });`,
    ),
  ],
} satisfies LibraryChecks;
