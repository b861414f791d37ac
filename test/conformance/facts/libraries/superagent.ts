import { Agent } from 'node:http';
import { expect } from 'vitest';
import { superagent as described } from '../../../../src/catalog/libraries/superagent.js';
import { run, type LibraryChecks } from '../check.js';
import { catalogSays } from '../support/catalog-says.js';
import { AMPLE, BEYOND, EndlessAgent, oneByOne, pending } from '../support/requests.js';
import { errorOf, withSite } from '../support/site.js';

type Time = false | number;
interface SuperRequest extends Promise<unknown> {
  readonly agent: (agent: Agent) => SuperRequest;
  readonly timeout: (time: Time | { readonly deadline?: Time; readonly response?: Time }) => SuperRequest;
}
interface Superagent {
  readonly get: (url: string) => SuperRequest;
}

/** Sends a request. What becomes of it when the test is over is of no interest. */
function sent(request: SuperRequest): Promise<unknown> {
  const answer = request.then((response) => response);
  answer.catch(() => undefined);
  return answer;
}

async function load(): Promise<Superagent> {
  // @ts-expect-error The package has no types.
  const { default: superagent } = (await import('superagent')) as { readonly default: Superagent };
  return superagent;
}

export default {
  library: 'superagent',
  packages: ['superagent'],
  checks: [
    run(
      ['deadline: default', 'deadline: zero', 'deadline: false', 'response: default', 'response: zero', 'wait for request'],
      'a silent server is waited for without end, also with 0 and false; response is over with the headers, deadline is not',
      () =>
        withSite(async (site) => {
          const { get } = await load();
          const silent = () => get(site.url('silent'));
          const requests = [
            silent(),
            silent().timeout(0),
            silent().timeout(false),
            silent().timeout({ deadline: 0 }),
            silent().timeout({ deadline: false }),
            silent().timeout({ response: 0 }),
            get(site.url('stalls')).timeout({ response: AMPLE }),
          ].map(sent);
          expect(await pending(requests, BEYOND)).toEqual(requests.map(() => true));
          const endless = new EndlessAgent();
          const late = [
            silent().timeout(40),
            silent().timeout({ deadline: 40 }),
            get(site.url('trickles')).timeout({ deadline: 60 }),
            silent().agent(endless).timeout({ deadline: 40 }),
            silent().timeout({ response: 40 }),
            silent().agent(endless).timeout({ response: 40 }),
          ].map(sent);
          for (const { code } of await Promise.all(late.map(errorOf))) expect(code).toBe('ECONNABORTED');
          endless.destroy();
          const off = 'unlimited';
          expect(catalogSays(described, 'deadline')).toMatchObject({ default: 'none', unit: 'ms', zero: off, false: off });
          expect(catalogSays(described, 'response')).toMatchObject({ default: 'none', unit: 'ms', zero: off });
          expect(described.waits?.[0]?.default).toBe('none');
        }),
    ),
    run(['per request'], 'every request opens a connection, unless it is given an agent that keeps them', () =>
      withSite(async (site) => {
        const { get } = await load();
        const agent = new Agent({ keepAlive: true });
        expect(await oneByOne(site, (url) => sent(get(url)))).toBe(3);
        expect(await oneByOne(site, (url) => sent(get(url).agent(agent)))).toBe(1);
        agent.destroy();
      }),
    ),
  ],
} satisfies LibraryChecks;
