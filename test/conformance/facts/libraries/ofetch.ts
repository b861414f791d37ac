import { expect, vi } from 'vitest';
import { ofetch as described } from '../../../../src/catalog/libraries/ofetch.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { abortedFetch, AMPLE, BEYOND, pending } from '../support/requests.js';
import { errorOf, withSite } from '../support/site.js';

export default {
  library: 'ofetch',
  packages: ['ofetch'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'wait for request'],
      'without a time, or with 0, the global fetch is called without a signal; a time is over with the headers',
      () =>
        withSite(async (site) => {
          const { ofetch } = await import('ofetch');
          const platform = vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.resolve(new Response('ok')));
          try {
            await ofetch(site.url());
            await ofetch(site.url(), { timeout: 0 });
            expect(platform.mock.calls.map(([, init]) => init?.signal)).toEqual([undefined, undefined]);
          } finally {
            platform.mockRestore();
          }
          const controller = new AbortController();
          const options = { signal: controller.signal, retry: 0 };
          const requests = [ofetch(site.url('silent'), options), ofetch(site.url('silent'), { ...options, timeout: 0 })];
          const body = ofetch(site.url('stalls'), { timeout: AMPLE, retry: 0 });
          expect(await pending([...requests, body], BEYOND)).toEqual([true, true, true]);
          expect((await errorOf(ofetch(site.url('silent'), { timeout: 30, retry: 0 }))).message).toContain('TimeoutError');
          controller.abort();
          for (const request of requests) await errorOf(request);
          body.catch(() => undefined);
          expect(catalogSays(described, 'timeout')).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
          expect(described.waits?.[0]?.default).toBe(300_000);
        }),
    ),
    run(
      ['signal: default'],
      'ends a request wherever it is, also while it waits for a connection, and the reading of its body',
      async () => {
        const { ofetch } = await import('ofetch');
        const rejected = 'rejected';
        expect(await abortedFetch((url, options) => ofetch(url, { retry: 0, ...options } as never))).toEqual({
          queued: rejected,
          connecting: rejected,
          underWay: rejected,
          inBody: rejected,
        });
        const signal = described.timeouts?.find(({ option }) => option === 'signal');
        expect(signal).toMatchObject({ default: 'none', covers: ['acquire', 'connect', 'request'] });
      },
    ),
  ],
} satisfies LibraryChecks;
