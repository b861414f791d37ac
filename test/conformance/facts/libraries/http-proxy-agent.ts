import type { LibraryChecks } from '../check.js';
import { keepAliveCheck, maxSocketsChecks } from '../support/agents.js';
import { httpProxyAgents } from '../support/proxy-agents.js';

export default {
  library: 'http-proxy-agent',
  packages: ['http-proxy-agent'],
  checks: [...maxSocketsChecks(httpProxyAgents), keepAliveCheck(httpProxyAgents, false)],
} satisfies LibraryChecks;
