import type { Agent } from 'node:http';
import { expect } from 'vitest';
import { needle as described } from '../../../../src/catalog/libraries/needle.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { HOUR, withHandClock } from '../support/hand-clock.js';
import { AMPLE, BEYOND, EndlessAgent, pending } from '../support/requests.js';
import { errorOf, stateOf, until, withSite } from '../support/site.js';

interface Options {
  readonly agent?: Agent;
  readonly open_timeout?: number;
  readonly read_timeout?: number;
  readonly response_timeout?: number;
  readonly timeout?: number;
}

type Needle = (method: string, url: string, data: null, options: Options) => Promise<unknown>;

/** Makes requests. What becomes of them when the test is over is of no interest. */
async function getter(): Promise<(url: string, options?: Options) => Promise<unknown>> {
  // @ts-expect-error The package has no types.
  const { default: needle } = (await import('needle')) as { readonly default: Needle };
  return (url, options = {}) => {
    const request = needle('get', url, null, options);
    request.catch(() => undefined);
    return request;
  };
}

export default {
  library: 'needle',
  packages: ['needle'],
  checks: [
    run(
      ['open_timeout: default', 'open_timeout: zero', 'wait for request'],
      'the connection may take 10 s, with 0 for ever; the answer may take for ever',
      () =>
        withSite(async (site) => {
          const get = await getter();
          const agent = new EndlessAgent();
          await withHandClock(async (clock) => {
            const url = site.url();
            const hasty = get(url, { agent, timeout: 50 });
            const byDefault = get(url, { agent });
            const unlimited = get(url, { agent, open_timeout: 0 });
            const silent = [get(site.url('silent')), get(site.url('silent'), { timeout: 50 })];
            await until('the requests to arrive', () => site.requests() === 2);
            const states = () => Promise.all([hasty, byDefault, unlimited, ...silent].map((request) => stateOf(request, 0)));
            const waits = 'pending';
            await clock.forward(9_900);
            expect(await states()).toEqual(['rejected', waits, waits, waits, waits]);
            await clock.forward(200);
            expect(await states()).toEqual(['rejected', 'rejected', waits, waits, waits]);
            await clock.forward(HOUR);
            expect(await states()).toEqual(['rejected', 'rejected', waits, waits, waits]);
          });
          agent.destroy();
          expect(catalogSays(described, 'open_timeout')).toMatchObject({ default: 10_000, unit: 'ms', zero: 'unlimited' });
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
    run(
      ['response_timeout: default', 'response_timeout: zero', 'read_timeout: default', 'read_timeout: zero'],
      'the headers and the body may take for ever, unless they have a time',
      () =>
        withSite(async (site) => {
          const get = await getter();
          const none = { response_timeout: 0, read_timeout: 0 };
          const requests = [
            get(site.url('silent')),
            get(site.url('silent'), none),
            get(site.url('stalls')),
            get(site.url('stalls'), none),
            // Each is over with its own phase.
            get(site.url('stalls'), { response_timeout: AMPLE }),
          ];
          expect(await pending(requests, BEYOND)).toEqual(requests.map(() => true));
          await errorOf(get(site.url('silent'), { response_timeout: 40 }));
          expect((await errorOf(get(site.url('stalls'), { read_timeout: 40 }))).message).toBe('read timeout');
          for (const option of ['response_timeout', 'read_timeout'])
            expect(catalogSays(described, option)).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
        }),
    ),
  ],
} satisfies LibraryChecks;
