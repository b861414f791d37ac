import type { LibraryDescriptor } from '../descriptor.js';
import { agentLimits } from '../pools/node-agent.js';

/** Agent for requests through a proxy. */
export const socksProxyAgent: LibraryDescriptor = {
  name: 'socks-proxy-agent',
  version: '10.1.0',
  modules: ['socks-proxy-agent'],
  creators: [
    {
      api: 'SocksProxyAgent',
      invoke: 'new',
      makes: 'agent',
      holds: 'sockets',
      connects: 'lazy',
      throwsWithoutConfig: true,
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
  timeouts: [
    {
      option: 'timeout',
      argument: 1,
      covers: ['connect'],
      unit: 'ms',
      default: 30_000,
      note: 'the connection through the proxy; where it is given, as long a silence on the socket ends the request too',
    },
  ],
  holdsProcess: 'no',
  notes: ['ESM only.', 'The proxy runs were made with http-proxy-agent; the agents of this family are all http.Agent.'],
};
