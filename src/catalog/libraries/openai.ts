import { fetchBody, fetchResponse } from '../bodies.js';
import type { LibraryDescriptor, OptionPlace } from '../descriptor.js';

const client = '{new default(),new OpenAI()}';
const streaming = `${client}.{chat.completions,completions,responses}.create`;

const CREATE = '{new default(),new OpenAI()}.{chat.completions,completions,responses,embeddings}.create';
const PLACES: readonly OptionPlace[] = [
  { api: '{default,OpenAI}', argument: 0, holds: 'client' },
  { api: CREATE, argument: 1, holds: 'call' },
];

/** OpenAI clients own no sockets: a dispatcher passed to them does. */
export const openai: LibraryDescriptor = {
  name: 'openai',
  version: '6.49.0',
  modules: ['openai'],
  creators: [],
  cheap: [
    { api: 'default', why: 'goes through the global fetch; a new dispatcher in fetchOptions would own sockets' },
    { api: 'OpenAI', why: 'goes through the global fetch; a new dispatcher in fetchOptions would own sockets' },
    { api: 'new default().withOptions', why: 'copies options only' },
    { api: 'new OpenAI().withOptions', why: 'copies options only' },
  ],
  transfers: [
    { api: 'new default()', argument: 0, property: 'fetchOptions.dispatcher', takesOver: false },
    { api: 'new OpenAI()', argument: 0, property: 'fetchOptions.dispatcher', takesOver: false },
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
    ...[`${client}.{files.content,audio.speech.create}`, `${streaming}().asResponse`].map((api) => ({
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
      note: 'three attempts by default, so half an hour; a body that stalls is waited for without end',
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

  ignored: [
    {
      calls: ['default', 'OpenAI'],
      option: 'httpAgent',
      because: 'removed',
      instead: 'fetchOptions.dispatcher',
      versions: '>=6',
      note: 'the dispatcher is one of undici',
    },
  ],
  holdsProcess: 'no',
  notes: ['There is nothing to close.', 'The httpAgent option of older versions does not exist any more in openai 6.'],
};
