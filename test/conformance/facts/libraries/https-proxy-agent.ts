import { httpsProxyAgent } from '../../../../src/catalog/libraries/https-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import { keepAliveCheck, maxSocketsChecks, type AgentFamily } from '../support/agents.js';

const family: AgentFamily = {
  library: httpsProxyAgent,
  make: async (options, site) => {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(new URL(site.url()).origin, options);
  },
};

export default {
  library: 'https-proxy-agent',
  packages: ['https-proxy-agent'],
  checks: [...maxSocketsChecks(family), keepAliveCheck(family, false)],
} satisfies LibraryChecks;
