import type { LibraryDescriptor } from '../descriptor.js';
import { tarnNumber, tarnTimeouts } from '../pools/tarn.js';

/** tarn, a pool of anything. */
export const tarn: LibraryDescriptor = {
  name: 'tarn',
  version: '3.1.2',
  modules: ['tarn'],
  creators: [
    {
      api: 'Pool',
      invoke: 'new',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      generic: true,
      close: [{ method: 'destroy', async: true, mode: 'graceful', note: 'waits for resources in use' }],
      dispose: { sync: false, async: false },
      cost: 'makes up to max resources of its own',
      note: 'what it holds depends on create()',
    },
  ],
  checkouts: [
    {
      api: 'new Pool().acquire',
      returnsPromise: false,
      result: 'promise',
      release: ['pool.release'],
      secondRelease: 'ignored',
      note: 'acquire() gives back an object whose promise is the resource; a second release() returns false',
    },
  ],
  cheap: [],
  limits: [
    {
      option: 'max',
      bounds: 'connections',
      default: null,
      ...tarnNumber('throws: it has to be an integer above 0'),
      undefined: { means: 'throws', does: 'throws: it has to be an integer above 0' },
      note: 'has to be given',
    },
    {
      option: 'min',
      bounds: 'min',
      default: null,
      ...tarnNumber('throws: it has to be an integer of at least 0'),
      zero: 'none',
      infinity: { means: 'throws', does: 'throws: it is larger than max' },
      undefined: { means: 'throws', does: 'throws: it has to be an integer of at least 0' },
      note: 'has to be given',
    },
  ],
  timeouts: tarnTimeouts({}, { acquire: 30_000, does: 'throws: it has to be a positive whole number' }),
  waits: [{ for: 'acquire', default: 30_000, endedBy: ['acquireTimeoutMillis'] }],
  relations: [{ kind: 'at-most', left: 'min', right: 'max', given: 'both', otherwise: 'the constructor throws' }],
  recycling: [
    {
      idle: 30_000,
      keeps: 'min',
      lifetime: 'none',
      validates: 'none',
      boundedBy: ['idleTimeoutMillis'],
      note: 'with a validate function it is called before each is handed out',
    },
  ],
  ignored: ['acquire', 'idle', 'maxUses'].map((option) => ({
    option,
    because: 'other-name' as const,
    does: 'throws: tarn does not know it',
  })),
  holdsProcess: 'unknown',
  notes: ['acquire() after destroy() hung as long as it was observed (300 ms)'],
};
