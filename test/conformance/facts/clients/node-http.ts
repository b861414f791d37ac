import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { nodeHttp } from '../../../../src/catalog/libraries/node-http.js';
import type { LibraryChecks } from '../check.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck, secureAgentOf } from '../support/creators.js';

export default {
  library: 'node:http',
  packages: [],
  checks: [
    ...lazyClientChecks(
      [
        agentOf({ library: nodeHttp, make: (options) => Promise.resolve(new Agent(options)) }, 'Agent', 'http.Agent'),
        secureAgentOf(nodeHttp, 'Agent', 'https.Agent', () => Promise.resolve(new SecureAgent({ keepAlive: true }))),
      ],
      [DESTROY],
    ),
    processCheck(
      nodeHttp,
      'no',
      (url) => `
        import { Agent, get } from 'node:http';
        const agent = new Agent({ keepAlive: true });
        await new Promise((resolve) => get('${url}', { agent }, (response) => response.resume().once('close', resolve)));`,
    ),
  ],
} satisfies LibraryChecks;
