import type { Creator, LibraryDescriptor } from '../descriptor.js';

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
  holdsProcess: 'no',
  notes: ['Idle sockets close after 4 s; a socket in use fails after 8 s of silence with ERR_SOCKET_TIMEOUT.'],
};
