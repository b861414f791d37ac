import type { LibraryDescriptor } from '../descriptor.js';
import { agentLimits } from '../pools/node-agent.js';

/** Agent for requests through a proxy. */
export const httpProxyAgent: LibraryDescriptor = {
  name: 'http-proxy-agent',
  version: '9.1.0',
  modules: ['http-proxy-agent'],
  creators: [
    {
      api: 'HttpProxyAgent',
      invoke: 'new',
      makes: 'agent',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
      generic: true,
      close: [
        { method: 'destroy', async: false, mode: 'forced', note: 'inherited from http.Agent: destroys sockets in use as well' },
      ],
      dispose: { sync: false, async: false },
      cost: 'opens connections to the proxy that no other request can reuse',
      note: 'keepAlive is off by default, so that even a shared agent opens a connection per request; with keepAlive: true an agent per request leaves each connection open.',
    },
  ],
  cheap: [],
  keepAlive: [{ option: 'keepAlive', argument: 1, default: false }],
  limits: agentLimits({ argument: 1 }).filter(({ option }) => option === 'maxSockets'),
  holdsProcess: 'no',
  notes: [],
};
