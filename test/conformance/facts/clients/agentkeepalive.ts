import { agentkeepalive } from '../../../../src/catalog/libraries/agentkeepalive.js';
import type { LibraryChecks } from '../check.js';
import { agentOf, DESTROY, lazyClientChecks, processCheck, secureAgentOf } from '../support/creators.js';

const load = () => import('agentkeepalive');

const NAMED = '{HttpAgent,HttpsAgent}';

export default {
  library: 'agentkeepalive',
  packages: ['agentkeepalive'],
  checks: [
    ...lazyClientChecks(
      [
        agentOf(
          {
            library: agentkeepalive,
            make: async (options) => {
              const { default: KeepAliveAgent } = await load();
              return new KeepAliveAgent(options);
            },
          },
          'default',
        ),
      ],
      [DESTROY],
    ),
    ...lazyClientChecks(
      [
        agentOf(
          { library: agentkeepalive, make: async (options) => new (await load()).HttpAgent(options) },
          NAMED,
          'HttpAgent',
        ),
        secureAgentOf(agentkeepalive, NAMED, 'HttpsAgent', async () => new (await load()).HttpsAgent()),
      ],
      [DESTROY],
    ),
    processCheck(
      agentkeepalive,
      'no',
      (url) => `
        import { get } from 'node:http';
        import Agent from 'agentkeepalive';
        const agent = new Agent({ freeSocketTimeout: 60_000 });
        await new Promise((resolve) => get('${url}', { agent }, (response) => response.resume().once('close', resolve)));`,
    ),
  ],
} satisfies LibraryChecks;
