import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor, OptionPlace } from '../descriptor.js';

const PLACES: readonly OptionPlace[] = [
  { api: '{get,head}', argument: 1, holds: 'call' },
  { api: '{post,put,patch,delete}', argument: 2, holds: 'call' },
  { api: '{default,request}', argument: 3, holds: 'call' },
];

/** needle owns no sockets: the agent passed to it does. */
export const needle: LibraryDescriptor = {
  name: 'needle',
  version: '3.5.0',
  modules: ['needle'],
  creators: [],
  cheap: [
    { api: 'default', why: 'uses the globalAgent of Node unless an agent is passed' },
    { api: '{get,head,post,put,patch,delete,request}', why: 'uses the globalAgent of Node unless an agent is passed' },
  ],
  transfers: [
    { api: '{get,head}', argument: 1, property: 'agent', takesOver: false },
    { api: '{post,put,patch,delete}', argument: 2, property: 'agent', takesOver: false },
    { api: '{default,request}', argument: 2, property: 'agent', takesOver: false },
    { api: '{default,request}', argument: 3, property: 'agent', takesOver: false },
  ],
  responses: [
    {
      ...nodeStream('', {
        inspects: ['on:header', 'on:headers', 'on:response', 'on:redirect', 'on:done', 'on:err', 'on:timeout'],
      }),
      api: '{get,head,post,put,patch,delete,request}',
      managedBy: [1, 2, 3, 4],
      delivery: [{ by: 'return' }],
      unread: 'holds-socket-when-large',
      freeBelow: 32 * 1024,
      empty: 'frees-itself',
      signals: [
        { argument: 1, property: 'signal' },
        { argument: 2, property: 'signal' },
      ],
      discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
      note: 'JSON is read by needle itself unless parse is off; needle(method, url) gives a promise of a response that was read',
    },
  ],
  timeouts: [
    {
      option: 'open_timeout',
      aliases: ['timeout'],
      of: [],
      at: PLACES,
      covers: ['connect'],
      misses: ['headers', 'body'],
      unit: 'ms',
      default: 10_000,
      zero: 'unlimited',
      note: 'timeout is its other name, and covers no more: a server that accepts and never answers is waited for without end',
    },
    {
      option: 'response_timeout',
      of: [],
      at: PLACES,
      covers: ['headers'],
      misses: ['body'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
    },
    {
      option: 'read_timeout',
      of: [],
      at: PLACES,
      covers: ['body'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
    },
  ],
  waits: [
    {
      calls: PLACES.map(({ api }) => api),
      for: 'request',
      default: 'none',
      endedBy: ['response_timeout', 'read_timeout'],
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'needle has no client object to close: destroy the agent that was passed (a keep-alive agent per call left its socket open).',
    'Whether it keeps the process alive is unverified.',
  ],
};
