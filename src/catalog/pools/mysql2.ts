/** The pool of mysql2. */
import type { Limit, Recycling, Relation, Timeout } from '../descriptor.js';
import { type PoolPlace, placed } from './place.js';

export const MYSQL = [{ family: 'mysql' }] as const;

/** Limits of the pool of mysql2. */
export function mysql2Limits(place: PoolPlace): readonly Limit[] {
  const prefix = place.prefix ?? '';
  return placed<Limit>(place, [
    {
      option: 'connectionLimit',
      bounds: 'connections',
      default: 10,
      zero: { means: 'unlimited', does: 'lifts the limit: a burst opens connections until the server refuses them' },
      negative: { means: 'blocks', does: 'hands out no connection: every query waits for ever' },
      null: 'unlimited',
      nan: 'default',
      infinity: 'unlimited',
      text: 'literal',
      empty: 'unlimited',
      servers: MYSQL,
    },
    {
      option: 'queueLimit',
      bounds: 'queue',
      default: 'unlimited',
      zero: 'unlimited',
      null: 'unlimited',
      nan: 'unlimited',
      empty: 'unlimited',
      text: 'literal',
    },
    {
      option: 'maxIdle',
      bounds: 'idle',
      default: null,
      defaultsTo: `${prefix}connectionLimit`,
      zero: { means: 'none', does: 'lets every connection be closed once it was idle for idleTimeout' },
      nan: 'default',
      text: 'literal',
      note: 'idle connections are only looked for if it is smaller than connectionLimit',
    },
  ]);
}

/** Times of the pool of mysql2. */
export function mysql2PoolTimeouts(place: PoolPlace): readonly Timeout[] {
  return placed<Timeout>(place, [
    {
      option: 'idleTimeout',
      covers: ['idle'],
      unit: 'ms',
      default: 60_000,
      zero: { means: 'immediate', does: 'closes idle connections at the next look, within a second' },
      nan: 'default',
      text: 'literal',
      note: 'does nothing unless maxIdle is smaller than connectionLimit, which it is not by default',
    },
  ]);
}

/** Times of a connection of mysql2, which its pool passes on. */
export function mysql2ConnectionTimeouts(place: PoolPlace): readonly Timeout[] {
  return placed<Timeout>(place, [
    {
      option: 'connectTimeout',
      covers: ['connect'],
      misses: ['acquire', 'query'],
      unit: 'ms',
      default: 10_000,
      zero: 'unlimited',
      nan: 'default',
    },
  ]);
}

/** Which options of a pool of mysql2 have to fit each other. */
export function mysql2Relations(subject: Pick<Relation, 'modules' | 'of'>, prefix = ''): readonly Relation[] {
  return [
    {
      ...subject,
      kind: 'below',
      left: `${prefix}maxIdle`,
      right: `${prefix}connectionLimit`,
      given: 'either',
      with: `${prefix}idleTimeout`,
      otherwise: 'idleTimeout does nothing: idle connections are only looked for if maxIdle is smaller than connectionLimit',
    },
  ];
}

/** How the pool of mysql2 recycles its connections. */
export const mysql2Recycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 'none',
  lifetime: 'none',
  validates: 'none',
  boundedBy: ['idleTimeout'],
  note: 'idleTimeout takes effect only with a maxIdle below connectionLimit; the server closes idle connections after wait_timeout, and the next query fails',
};
