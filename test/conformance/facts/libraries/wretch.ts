import { expect } from 'vitest';
import { wretch as described } from '../../../../src/catalog/libraries/wretch.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { pending } from '../support/requests.js';
import { errorOf, withSite } from '../support/site.js';

export default {
  library: 'wretch',
  packages: ['wretch'],
  checks: [
    run(['signal: default'], 'ends a request under way and the reading of its body', () =>
      withSite(async (site) => {
        const { default: wretch } = await import('wretch');
        const controller = new AbortController();
        const { signal } = controller;
        const requests = [
          wretch(site.url('silent')).options({ signal }).get().res(),
          wretch(site.url('stalls')).options({ signal }).get().text(),
        ];
        expect(await pending(requests, 60)).toEqual([true, true]);
        controller.abort();
        for (const request of requests) expect((await errorOf(request)).name).toBe('AbortError');
        expect(catalogSays(described, 'signal').default).toBe('none');
      }),
    ),
  ],
} satisfies LibraryChecks;
