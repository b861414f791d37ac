import type { LibraryDescriptor } from '../descriptor.js';

/** HTTP/2 client sessions of node:http2. */
export const nodeHttp2: LibraryDescriptor = {
  name: 'node:http2',
  version: 'Node 20.20.2 (dispose also 24)',
  modules: ['http2'],
  creators: [
    {
      api: 'connect',
      invoke: 'call',
      makes: 'multiplexed',
      holds: 'sockets',
      connects: 'eager',
      throwsWithoutConfig: true,
      close: [
        {
          method: 'close',
          async: true,
          mode: 'graceful',
          note: 'takes a callback and lets open streams end; gives back no promise',
        },
        { method: 'destroy', async: false, mode: 'forced' },
      ],
      dispose: {
        sync: false,
        async: false,
        note: 'the session has neither on Node 20 and 24; a request stream has asyncDispose',
      },
      errorEvent: { event: 'error', crashesProcess: true, note: 'a refused connection ends the process' },
      cost: 'opens a TCP or TLS session of its own, although one session carries many requests to the same authority',
    },
  ],
  cheap: [{ api: 'connect().request', why: 'a stream on the session' }],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: [
        { api: 'connect().setTimeout', argument: 0, property: '', holds: 'client' },
        { api: 'connect().request().setTimeout', argument: 0, property: '', holds: 'call' },
      ],
      covers: ['socket'],
      unit: 'ms',
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      needs: {
        by: 'listener',
        event: 'timeout',
        ends: ['destroy', 'close'],
        otherwise: 'only emits an event: the session goes on',
      },
    },
  ],
  holdsProcess: 'always',
  notes: ['One session belongs to one authority: share it per authority.'],
};
