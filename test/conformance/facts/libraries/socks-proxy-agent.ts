import { expect } from 'vitest';
import { socksProxyAgent } from '../../../../src/catalog/libraries/socks-proxy-agent.js';
import { run, type LibraryChecks } from '../check.js';
import { ask, keepAliveCheck, maxSocketsChecks, withAgent, type AgentFamily } from '../support/agents.js';
import { catalogSays } from '../support/catalog-says.js';
import { withHandClock } from '../support/hand-clock.js';
import { errorOf, openMute, stateOf, until, withSite } from '../support/site.js';
import { openSocks } from '../support/socks.js';

const family: AgentFamily = {
  library: socksProxyAgent,
  open: openSocks,
  make: async (options, site) => {
    const { SocksProxyAgent } = await import('socks-proxy-agent');
    return new SocksProxyAgent(`socks5h://127.0.0.1:${String(site.port)}`, options);
  },
};

export default {
  library: 'socks-proxy-agent',
  packages: ['socks-proxy-agent'],
  checks: [
    ...maxSocketsChecks(family),
    run(
      ['timeout: default'],
      'the connection through a proxy may take 30 s; another time also bounds the silence that follows',
      async () => {
        await withSite(async (site) => {
          const agent = await family.make({}, site);
          await withHandClock(async (clock) => {
            const { done } = ask('http://named.invalid/', { agent });
            await until('the connection to the proxy', () => site.opened() === 1);
            await clock.forward(29_000);
            expect(await stateOf(done, 0)).toBe('pending');
            await clock.forward(2_000);
            expect(await stateOf(done, 0)).toBe('rejected');
          });
          agent.destroy();
          await withAgent(await family.make({ timeout: 40 }, site), async (hasty) => {
            expect((await errorOf(ask('http://named.invalid/', { agent: hasty }).done)).message).toContain('timed out');
          });
        }, openMute);
        await withSite(async (site) => {
          await withAgent(await family.make({}, site), async (agent) =>
            expect(await stateOf(ask(site.url('silent'), { agent }).done)).toBe('pending'),
          );
          await withAgent(await family.make({ timeout: 40 }, site), async (agent) =>
            expect((await errorOf(ask(site.url('silent'), { agent }).done)).code).toBe('ECONNRESET'),
          );
        }, openSocks);
        expect(catalogSays(socksProxyAgent, 'timeout')).toMatchObject({ default: 30_000, unit: 'ms' });
      },
    ),
    keepAliveCheck(family, false),
  ],
} satisfies LibraryChecks;
