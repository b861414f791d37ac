import { expect } from 'vitest';
import { socksProxyAgent } from '../../../../src/catalog/libraries/socks-proxy-agent.js';
import { run, type LibraryChecks } from '../check.js';
import { ask, keepAliveCheck, maxSocketsChecks, withAgent } from '../support/agents.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { errorOf, openMute, stateOf, until, withSite } from '../support/site.js';
import { openSocks } from '../support/socks.js';
import { socksProxyAgents } from '../support/proxy-agents.js';

export default {
  library: 'socks-proxy-agent',
  packages: ['socks-proxy-agent'],
  checks: [
    ...maxSocketsChecks(socksProxyAgents),
    run(
      ['timeout: default'],
      'the connection through a proxy may take 30 s; another time also bounds the silence that follows',
      async () => {
        await withSite(async (site) => {
          const agent = await socksProxyAgents.make({}, site);
          await withHandClock(async (clock) => {
            const { done } = ask('http://named.invalid/', { agent });
            await until('the connection to the proxy', () => site.opened() === 1);
            await clock.forward(29_000);
            expect(await stateOf(done, 0)).toBe('pending');
            await clock.forward(2_000);
            expect(await stateOf(done, 0)).toBe('rejected');
          });
          agent.destroy();
          await withAgent(await socksProxyAgents.make({ timeout: 40 }, site), async (hasty) => {
            expect((await errorOf(ask('http://named.invalid/', { agent: hasty }).done)).message).toContain('timed out');
          });
        }, openMute);
        await withSite(async (site) => {
          await withAgent(await socksProxyAgents.make({}, site), async (agent) =>
            expect(await stateOf(ask(site.url('silent'), { agent }).done)).toBe('pending'),
          );
          await withAgent(await socksProxyAgents.make({ timeout: 40 }, site), async (agent) =>
            expect((await errorOf(ask(site.url('silent'), { agent }).done)).code).toBe('ECONNRESET'),
          );
        }, openSocks);
        expect(catalogSays(socksProxyAgent, 'timeout')).toMatchObject({ default: 30_000, unit: 'ms' });
      },
    ),
    keepAliveCheck(socksProxyAgents, false),
  ],
} satisfies LibraryChecks;
