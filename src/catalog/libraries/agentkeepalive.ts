import type { Creator, LibraryDescriptor } from '../descriptor.js';
import { agentLimits } from '../pools/node-agent.js';

const agent = (api: string): Creator => ({
  api,
  invoke: 'new',
  makes: 'agent',
  holds: 'sockets',
  connects: 'lazy',
  close: [
    { method: 'destroy', async: false, mode: 'forced', note: 'inherited from http.Agent: destroys sockets in use as well' },
  ],
  dispose: { sync: false, async: false },
  cost: 'keeps sockets of its own that no other request can reuse',
});

/** Keep-alive agents. */
export const agentkeepalive: LibraryDescriptor = {
  name: 'agentkeepalive',
  version: '4.6.0',
  modules: ['agentkeepalive'],
  creators: [agent('default'), agent('{HttpAgent,HttpsAgent}')],
  cheap: [],
  limits: agentLimits({}).filter(({ option }) => option !== 'maxTotalSockets'),
  timeouts: [
    {
      option: 'timeout',
      covers: ['socket'],
      misses: ['acquire'],
      unit: 'ms',
      default: 8_000,
      measures: 'silence',
      text: 'literal',
      note: 'unlike with the agent of Node the request fails: ERR_SOCKET_TIMEOUT. Twice freeSocketTimeout where that is more.',
    },
    {
      option: 'freeSocketTimeout',
      aliases: ['keepAliveTimeout', 'freeSocketKeepAliveTimeout'],
      covers: ['idle'],
      unit: 'ms',
      default: 4_000,
      text: 'literal',
      note: 'the other names are deprecated, with a line on the console (source)',
    },
    {
      option: 'socketActiveTTL',
      covers: ['lifetime'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      null: 'unlimited',
    },
  ],
  recycling: [
    {
      idle: 4_000,
      lifetime: 'none',
      validates: 'socket',
      boundedBy: ['freeSocketTimeout', 'socketActiveTTL'],
    },
  ],
  keepAlive: [{ option: 'keepAlive', default: true }],
  holdsProcess: 'no',
  notes: ['Idle sockets close after 4 s; a socket in use fails after 8 s of silence with ERR_SOCKET_TIMEOUT.'],
};
