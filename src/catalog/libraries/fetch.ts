import { fetchResponse } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';
import { globalDispatcher } from '../global-dispatcher.js';

const CALL = '{fetch,globalThis.fetch,global.fetch}';

/** The fetch of Node itself. */
export const fetch: LibraryDescriptor = {
  name: 'fetch',
  version: 'bundled undici 5.29.0 (Node 18), 6.24.1 (20), 6.28.1 (22), 7.29.1 (24)',
  modules: ['<global>'],
  globals: ['fetch', 'globalThis', 'global'],
  creators: [],
  cheap: [
    {
      api: '{fetch,globalThis.fetch}',
      why: 'uses the process-wide dispatcher unless {dispatcher} is passed, which owns the sockets',
    },
  ],
  transfers: [
    {
      api: '{fetch,globalThis.fetch}',
      argument: 1,
      property: 'dispatcher',
      takesOver: false,
      note: 'a dispatcher made for one call keeps its sockets after it',
    },
  ],
  responses: [
    {
      ...fetchResponse,
      api: '{fetch,globalThis.fetch,global.fetch}',
      ofPlatform: true,
      delivery: [{ by: 'promise' }],
      unless: [{ test: 'property-is', argument: 1, property: 'method', values: ['HEAD', 'head'] }],
      signals: [{ argument: 1, property: 'signal' }],
      note: 'a body below 16 KB (Node 20), 64 KB (22, 24) or 80 KB (18) frees its socket unread; formData() of another kind of body reads it and rejects, on Node 18 without reading it',
    },
  ],
  timeouts: [
    {
      option: 'signal',
      of: [],
      at: [{ api: CALL, argument: 1, holds: 'call' }],
      covers: ['acquire', 'connect', 'request'],
      unit: 'signal',
      default: 'none',
      note: 'goes on after the answer has arrived: it ends an unread body too',
    },
  ],
  waits: [
    {
      calls: [CALL],
      for: 'request',
      default: 300_000,
      nominal: true,
      setBy: globalDispatcher,
      endedBy: ['signal'],
      note: 'the connection may take 10 s, the headers 300 s and each silence in the body 300 s; the whole has no limit',
    },
  ],
  ignored: [
    {
      calls: [CALL],
      option: 'timeout',
      argument: 1,
      because: 'other-name',
      leaves: 'the request has no timeout',
      instead: 'signal',
    },
    {
      calls: [CALL],
      option: 'agent',
      argument: 1,
      because: 'other-name',
      leaves: 'the request goes through the global dispatcher',
      instead: 'dispatcher',
    },
  ],
  connectionPerRequest: [
    {
      calls: [CALL],
      when: ['headers.Connection', 'headers.connection'].map((property) => ({
        test: 'property-matches',
        argument: 1,
        property,
        pattern: /^close$/iu,
      })),
      does: 'closes the connection after the answer',
    },
  ],
  holdsProcess: 'no',
  notes: [
    'The process-wide dispatcher is shared with the undici package: its setGlobalDispatcher() and getGlobalDispatcher() reach it. There is no other handle to close.',
    'fetch has no timeout option: {timeout} is ignored.',
  ],
};
