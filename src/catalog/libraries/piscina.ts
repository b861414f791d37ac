import type { Creator, LibraryDescriptor } from '../descriptor.js';

const pool = (api: string): Creator => ({
  api,
  invoke: 'new',
  makes: 'threads',
  holds: 'threads',
  connects: 'eager',
  close: [
    { method: 'close', async: true, mode: 'graceful', note: 'forced after closeTimeout, 30 s' },
    { method: 'destroy', async: true, mode: 'forced' },
  ],
  dispose: { sync: true, async: true, note: 'both call close()' },
  cost: 'starts worker threads of its own, by default one for every two processors',
});

/** Worker threads of Piscina. */
export const piscina: LibraryDescriptor = {
  name: 'piscina',
  version: '5.3.2',
  modules: ['piscina'],
  creators: [pool('default'), pool('Piscina')],
  cheap: [],
  limits: [
    {
      option: 'maxThreads',
      bounds: 'threads',
      default: null,
      zero: { means: 'throws', does: 'throws: it has to be a positive integer' },
      negative: { means: 'throws', does: 'throws: it has to be a positive integer' },
      note: 'one and a half times the number of CPUs by default',
    },
    {
      option: 'minThreads',
      bounds: 'min',
      default: null,
      zero: 'none',
      negative: { means: 'throws', does: 'throws: it has to be an integer of at least 0' },
      note: 'half the number of CPUs, at least one, by default',
    },
    {
      option: 'maxQueue',
      bounds: 'queue',
      default: 'unlimited',
      zero: { means: 'none', does: 'lets nobody wait: a task is refused while all threads are busy' },
      negative: { means: 'throws', does: 'throws: it has to be an integer of at least 0' },
      null: { means: 'throws', does: 'throws: it has to be an integer of at least 0' },
      infinity: 'unlimited',
    },
    {
      option: 'concurrentTasksPerWorker',
      bounds: 'in-flight',
      default: 1,
      zero: { means: 'throws', does: 'throws: it has to be a positive integer' },
      negative: { means: 'throws', does: 'throws: it has to be a positive integer' },
    },
  ],
  timeouts: [
    {
      option: 'idleTimeout',
      covers: ['idle'],
      unit: 'ms',
      default: 0,
      zero: { means: 'immediate', does: 'stops threads above minThreads as soon as they have nothing to do' },
      negative: { means: 'throws', does: 'throws: it has to be at least 0' },
      infinity: 'unlimited',
    },
    {
      option: 'closeTimeout',
      covers: ['close'],
      unit: 'ms',
      default: 30_000,
      negative: { means: 'throws', does: 'throws: it has to be at least 0' },
    },
    {
      option: 'signal',
      of: [],
      at: [{ api: '{new default(),new Piscina()}.run', argument: 1, holds: 'call' }],
      covers: ['acquire', 'request'],
      unit: 'signal',
      default: 'none',
    },
  ],
  relations: [
    {
      kind: 'at-most',
      left: 'minThreads',
      right: 'maxThreads',
      given: 'both',
      otherwise: 'the constructor throws',
    },
  ],
  holdsProcess: 'no',
  notes: ['minThreads threads start in the constructor; the default is half of the processors, at least one.'],
};
