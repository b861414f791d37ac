import { fetchResponse, webStream } from '../bodies.js';
import type { LibraryDescriptor, OptionPlace } from '../descriptor.js';
import { globalDispatcher } from '../global-dispatcher.js';

const PLACES: readonly OptionPlace[] = [
  { api: '{ofetch,$fetch}.create', argument: 0, holds: 'client' },
  { api: '{ofetch,$fetch,ofetch.create(),$fetch.create()}', argument: 1, holds: 'call' },
  { api: '{ofetch,$fetch,ofetch.create(),$fetch.create()}.raw', argument: 1, holds: 'call' },
];

/** ofetch works over the global fetch. */
export const ofetch: LibraryDescriptor = {
  name: 'ofetch',
  version: '1.5.1',
  modules: ['ofetch'],
  creators: [],
  cheap: [
    { api: 'ofetch.create', why: 'holds defaults only; requests go through the global fetch where there is one' },
    { api: '{ofetch,ofetch.raw}', why: 'goes through the global fetch where there is one' },
  ],
  responses: [
    {
      ...webStream,
      api: '{ofetch,$fetch,ofetch.create(),$fetch.create()}',
      when: [{ test: 'property-is', argument: 1, property: 'responseType', values: ['stream'] }],
      ofPlatform: true,
      delivery: [{ by: 'promise' }],
      signals: [{ argument: 1, property: 'signal' }],
      rejection: { body: 'response.body' },
      note: 'the other response types are read by ofetch, also those of failed requests',
    },
    {
      ...fetchResponse,
      api: '{ofetch,$fetch,ofetch.create(),$fetch.create()}.raw',
      when: [{ test: 'property-is', argument: 1, property: 'responseType', values: ['stream'] }],
      ofPlatform: true,
      delivery: [{ by: 'promise' }],
      signals: [{ argument: 1, property: 'signal' }],
      rejection: { body: 'response.body' },
      note: 'the other response types are read by ofetch into _data',
    },
    {
      ...fetchResponse,
      api: '{ofetch,$fetch}.native',
      ofPlatform: true,
      delivery: [{ by: 'promise' }],
      unless: [{ test: 'property-is', argument: 1, property: 'method', values: ['HEAD', 'head'] }],
      signals: [{ argument: 1, property: 'signal' }],
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: PLACES,
      covers: ['connect', 'headers'],
      misses: ['body'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
    },
    {
      option: 'signal',
      of: [],
      at: PLACES,
      covers: ['acquire', 'connect', 'request'],
      unit: 'signal',
      default: 'none',
    },
  ],
  waits: [
    {
      calls: PLACES.filter(({ holds }) => holds === 'call').map(({ api }) => api),
      for: 'request',
      default: 300_000,
      nominal: true,
      setBy: globalDispatcher,
      endedBy: ['timeout', 'signal'],
      note: 'the connection may take 10 s, the headers 300 s and each silence in the body 300 s; the whole has no limit',
    },
  ],
  holdsProcess: 'no',
  notes: ['ofetch has nothing to close.'],
};
