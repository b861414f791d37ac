import { nodeStream } from '../bodies.js';
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
  responses: [
    {
      ...nodeStream('body', {
        consumers: ['json', 'text', 'arrayBuffer', 'blob', 'buffer', 'textConverted'],
        inspects: ['ok', 'status', 'statusText', 'headers', 'url', 'redirected', 'type', 'bodyUsed', 'size', 'timeout'],
      }),
      api: 'default',
      delivery: [{ by: 'promise' }],
      nullable: true,
      clone: { method: 'clone', reads: 'both' },
      unread: 'holds-socket-when-large',
      freeBelow: 16 * 1024,
      empty: 'frees-itself',
      signals: [{ argument: 1, property: 'signal' }],
      discard: { template: '{body}?.resume()', awaits: false, effect: 'reads' },
      note: 'in version 2 body.destroy() and leaving a loop over a large body do not free its socket; formData() of another kind of body leaves it unread',
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: [{ api: 'default', argument: 1, holds: 'call' }],
      covers: ['connect', 'headers', 'body'],
      misses: ['request'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      versions: '<3',
      note: 'once up to the headers, and once more for the body',
    },
    {
      option: 'signal',
      of: [],
      at: [{ api: 'default', argument: 1, holds: 'call' }],
      covers: ['acquire', 'connect', 'request'],
      unit: 'signal',
      default: 'none',
    },
  ],
  waits: [{ calls: ['default'], for: 'request', default: 'none', endedBy: ['timeout', 'signal'] }],
  ignored: [
    {
      calls: ['default'],
      option: 'timeout',
      argument: 1,
      because: 'removed',
      leaves: 'the request has no timeout',
      instead: 'signal',
      versions: '>=3',
    },
  ],
  connectionPerRequest: [
    {
      calls: ['default'],
      when: ['headers.Connection', 'headers.connection'].map((property) => ({
        test: 'property-matches',
        argument: 1,
        property,
        pattern: /^close$/iu,
      })),
      does: 'closes the connection after the answer',
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'Version 2 lets the process end, also with an unread body; version 3 is unverified.',
    'A keep-alive agent per call leaves its socket open.',
  ],
};
