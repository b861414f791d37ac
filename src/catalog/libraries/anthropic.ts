import { fetchBody, fetchResponse } from '../bodies.js';
import type { LibraryDescriptor, OptionPlace } from '../descriptor.js';

const client = '{new default(),new Anthropic()}';
const streaming = `${client}.{messages,beta.messages}.create`;

const CREATE = streaming;
const PLACES: readonly OptionPlace[] = [
  { api: '{default,Anthropic}', argument: 0, holds: 'client' },
  { api: CREATE, argument: 1, holds: 'call' },
];

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
  limits: [
    {
      option: 'maxRetries',
      of: [],
      at: PLACES,
      bounds: 'attempts',
      default: 2,
      evidence: 'source',
      note: 'retries after the first attempt',
    },
  ],
  timeouts: [
    {
      option: 'timeout',
      of: [],
      at: PLACES,
      covers: ['connect', 'headers'],
      misses: ['body'],
      unit: 'ms',
      default: 600_000,
      measures: 'attempt',
      zero: { means: 'immediate', does: 'lets every request fail at once' },
      note: 'three attempts by default, so half an hour; a body that stalls is waited for without end (run with openai, which is built the same way)',
    },
    {
      option: 'signal',
      of: [],
      at: [{ api: CREATE, argument: 1, holds: 'call' }],
      covers: ['connect', 'request'],
      unit: 'signal',
      default: 'none',
      evidence: 'docs',
    },
  ],
  waits: [{ calls: [CREATE], for: 'request', default: 600_000, endedBy: ['timeout', 'signal'] }],
  holdsProcess: 'unknown',
  notes: [
    'There is nothing to close.',
    'Whether it keeps the process alive is unverified (openai, which is built the same way, does not).',
  ],
};
