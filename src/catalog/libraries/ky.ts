import { fetchResponse, READ_RESPONSE } from '../bodies.js';
import type { LibraryDescriptor, OptionPlace } from '../descriptor.js';

const instance = 'default,create(),extend(),new KyInstance()';

const PLACES: readonly OptionPlace[] = [
  { api: '{create,extend}', argument: 0, holds: 'client' },
  { api: '{default,create(),extend(),new KyInstance()}', argument: 1, holds: 'call' },
  { api: '{default,create(),extend(),new KyInstance()}.{get,post,put,patch,delete,head}', argument: 1, holds: 'call' },
];

/** ky works over the global fetch. */
export const ky: LibraryDescriptor = {
  name: 'ky',
  version: '1.14.3',
  modules: ['ky'],
  creators: [],
  cheap: [
    { api: '{create,extend}', why: 'holds defaults and hooks only; requests go through the global fetch' },
    { api: 'default', why: 'goes through the global fetch' },
  ],
  responses: [`{${instance}}`, `{${instance}}.{get,post,put,patch,delete}`].map((api) => ({
    ...fetchResponse,
    api,
    ofPlatform: true,
    delivery: [{ by: 'promise' }],
    promiseConsumers: READ_RESPONSE,
    unless: [{ test: 'property-is', argument: 1, property: 'method', values: ['HEAD', 'head'] }],
    signals: [{ argument: 1, property: 'signal' }],
    rejection: {
      body: 'response.body',
      unless: [{ test: 'property-is', argument: 1, property: 'throwHttpErrors', values: [false] }],
    },
  })),
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: PLACES,
      covers: ['connect', 'headers'],
      misses: ['body'],
      unit: 'ms',
      default: 10_000,
      zero: { means: 'immediate', does: 'lets the request fail at once' },
      false: 'unlimited',
      note: 'a body that stalls is waited for without end',
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
      default: 10_000,
      endedBy: ['timeout', 'signal'],
    },
  ],
  holdsProcess: 'no',
  notes: ['ky has nothing to close.'],
};
