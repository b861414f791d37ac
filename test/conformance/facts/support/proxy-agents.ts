/** The agents of the packages that go through a proxy. */
import { httpProxyAgent } from '../../../../src/catalog/libraries/http-proxy-agent.js';
import { httpsProxyAgent } from '../../../../src/catalog/libraries/https-proxy-agent.js';
import { socksProxyAgent } from '../../../../src/catalog/libraries/socks-proxy-agent.js';
import type { AgentFamily } from './agents.js';
import { openSocks } from './socks.js';

/** Agents of http-proxy-agent. */
export const httpProxyAgents: AgentFamily = {
  library: httpProxyAgent,
  make: async (options, site) => {
    const { HttpProxyAgent } = await import('http-proxy-agent');
    return new HttpProxyAgent(new URL(site.url()).origin, options);
  },
};

/** Agents of https-proxy-agent. */
export const httpsProxyAgents: AgentFamily = {
  library: httpsProxyAgent,
  make: async (options, site) => {
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    return new HttpsProxyAgent(new URL(site.url()).origin, options);
  },
};

/** Agents of socks-proxy-agent. */
export const socksProxyAgents: AgentFamily = {
  library: socksProxyAgent,
  open: openSocks,
  make: async (options, site) => {
    const { SocksProxyAgent } = await import('socks-proxy-agent');
    return new SocksProxyAgent(`socks5h://127.0.0.1:${String(site.port)}`, options);
  },
};
