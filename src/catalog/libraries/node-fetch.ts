import type { LibraryDescriptor } from '../descriptor.js';

/** node-fetch owns no sockets: the agent passed to it does. */
export const nodeFetch: LibraryDescriptor = {
  name: 'node-fetch',
  version: '3.3.2 and 2.7.0',
  modules: ['node-fetch'],
  creators: [],
  cheap: [
    { api: 'default', why: 'uses the globalAgent of Node unless an agent is passed' },
    { api: 'Request', why: 'holds options only' },
  ],
  transfers: [
    {
      api: 'default',
      argument: 1,
      property: 'agent',
      takesOver: false,
      note: 'there is no client object: destroy the agent that was passed',
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'Version 2 lets the process end, also with an unread body; version 3 is unverified.',
    'A new agent per call was not run; it is taken from axios, which works the same way.',
  ],
};
