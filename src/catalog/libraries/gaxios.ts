import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';

/** gaxios owns no sockets except for proxies and client certificates. */
export const gaxios: LibraryDescriptor = {
  name: 'gaxios',
  version: '7.3.1',
  modules: ['gaxios'],
  creators: [],
  cheap: [
    { api: 'Gaxios', why: 'keeps agents only for proxies and client certificates' },
    { api: 'request', why: 'goes through node-fetch and the globalAgent of Node' },
  ],
  transfers: [{ api: '{request,instance.request,new Gaxios().request}', argument: 0, property: 'agent', takesOver: false }],
  responses: [
    {
      ...nodeStream('data', { inspects: ['status', 'statusText', 'headers', 'config', 'ok', 'url'] }),
      api: '{request,instance.request,new Gaxios().request}',
      when: [{ test: 'property-is', argument: 0, property: 'responseType', values: ['stream'] }],
      delivery: [{ by: 'promise' }],
      unread: 'holds-socket-when-large',
      freeBelow: 16_000,
      empty: 'frees-itself',
      discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
      note: 'the other response types are read by gaxios, also those of failed requests',
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: [
        { api: 'Gaxios', argument: 0, holds: 'client' },
        { api: '{request,instance.request,new Gaxios().request}', argument: 0, holds: 'call' },
      ],
      covers: ['acquire', 'connect', 'request'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
    },
  ],
  waits: [
    {
      calls: ['{request,instance.request,new Gaxios().request}'],
      for: 'request',
      default: 'none',
      endedBy: ['timeout'],
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'Gaxios has no close.',
    'googleapis 178.0.0 brings gaxios 7.1.3, @google-cloud/storage 6.7.1. Whether it keeps the process alive is unverified.',
  ],
};
