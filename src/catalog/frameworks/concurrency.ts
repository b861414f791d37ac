import type { FrameworkDescriptor } from '../framework.js';

/** p-map, p-limit and their like, whose default export takes the callback. */
export const concurrency: FrameworkDescriptor = {
  name: 'p-map, p-limit',
  version: 'current',
  modules: ['p-map', 'p-limit', 'p-each-series', 'p-times', 'p-filter'],
  values: {
    limit: ['default()'],
  },
  registrations: [
    { callee: '{default,pMap}', handlers: [{ arguments: [1] }], scope: 'iteration', label: '`{callee}` callback' },
    { callee: '<limit>', handlers: [{ arguments: [0] }], scope: 'inline', label: '`{callee}` callback' },
  ],
  shutdownPhase: false,
};
