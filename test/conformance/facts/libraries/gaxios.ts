import { Agent } from 'node:http';
import { expect } from 'vitest';
import { gaxios as described } from '../../../../src/catalog/libraries/gaxios.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { EndlessAgent, pending } from '../support/requests.js';
import { errorOf, until, withSite } from '../support/site.js';

export default {
  library: 'gaxios',
  packages: ['gaxios'],
  checks: [
    run(
      ['timeout: default', 'timeout: zero', 'wait for request'],
      'a silent server is waited for without end, unless there is a time, which is one for the whole',
      () =>
        withSite(async (site) => {
          const { Gaxios, request } = await import('gaxios');
          const send = (options: object, sender: (options: never) => Promise<unknown> = request) => {
            const answer = sender(options as never);
            answer.catch(() => undefined);
            return answer;
          };
          const client = new Gaxios({ timeout: 40 });
          const url = site.url('silent');
          const endless = new EndlessAgent();
          const busy = new Agent({ maxSockets: 1 });
          const waiting = [send({ url }), send({ url, timeout: 0 }), send({ url, agent: busy }), send({ url, agent: endless })];
          expect(await pending(waiting)).toEqual([true, true, true, true]);
          await until('the first requests to arrive', () => site.requests() === 3);
          const late = [
            send({ url, timeout: 40 }),
            send({ url }, (options) => client.request(options)),
            send({ url: site.url('trickles'), timeout: 60 }),
            send({ url, agent: busy, timeout: 40 }),
            send({ url, agent: endless, timeout: 40 }),
          ];
          for (const error of await Promise.all(late.map(errorOf))) expect(error.message).toMatch(/abort|timeout/u);
          endless.destroy();
          busy.destroy();
          expect(catalogSays(described, 'timeout')).toMatchObject({ default: 'none', unit: 'ms', zero: 'unlimited' });
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
  ],
} satisfies LibraryChecks;
