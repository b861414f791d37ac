import type { FrameworkDescriptor } from '../framework.js';

/** Memo helpers whose default export is the helper: the function runs once for each helper made, or once per key. */
export const memoHelpers: FrameworkDescriptor = {
  name: 'once, onetime, p-memoize, memoizee, moize, mem',
  version: 'current',
  modules: [
    'once',
    'onetime',
    'p-memoize',
    'memoizee',
    'moize',
    'fast-memoize',
    'mem',
    'lodash.once',
    'lodash.memoize',
    'p-retry',
  ],
  registrations: [
    { callee: '{default,once,memoize}', handlers: [{ arguments: [0] }], scope: 'inline', label: '`{callee}` function' },
  ],
  shutdownPhase: false,
};
