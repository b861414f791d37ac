import { expect } from 'vitest';
import { request as described } from '../../../../src/catalog/libraries/request.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { AMPLE, BEYOND, EndlessAgent, pending } from '../support/requests.js';
import { errorOf, withSite } from '../support/site.js';

type Request = (options: object, callback: (error: Error | null) => void) => unknown;

export default {
  library: 'request',
  packages: ['request'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'wait for request'],
      'a silent server is waited for without end, unless there is a time, which is one of silence',
      () =>
        withSite(async (site) => {
          const { default: request } = (await import('request')) as unknown as { readonly default: Request };
          const agent = new EndlessAgent();
          const get = (options: object) => {
            const answer = new Promise<void>((resolve, reject) => {
              request(options, (error) => (error ? reject(error) : resolve()));
            });
            answer.catch(() => undefined);
            return answer;
          };
          const silent = site.url('silent');
          const requests = [
            get({ url: silent }),
            get({ url: silent, timeout: 0 }),
            get({ url: silent, agent }),
            get({ url: site.url('trickles'), timeout: AMPLE }),
          ];
          expect(await pending(requests, BEYOND)).toEqual([true, true, true, true]);
          const code = async (options: object) => (await errorOf(get({ ...options, timeout: 40 }))).code;
          expect(await code({ url: silent, agent })).toBe('ETIMEDOUT');
          expect(await code({ url: silent })).toMatch(/^E(?:SOCKET)?TIMEDOUT$/u);
          expect(await code({ url: site.url('stalls') })).toMatch(/^E(?:SOCKET)?TIMEDOUT$/u);
          agent.destroy();
          expect(catalogSays(described, 'timeout')).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
          expect(described.timeouts?.[0]).toMatchObject({ covers: ['connect', 'headers', 'body'], measures: 'silence' });
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
  ],
} satisfies LibraryChecks;
