import type { FrameworkDescriptor } from '../framework.js';

/** BullMQ and Bull workers. */
export const bullmqWorkers: FrameworkDescriptor = {
  name: 'BullMQ, Bull',
  version: '6.7.0, 4',
  modules: ['bullmq', 'bull'],
  per: 'job',
  values: {
    queue: ['new default()', 'default()', 'new Queue()'],
  },
  registrations: [
    { callee: 'Worker', construct: true, handlers: [{ arguments: [1] }], scope: 'request', label: '`new Worker` processor' },
    { callee: '<queue>.process', handlers: [{ arguments: [-1] }], scope: 'request', label: '`{callee}` processor' },
  ],
  types: [
    { type: '{Processor,ProcessPromiseFunction}', annotates: 'function', scope: 'request', label: '{name}() processor' },
    { type: '{Job,SandboxedJob}', annotates: 'parameter', scope: 'request', label: '{name}() job' },
  ],
  shutdownPhase: true,
};
