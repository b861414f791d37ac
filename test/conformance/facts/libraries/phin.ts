import { expect } from 'vitest';
import { phin as described } from '../../../../src/catalog/libraries/phin.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { AMPLE, BEYOND, EndlessAgent, pending } from '../support/requests.js';
import { errorOf, withSite } from '../support/site.js';

export default {
  library: 'phin',
  packages: ['phin'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'wait for request'],
      'a silent server is waited for without end, unless there is a time, which is one of silence',
      () =>
        withSite(async (site) => {
          const { default: phin } = await import('phin');
          const httpAgent = new EndlessAgent();
          const get = (options: object) => {
            const request = phin(options as never) as Promise<unknown>;
            request.catch(() => undefined);
            return request;
          };
          const silent = site.url('silent');
          const requests = [
            get({ url: silent }),
            get({ url: silent, timeout: 0 }),
            get({ url: silent, axiosOpts: { httpAgent } }),
            get({ url: site.url('trickles'), timeout: AMPLE }),
          ];
          expect(await pending(requests, BEYOND)).toEqual([true, true, true, true]);
          for (const options of [{ url: silent }, { url: site.url('stalls') }, { url: silent, axiosOpts: { httpAgent } }])
            await errorOf(get({ ...options, timeout: 40 }));
          httpAgent.destroy();
          expect(catalogSays(described, 'timeout')).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
          expect(described.timeouts?.[0]).toMatchObject({ covers: ['connect', 'headers', 'body'], measures: 'silence' });
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
  ],
} satisfies LibraryChecks;
