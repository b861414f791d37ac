import type { LibraryChecks } from '../check.js';
import { keepAliveCheck, maxSocketsChecks } from '../support/agents.js';
import { httpsProxyAgents } from '../support/proxy-agents.js';

export default {
  library: 'https-proxy-agent',
  packages: ['https-proxy-agent'],
  checks: [...maxSocketsChecks(httpsProxyAgents), keepAliveCheck(httpsProxyAgents, false)],
} satisfies LibraryChecks;
