import type { LibraryDescriptor, UnusualValues, ValueEffect } from '../descriptor.js';

const whole: ValueEffect = { means: 'throws', does: 'throws: it has to be an integer of at least 1' };
const refused: UnusualValues = { zero: whole, negative: whole, null: whole, text: whole, float: whole };

/** Worker threads of workerpool. */
export const workerpool: LibraryDescriptor = {
  name: 'workerpool',
  version: '10.0.3',
  modules: ['workerpool'],
  creators: [
    {
      api: 'pool',
      invoke: 'call',
      makes: 'threads',
      holds: 'threads',
      connects: 'lazy',
      close: [
        { method: 'terminate', async: true, mode: 'graceful', note: 'finishes running tasks; terminate(true) is forced' },
      ],
      dispose: { sync: false, async: false },
      cost: 'starts worker threads of its own, by default up to one for every processor but one',
    },
  ],
  cheap: [],
  limits: [
    {
      option: 'maxWorkers',
      argument: [0, 1],
      bounds: 'threads',
      default: null,
      ...refused,
      infinity: 'unlimited',
      note: 'the number of CPUs less one by default',
    },
    {
      option: 'minWorkers',
      argument: [0, 1],
      bounds: 'min',
      default: 0,
      zero: 'none',
      negative: { means: 'throws', does: 'throws: it has to be an integer of at least 0' },
    },
    {
      option: 'maxQueueSize',
      argument: [0, 1],
      bounds: 'queue',
      default: 'unlimited',
      zero: 'unlimited',
      null: 'unlimited',
      negative: { means: 'fails', does: 'lets every task be refused' },
    },
  ],
  timeouts: [
    {
      option: 'workerTerminateTimeout',
      argument: [0, 1],
      covers: ['close'],
      unit: 'ms',
      default: 1_000,
      zero: 'default',
    },
    {
      option: 'timeout',
      of: [],
      at: [{ api: 'pool().exec().timeout', argument: 0, property: '', holds: 'call' }],
      covers: ['request'],
      unit: 'ms',
      default: 'none',
    },
  ],
  relations: [
    {
      kind: 'at-most',
      left: 'minWorkers',
      right: 'maxWorkers',
      given: 'both',
      otherwise: 'maxWorkers is raised to minWorkers',
    },
  ],
  holdsProcess: 'once-used',
  notes: [],
};
