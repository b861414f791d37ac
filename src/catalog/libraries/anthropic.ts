import { fetchBody, fetchResponse } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';

const client = '{new default(),new Anthropic()}';
const streaming = `${client}.{messages,beta.messages}.create`;

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
  responses: [
    {
      ...fetchBody,
      api: streaming,
      when: [{ test: 'property-is', argument: 0, property: 'stream', values: [true] }],
      delivery: [{ by: 'promise' }],
      body: '',
      consumers: ['controller.abort'],
      inspects: ['controller', 'controller.signal'],
      signals: [{ argument: 1, property: 'signal' }],
      discard: { template: '{body}.controller.abort()', awaits: false, effect: 'closes' },
      note: 'without stream: true the client reads the body; toReadableStream() and tee() alone read nothing',
    },
    ...[`${client}.beta.files.download`, `${streaming}().asResponse`].map((api) => ({
      ...fetchResponse,
      api,
      delivery: [{ by: 'promise' }] as const,
      signals: [{ argument: 1, property: 'signal' }],
      note: 'gives back a Response',
    })),
  ],
  holdsProcess: 'unknown',
  notes: [
    'There is nothing to close.',
    'Whether it keeps the process alive is unverified (openai, which is built the same way, does not).',
  ],
};
