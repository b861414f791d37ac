import { httpProxyAgent } from '../../../../src/catalog/libraries/http-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck } from '../support/creators.js';
import { httpProxyAgents } from '../support/proxy-agents.js';

export default {
  library: 'http-proxy-agent',
  packages: ['http-proxy-agent'],
  checks: [
    ...lazyClientChecks([agentOf(httpProxyAgents, 'HttpProxyAgent')], [DESTROY]),
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
