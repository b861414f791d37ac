import { fetchResponse, nodeStream } from '../bodies.js';
import type { Creator, LibraryDescriptor, ResponseSemantics } from '../descriptor.js';

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

const dispatchers =
  'new {Agent,Pool,Client,BalancedPool,RoundRobinPool,ProxyAgent,EnvHttpProxyAgent,Socks5ProxyAgent,H2CClient,RetryAgent,Dispatcher}()';

// The options are the second argument of the functions and the first one of the methods of a dispatcher.
const requested = (api: string, options: number): ResponseSemantics => ({
  ...nodeStream('body', {
    consumers: ['body.json', 'body.text', 'body.arrayBuffer', 'body.blob', 'body.bytes', 'body.dump'],
    inspects: ['statusCode', 'statusText', 'headers', 'trailers', 'opaque', 'context', 'body.bodyUsed', 'body.formData'],
  }),
  api,
  delivery: [{ by: 'promise' }, { by: 'callback', argument: -1, parameter: 1 }],
  unless: [{ test: 'property-is', argument: options, property: 'method', values: ['HEAD', 'head'] }],
  unread: 'holds-socket-when-large',
  freeBelow: 64 * 1024,
  empty: 'frees-itself',
  collected: false,
  signals: [{ argument: options, property: 'signal' }],
  ...(options === 0 ? { ends: { client: ['destroy'] } } : {}),
  discard: { template: 'await {body}.dump()', awaits: true, effect: 'reads-or-closes' },
  note: 'body.formData() throws and leaves the body unread; dump() reads up to 128 KB and closes the socket of a larger body; close() of the dispatcher waits for ever for a large body nobody reads',
});
const piped = (api: string, options: number): ResponseSemantics => ({
  ...nodeStream('', { inspects: ['write', 'end', 'cork', 'uncork', 'on:drain', 'on:finish'] }),
  api,
  delivery: [{ by: 'return' }],
  unread: 'holds-socket-when-large',
  empty: 'frees-itself',
  signals: [{ argument: options, property: 'signal' }],
  discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
  note: 'the stream it gives back has to be read',
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
  responses: [
    requested('request', 1),
    requested(`${dispatchers}.request`, 0),
    requested(`${dispatchers}.compose().request`, 0),
    requested('getGlobalDispatcher().request', 0),
    {
      ...fetchResponse,
      api: 'fetch',
      delivery: [{ by: 'promise' }],
      unless: [{ test: 'property-is', argument: 1, property: 'method', values: ['HEAD', 'head'] }],
      signals: [{ argument: 1, property: 'signal' }],
    },
    piped('pipeline', 1),
    piped(`${dispatchers}.pipeline`, 0),
  ],
  holdsProcess: 'no',
  notes: [
    'A dispatcher of undici 8 passed as {dispatcher} to the global fetch of Node 22 and 24 fails; those of undici 5, 6 and 7 work. setGlobalDispatcher of all of them affects the global fetch.',
    'stream() writes the body to a sink: nothing is left to read. Every HEAD request closes its connection.',
    'Idle sockets close after 4 s, or 2 s before the time a server hints at.',
  ],
};
