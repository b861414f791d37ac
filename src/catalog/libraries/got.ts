import type { LibraryDescriptor } from '../descriptor.js';

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
  holdsProcess: 'no',
  notes: ['ESM only. got has no close: destroy the agent that was passed.', 'got.stream emits error, which needs a listener.'],
};
