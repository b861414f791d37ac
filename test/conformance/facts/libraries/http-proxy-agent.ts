import { httpProxyAgent } from '../../../../src/catalog/libraries/http-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import { keepAliveCheck, maxSocketsChecks, type AgentFamily } from '../support/agents.js';

const family: AgentFamily = {
  library: httpProxyAgent,
  make: async (options, site) => {
    const { HttpProxyAgent } = await import('http-proxy-agent');
    return new HttpProxyAgent(new URL(site.url()).origin, options);
  },
};

export default {
  library: 'http-proxy-agent',
  packages: ['http-proxy-agent'],
  checks: [...maxSocketsChecks(family), keepAliveCheck(family, false)],
} satisfies LibraryChecks;
