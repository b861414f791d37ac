import type { LibraryDescriptor } from '../descriptor.js';

/** Anthropic clients own no sockets: a dispatcher passed to them does. */
export const anthropic: LibraryDescriptor = {
  name: '@anthropic-ai/sdk',
  version: '1.11.0',
  modules: ['@anthropic-ai/sdk'],
  creators: [],
  cheap: [
    { api: 'default', why: 'goes through the global fetch; a new dispatcher in fetchOptions would own sockets' },
    { api: 'Anthropic', why: 'goes through the global fetch; a new dispatcher in fetchOptions would own sockets' },
    { api: 'new default().withOptions', why: 'copies options only' },
    { api: 'new Anthropic().withOptions', why: 'copies options only' },
  ],
  transfers: [
    { api: 'new default()', argument: 0, property: 'fetchOptions.dispatcher', takesOver: false },
    { api: 'new Anthropic()', argument: 0, property: 'fetchOptions.dispatcher', takesOver: false },
  ],
  holdsProcess: 'unknown',
  notes: [
    'There is nothing to close.',
    'Whether it keeps the process alive is unverified (openai, which is built the same way, does not).',
  ],
};
