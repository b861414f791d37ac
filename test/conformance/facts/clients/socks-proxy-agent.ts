import { socksProxyAgent } from '../../../../src/catalog/libraries/socks-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck } from '../support/creators.js';
import { socksProxyAgents } from '../support/proxy-agents.js';
import { openSocks } from '../support/socks.js';

export default {
  library: 'socks-proxy-agent',
  packages: ['socks-proxy-agent'],
  checks: [
    ...lazyClientChecks([agentOf(socksProxyAgents, 'SocksProxyAgent')], [DESTROY]),
    processCheck(
      socksProxyAgent,
      'no',
      (url, port) => `
        import { get } from 'node:http';
        import { SocksProxyAgent } from 'socks-proxy-agent';
        const agent = new SocksProxyAgent('socks5h://127.0.0.1:${String(port)}', { keepAlive: true });
        await new Promise((resolve) => get('${url}', { agent }, (response) => response.resume().once('close', resolve)));`,
      openSocks,
    ),
  ],
} satisfies LibraryChecks;
