import type { Creator, LibraryDescriptor, ValueEffect } from '../descriptor.js';

const pool = (api: string, invoke: Creator['invoke']): Creator => ({
  api,
  invoke,
  makes: 'pool',
  holds: 'sockets',
  connects: 'lazy',
  generic: true,
  close: [
    {
      method: 'close',
      async: true,
      mode: 'graceful',
      note: 'close(true) and close(ms) are forced, the latter after that time',
    },
  ],
  dispose: { sync: false, async: false },
  cost: 'makes up to 10 resources of its own',
  note: 'what it holds depends on the factory',
});

const ONE: ValueEffect = { means: 'becomes', value: 1 };

/** lightning-pool, a pool of anything. */
export const lightningPool: LibraryDescriptor = {
  name: 'lightning-pool',
  version: '4.14.0',
  modules: ['lightning-pool'],
  creators: [pool('createPool', 'call'), pool('Pool', 'new')],
  checkouts: [
    {
      api: '{createPool(),new Pool()}.acquire',
      returnsPromise: true,
      callback: { argument: 0, parameter: 1 },
      release: ['pool.release', 'pool.releaseAsync', 'pool.destroy', 'pool.destroyAsync'],
      destroys: ['pool.destroy', 'pool.destroyAsync'],
      secondRelease: 'ignored',
    },
  ],
  cheap: [],
  limits: [
    {
      option: 'max',
      argument: 1,
      bounds: 'connections',
      default: 10,
      zero: ONE,
      negative: 'default',
      null: ONE,
      nan: 'default',
      infinity: 'unlimited',
      text: 'literal',
    },
    { option: 'min', argument: 1, bounds: 'min', default: 0, zero: 'none' },
    {
      option: 'maxQueue',
      argument: 1,
      bounds: 'queue',
      default: 1_000,
      zero: ONE,
      negative: 'default',
      null: ONE,
      nan: 'default',
      infinity: 'unlimited',
      text: 'literal',
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
      negative: 'unlimited',
      nan: 'unlimited',
      text: 'literal',
    },
    {
      option: 'idleTimeoutMillis',
      argument: 1,
      covers: ['idle'],
      unit: 'ms',
      default: 30_000,
      zero: { means: 'immediate', does: 'closes idle resources at the next look' },
      negative: 'default',
      nan: 'default',
      text: { means: 'unlimited', does: 'is joined to a time as text: idle resources are never closed' },
    },
  ],
  waits: [{ for: 'acquire', default: 'none', endedBy: ['acquireTimeoutMillis'] }],
  relations: [
    {
      kind: 'at-most',
      left: 'min',
      right: 'max',
      given: 'either',
      otherwise: 'one of the two is changed to the other, by their order in the object',
    },
  ],
  recycling: [
    {
      idle: 30_000,
      keeps: 'min',
      lifetime: 'none',
      validates: 'ping',
      boundedBy: ['idleTimeoutMillis'],
      note: 'validation is on by default and calls the validate function of the factory, if there is one',
    },
  ],
  holdsProcess: 'unknown',
  notes: ['the need of an error listener and whether it keeps the process alive are unverified'],
};
