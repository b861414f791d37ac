import type { LibraryDescriptor } from '../descriptor.js';

/** OpenAI clients own no sockets: a dispatcher passed to them does. */
export const openai: LibraryDescriptor = {
  name: 'openai',
  version: '6.49.0',
  modules: ['openai'],
  creators: [],
  cheap: [
    { api: 'default', why: 'goes through the global fetch; a new dispatcher in fetchOptions would own sockets' },
    { api: 'OpenAI', why: 'goes through the global fetch; a new dispatcher in fetchOptions would own sockets' },
    { api: 'new default().withOptions', why: 'copies options only' },
    { api: 'new OpenAI().withOptions', why: 'copies options only' },
  ],
  transfers: [
    { api: 'new default()', argument: 0, property: 'fetchOptions.dispatcher', takesOver: false },
    { api: 'new OpenAI()', argument: 0, property: 'fetchOptions.dispatcher', takesOver: false },
  ],
  holdsProcess: 'no',
  notes: ['There is nothing to close.', 'The httpAgent option of older versions does not exist any more in openai 6.'],
};
