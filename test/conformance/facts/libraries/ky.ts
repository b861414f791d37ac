import { expect } from 'vitest';
import { ky as described } from '../../../../src/catalog/libraries/ky.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { abortedFetch, AMPLE, BEYOND } from '../support/requests.js';
import { errorOf, stateOf, withSite } from '../support/site.js';

/** A server that never answers. */
const silent = (): Promise<Response> => new Promise<Response>(() => undefined);

export default {
  library: 'ky',
  packages: ['ky'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'timeout: false', 'wait for request'],
      'the headers may take 10 s, with false for ever; 0 fails at once',
      async () => {
        const { default: ky } = await import('ky');
        await withHandClock(async (clock) => {
          const get = (options: object) => ky.get('http://named.invalid/', { fetch: silent, retry: 0, ...options });
          const [byDefault, unlimited, atOnce] = [get({}), get({ timeout: false }), get({ timeout: 0 })];
          // Followed from the start, so that no rejection on the way is an unhandled one.
          for (const request of [byDefault, unlimited, atOnce]) request.catch(() => undefined);
          const states = () => Promise.all([byDefault, unlimited, atOnce].map((request) => stateOf(request, 0)));
          await clock.forward(9_900);
          expect(await states()).toEqual(['pending', 'pending', 'rejected']);
          await clock.forward(200);
          expect(await states()).toEqual(['rejected', 'pending', 'rejected']);
          await clock.forward(HOUR);
          expect(await stateOf(unlimited, 0)).toBe('pending');
          expect((await errorOf(byDefault)).name).toBe('TimeoutError');
          expect((await errorOf(atOnce)).name).toBe('TimeoutError');
        });
        await withSite(async (site) => {
          // Its time is over with the headers.
          const body = ky.get(site.url('stalls'), { timeout: AMPLE, retry: 0 }).text();
          expect(await stateOf(body, BEYOND)).toBe('pending');
          body.catch(() => undefined);
        });
        expect(catalogSays(described, 'timeout')).toMatchObject({
          default: 10_000,
          unit: 'ms',
          zero: 'immediate',
          false: 'unlimited',
        });
        expect(described.waits?.[0]?.default).toBe(10_000);
      },
    ),
    run(
      ['signal: default'],
      'ends a request wherever it is, also while it waits for a connection, and the reading of its body',
      async () => {
        const { default: ky } = await import('ky');
        const rejected = 'rejected';
        expect(await abortedFetch((url, options) => ky.get(url, { retry: 0, ...options } as never).text())).toEqual({
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
