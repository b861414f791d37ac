import { httpsProxyAgent } from '../../../../src/catalog/libraries/https-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import type { AgentFamily } from '../support/agents.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck } from '../support/creators.js';

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
  checks: [
    ...lazyClientChecks([agentOf(family, 'HttpsProxyAgent')], [DESTROY]),
    processCheck(
      httpsProxyAgent,
      'no',
      (url, port) => `
        import { get } from 'node:http';
        import { HttpsProxyAgent } from 'https-proxy-agent';
        const agent = new HttpsProxyAgent('http://127.0.0.1:${String(port)}', { keepAlive: true });
        await new Promise((resolve) => get('${url}', { agent }, (response) => response.resume().once('close', resolve)));`,
    ),
  ],
} satisfies LibraryChecks;
