import { socksProxyAgent } from '../../../../src/catalog/libraries/socks-proxy-agent.js';
import type { LibraryChecks } from '../check.js';
import type { AgentFamily } from '../support/agents.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck } from '../support/creators.js';
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
    ...lazyClientChecks([agentOf(family, 'SocksProxyAgent')], [DESTROY]),
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
