import type { LibraryDescriptor } from '../descriptor.js';

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
  holdsProcess: 'unknown',
  notes: [
    'needle has no client object to close: destroy the agent that was passed (a new agent per call was not run; taken from axios).',
    'Whether it keeps the process alive is unverified.',
  ],
};
