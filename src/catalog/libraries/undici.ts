import type { Creator, LibraryDescriptor } from '../descriptor.js';

const dispatcher = (api: string, makes: Creator['makes'], more: Partial<Creator> = {}): Creator => ({
  api,
  invoke: 'new',
  makes,
  holds: 'sockets',
  connects: 'lazy',
  close: [
    {
      method: 'close',
      async: true,
      mode: 'graceful',
      note: 'waits for running requests, and for ever for a large body nobody reads; a second call rejects with UND_ERR_DESTROYED',
    },
    { method: 'destroy', async: true, mode: 'forced' },
  ],
  dispose: { sync: false, async: false },
  cost: 'keeps sockets of its own that no other request can reuse',
  ...more,
});

/** undici dispatchers. */
export const undici: LibraryDescriptor = {
  name: 'undici',
  version: '7.30.2 (also 5.29.0, 6.29.1, 8.12.4)',
  modules: ['undici'],
  creators: [
    dispatcher('{Agent,EnvHttpProxyAgent}', 'agent'),
    dispatcher('ProxyAgent', 'agent', { throwsWithoutConfig: true }),
    dispatcher('Socks5ProxyAgent', 'agent', { throwsWithoutConfig: true, versions: '>=7' }),
    dispatcher('Pool', 'pool', { throwsWithoutConfig: true }),
    dispatcher('BalancedPool', 'pool'),
    dispatcher('RoundRobinPool', 'pool', { throwsWithoutConfig: true, versions: '>=7' }),
    dispatcher('Client', 'multiplexed', { throwsWithoutConfig: true, note: 'one socket; requests queue behind each other' }),
    dispatcher('H2CClient', 'multiplexed', { throwsWithoutConfig: true, versions: '>=7' }),
    dispatcher('RetryAgent', 'wrapper', {
      holds: 'nothing',
      cost: 'wraps a dispatcher again',
      note: 'passes every request, close() and destroy() on to the dispatcher it was given',
    }),
  ],
  cheap: [
    { api: '{request,fetch,stream,pipeline,connect,upgrade}', why: 'uses the process-wide dispatcher unless one is passed' },
    { api: 'interceptors.*', why: 'wraps a dispatcher and owns no socket; dns and cache hold state, so create them once' },
    {
      api: 'new {Agent,Pool,Client,BalancedPool,RoundRobinPool,ProxyAgent,EnvHttpProxyAgent,RetryAgent}().compose',
      why: 'wraps the dispatcher and owns no socket',
    },
    { api: 'getGlobalDispatcher', why: 'gives back the process-wide dispatcher' },
    { api: 'MockAgent', why: 'only used in tests' },
  ],
  transfers: [
    { api: 'setGlobalDispatcher', argument: 0, takesOver: true, note: 'lives as long as the process' },
    { api: 'new RetryAgent()', argument: 0, takesOver: true },
    {
      api: '{request,fetch,stream,pipeline,connect,upgrade}',
      argument: 1,
      property: 'dispatcher',
      takesOver: false,
      note: 'a dispatcher made for one call keeps its sockets after it',
    },
  ],
  holdsProcess: 'no',
  notes: [
    'A dispatcher of undici 8 passed as {dispatcher} to the global fetch of Node 22 and 24 fails; those of undici 5, 6 and 7 work. setGlobalDispatcher of all of them affects the global fetch.',
    'Idle sockets close after 4 s, or 2 s before the time a server hints at.',
  ],
};
