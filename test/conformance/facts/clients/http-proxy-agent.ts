import { httpProxyAgent } from '../../../../src/catalog/libraries/http-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import type { AgentFamily } from '../support/agents.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck } from '../support/creators.js';

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
  checks: [
    ...lazyClientChecks([agentOf(family, 'HttpProxyAgent')], [DESTROY]),
    processCheck(
      httpProxyAgent,
      'no',
      (url, port) => `
        import { get } from 'node:http';
        import { HttpProxyAgent } from 'http-proxy-agent';
        const agent = new HttpProxyAgent('http://127.0.0.1:${String(port)}', { keepAlive: true });
        await new Promise((resolve) => get('${url}', { agent }, (response) => response.resume().once('close', resolve)));`,
    ),
  ],
} satisfies LibraryChecks;
