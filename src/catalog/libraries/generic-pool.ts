import type { LibraryDescriptor, ValueEffect } from '../descriptor.js';

const ONE: ValueEffect = { means: 'becomes', value: 1 };

/** generic-pool, a pool of anything. */
export const genericPool: LibraryDescriptor = {
  name: 'generic-pool',
  version: '3.9.0',
  modules: ['generic-pool'],
  creators: [
    {
      api: 'createPool',
      invoke: 'call',
      makes: 'pool',
      holds: 'sockets',
      connects: 'lazy',
      generic: true,
      close: [
        { method: 'drain', async: true, mode: 'graceful', note: 'waits for borrowers; clear() has to follow' },
        { method: 'clear', async: true, mode: 'graceful', note: 'after drain(): destroys the resources' },
      ],
      dispose: { sync: false, async: false },
      cost: 'makes up to max (1 by default) resources of its own',
      note: 'fills itself at once when min is above 0; what it holds depends on the factory',
    },
  ],
  checkouts: [
    {
      api: '{createPool(),new Pool()}.acquire',
      returnsPromise: true,
      release: ['pool.release', 'pool.destroy'],
      destroys: ['pool.destroy'],
      secondRelease: 'rejects',
    },
  ],
  managed: [{ api: '{createPool(),new Pool()}.use', takes: 'connection', callback: [0], parameter: 0 }],
  cheap: [],
  limits: [
    {
      option: 'max',
      argument: 1,
      bounds: 'connections',
      default: 1,
      zero: ONE,
      negative: ONE,
      null: ONE,
      nan: ONE,
      infinity: ONE,
      text: 'literal',
      float: { means: 'literal', does: 'is cut to a whole number' },
    },
    { option: 'min', argument: 1, bounds: 'min', default: 0, zero: 'none', text: 'literal' },
    {
      option: 'maxWaitingClients',
      argument: 1,
      bounds: 'queue',
      default: 'unlimited',
      zero: { means: 'none', does: 'lets nobody wait: acquire() rejects when all are taken' },
      null: 'unlimited',
      nan: 'unlimited',
      infinity: 'unlimited',
      text: 'literal',
      float: { means: 'literal', does: 'is cut to a whole number' },
    },
  ],
  timeouts: [
    {
      option: 'acquireTimeoutMillis',
      argument: 1,
      covers: ['acquire', 'connect'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      null: 'unlimited',
    },
    {
      option: 'idleTimeoutMillis',
      argument: 1,
      covers: ['idle'],
      unit: 'ms',
      default: 30_000,
      zero: 'default',
      null: 'default',
      needs: {
        by: 'option',
        option: 'evictionRunIntervalMillis',
        value: 'positive',
        otherwise: 'closes nothing: idle resources are not looked for',
      },
    },
    {
      option: 'evictionRunIntervalMillis',
      argument: 1,
      covers: ['idle'],
      unit: 'ms',
      default: 'none',
      zero: { means: 'unlimited', does: 'never looks for idle resources' },
    },
    { option: 'destroyTimeoutMillis', argument: 1, covers: ['close'], unit: 'ms', default: 'none', zero: 'unlimited' },
  ],
  waits: [{ for: 'acquire', default: 'none', endedBy: ['acquireTimeoutMillis'] }],
  relations: [
    {
      kind: 'at-most',
      left: 'min',
      right: 'max',
      given: 'either',
      otherwise: 'min is lowered to max, which is 1 unless it is given',
    },
    {
      kind: 'needs',
      left: 'idleTimeoutMillis',
      right: 'evictionRunIntervalMillis',
      given: 'both',
      otherwise: 'nothing is closed for being idle',
    },
  ],
  recycling: [
    {
      idle: 'none',
      lifetime: 'none',
      validates: 'none',
      boundedBy: ['idleTimeoutMillis', 'evictionRunIntervalMillis'],
      note: 'idle resources are not looked for by default; testOnBorrow: true has each one validated',
    },
  ],
  holdsProcess: 'unknown',
  notes: [
    'failing creations are reported by the event factoryCreateError only',
    'a factory whose create() rejects at once makes acquire() retry without a pause: the process freezes',
  ],
};
