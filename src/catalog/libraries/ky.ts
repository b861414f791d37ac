import { fetchResponse, READ_RESPONSE } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';

const instance = 'default,create(),extend(),new KyInstance()';

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
  holdsProcess: 'no',
  notes: ['ky has nothing to close.'],
};
