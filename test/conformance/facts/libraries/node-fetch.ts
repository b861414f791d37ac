import { createRequire } from 'node:module';
import { expect } from 'vitest';
import { nodeFetch as described } from '../../../../src/catalog/libraries/node-fetch.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { aborted, AMPLE, oneByOne, pending } from '../support/requests.js';
import { errorOf, withSite } from '../support/site.js';

type Fetch = (url: string, options?: object) => Promise<{ readonly text: () => Promise<string> }>;

/** Reads an answer. What becomes of it when the test is over is of no interest. */
function read(fetch: Fetch, url: string, options: object = {}): Promise<string> {
  const text = fetch(url, options).then((response) => response.text());
  text.catch(() => undefined);
  return text;
}

async function version3(): Promise<Fetch> {
  const { default: fetch } = await import('node-fetch');
  return fetch;
}

/** The version before, which a package of Google brings along. */
function version2(): Fetch {
  const require = createRequire(import.meta.url);
  const load = createRequire(require.resolve('@google-cloud/storage'));
  expect((load('node-fetch/package.json') as { readonly version: string }).version).toMatch(/^2\./u);
  return load('node-fetch') as Fetch;
}

export default {
  library: 'node-fetch',
  packages: ['node-fetch'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero'],
      'version 2 waits without end unless it is given a time, which begins anew with the body',
      () =>
        withSite(async (site) => {
          const fetch = version2();
          const requests = ['silent', 'stalls'].flatMap((manner) => [
            read(fetch, site.url(manner as 'silent')),
            read(fetch, site.url(manner as 'silent'), { timeout: 0 }),
          ]);
          expect(await pending(requests)).toEqual([true, true, true, true]);
          const type = async (manner: 'silent' | 'stalls' | 'trickles') =>
            ((await errorOf(read(fetch, site.url(manner), { timeout: AMPLE }))) as Error & { readonly type: string }).type;
          expect(await Promise.all([type('silent'), type('stalls'), type('trickles')])).toEqual([
            'request-timeout',
            'body-timeout',
            'body-timeout',
          ]);
          expect(catalogSays(described, 'timeout')).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
        }),
    ),
    run(['signal: default'], 'ends a request wherever it is, also while it waits for a socket', async () => {
      for (const fetch of [await version3(), version2()])
        expect(await aborted((url, signal, agent) => read(fetch, url, { signal, agent }))).toEqual({
          queued: 'rejected',
          connecting: 'rejected',
          underWay: 'rejected',
          inBody: 'rejected',
        });
      expect(described.timeouts?.[1]).toMatchObject({ default: 'none', covers: ['acquire', 'connect', 'request'] });
    }),
    run(
      ['wait for request', 'ignored timeout'],
      'a silent server is waited for without end, in version 3 also with timeout',
      () =>
        withSite(async (site) => {
          const fetch = await version3();
          const requests = (['silent', 'stalls'] as const).flatMap((manner) => [
            read(fetch, site.url(manner)),
            read(fetch, site.url(manner), { timeout: 20 }),
          ]);
          expect(await pending(requests)).toEqual([true, true, true, true]);
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
    run(['per request'], 'the header closes the connection after the answer', async () => {
      for (const fetch of [await version3(), version2()])
        await withSite(async (site) => {
          for (const name of ['Connection', 'connection'])
            expect(await oneByOne(site, (url) => read(fetch, url, { headers: { [name]: 'close' } }))).toBe(3);
        });
      const fetch = await version3();
      await withSite(async (site) => expect(await oneByOne(site, (url) => read(fetch, url))).toBe(1));
    }),
  ],
} satisfies LibraryChecks;
