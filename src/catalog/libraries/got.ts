import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor, ResponseSemantics } from '../descriptor.js';

const streamed = (more: Pick<ResponseSemantics, 'api'> & Partial<ResponseSemantics>): ResponseSemantics => ({
  ...nodeStream('', {
    inspects: ['on:response', 'on:redirect', 'on:request', 'on:retry', 'on:uploadProgress', 'on:downloadProgress', 'response'],
  }),
  delivery: [{ by: 'return' }],
  unread: 'holds-socket',
  empty: 'frees-itself',
  signals: [
    { argument: 0, property: 'signal' },
    { argument: 1, property: 'signal' },
  ],
  discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
  note: 'the promise API reads the body itself; Symbol.asyncDispose frees the socket of an unread body and rejects',
  ...more,
});
const instance = 'default,got,extend(),got.extend(),new Got()';

/** got owns no sockets: the agents passed to it do. */
export const got: LibraryDescriptor = {
  name: 'got',
  version: '14.6.6',
  modules: ['got'],
  creators: [],
  cheap: [
    { api: '{extend,got.extend}', why: 'holds options and hooks only; a new agent in its options would own sockets' },
    { api: 'default', why: 'uses the globalAgent of Node unless an agent is passed' },
    { api: '*', why: 'uses the globalAgent of Node unless an agent is passed' },
    { api: 'got.*', why: 'uses the globalAgent of Node unless an agent is passed' },
  ],
  transfers: ['http', 'https', 'http2'].flatMap((protocol) => [
    { api: '{extend,got.extend}', argument: 0, property: `agent.${protocol}`, takesOver: false },
    { api: 'default', argument: 1, property: `agent.${protocol}`, takesOver: false },
    { api: '{got,get,post,put,patch,head,delete,stream}', argument: 1, property: `agent.${protocol}`, takesOver: false },
    { api: 'got.{get,post,put,patch,head,delete,stream}', argument: 1, property: `agent.${protocol}`, takesOver: false },
  ]),
  responses: [
    streamed({ api: `{${instance}}.stream` }),
    streamed({ api: `{${instance}}.stream.{get,post,put,patch,head,delete}` }),
    streamed({
      api: `{${instance}}`,
      when: [{ test: 'property-is', argument: 1, property: 'isStream', values: [true] }],
    }),
  ],
  holdsProcess: 'no',
  notes: ['ESM only. got has no close: destroy the agent that was passed.', 'got.stream emits error, which needs a listener.'],
};
