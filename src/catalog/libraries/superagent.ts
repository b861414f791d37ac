import { nodeStream } from '../bodies.js';
import type { LibraryDescriptor } from '../descriptor.js';

const TIMEOUT = '{default,get,head,post,put,patch,del,delete}().timeout';

/** superagent owns no sockets. */
export const superagent: LibraryDescriptor = {
  name: 'superagent',
  version: '10.4.2',
  modules: ['superagent'],
  creators: [],
  cheap: [
    { api: 'agent', why: 'holds cookies and defaults, no sockets' },
    { api: 'default', why: 'opens one connection and closes it; nothing is kept' },
    { api: '{get,head,post,put,patch,del,delete}', why: 'opens one connection and closes it; nothing is kept' },
  ],
  responses: [
    {
      ...nodeStream(''),
      api: '{default,get,head,post,put,patch,del,delete}().buffer',
      delivery: [{ by: 'promise' }],
      unread: 'frees-itself',
      empty: 'frees-itself',
      discard: { template: '{body}.destroy()', awaits: false, effect: 'closes' },
      note: 'with buffer(false) a large body nobody read left no socket open; otherwise the library reads it',
    },
  ],
  timeouts: [
    {
      option: 'deadline',
      of: [],
      at: [
        { api: TIMEOUT, argument: 0, property: '', holds: 'call' },
        { api: TIMEOUT, argument: 0, holds: 'call' },
      ],
      covers: ['connect', 'request'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      false: 'unlimited',
      note: 'a number is the deadline',
    },
    {
      option: 'response',
      of: [],
      at: [{ api: TIMEOUT, argument: 0, holds: 'call' }],
      covers: ['connect', 'headers'],
      misses: ['body', 'request'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
    },
  ],
  waits: [
    {
      calls: ['{default,get,head,post,put,patch,del,delete}'],
      for: 'request',
      default: 'none',
      endedBy: ['deadline', 'response'],
    },
  ],
  connectionPerRequest: [
    {
      calls: ['{default,get,head,post,put,patch,del,delete}'],
      when: [],
      does: 'opens a connection for every request',
      instead: '.agent(new http.Agent({ keepAlive: true }))',
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'Every request opens a connection of its own, always (agent: false is its default): connections are only reused with .agent(new http.Agent({ keepAlive: true })).',
    'req.abort() ends one request; there is nothing else to close.',
    'Whether it keeps the process alive is unverified.',
  ],
};
