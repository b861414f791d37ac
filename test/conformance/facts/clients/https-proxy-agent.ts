import { httpsProxyAgent } from '../../../../src/catalog/libraries/https-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck } from '../support/creators.js';
import { httpsProxyAgents } from '../support/proxy-agents.js';

export default {
  library: 'https-proxy-agent',
  packages: ['https-proxy-agent'],
  checks: [
    ...lazyClientChecks([agentOf(httpsProxyAgents, 'HttpsProxyAgent')], [DESTROY]),
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
