/** The pools and connections of mariadb. */
import type { Limit, Timeout, ValueEffect } from '../descriptor.js';
import { MYSQL } from './mysql2.js';

/** Limits and times of mariadb: those of its pools, and those of all its connections. */
export function mariadbFacts({ pools, all }: { readonly pools: readonly string[]; readonly all: readonly string[] }): {
  readonly limits: readonly Limit[];
  readonly timeouts: readonly Timeout[];
} {
  const none: ValueEffect = { means: 'fails', does: 'opens no connection: every query fails after acquireTimeout' };
  const off = { zero: 'unlimited', negative: 'unlimited', nan: 'unlimited' } as const;
  return {
    limits: [
      {
        option: 'connectionLimit',
        of: pools,
        bounds: 'connections',
        default: 10,
        zero: none,
        negative: none,
        null: none,
        text: 'literal',
        servers: MYSQL,
      },
      {
        option: 'minimumIdle',
        of: pools,
        bounds: 'min',
        default: null,
        defaultsTo: 'connectionLimit',
        text: 'literal',
        note: 'these connections are opened as soon as the pool is made',
      },
    ],
    timeouts: [
      {
        option: 'acquireTimeout',
        of: pools,
        covers: ['acquire'],
        misses: ['query'],
        unit: 'ms',
        default: 10_000,
        zero: { means: 'immediate', does: 'lets every request for a connection fail at once' },
        text: 'literal',
      },
      {
        option: 'initializationTimeout',
        of: pools,
        covers: ['start'],
        unit: 'ms',
        default: null,
        evidence: 'source',
        note: 'acquireTimeout less 100 by default',
      },
      {
        option: 'idleTimeout',
        of: pools,
        covers: ['idle'],
        unit: 's',
        default: 1_800,
        text: 'literal',
        evidence: 'source',
        note: 'in seconds, next to times in milliseconds',
      },
      {
        option: 'connectTimeout',
        of: all,
        covers: ['connect'],
        misses: ['acquire', 'query'],
        unit: 'ms',
        default: 1_000,
        zero: 'unlimited',
        text: 'literal',
        evidence: 'source',
        note: 'a pool lowers it to acquireTimeout',
      },
      {
        option: 'queryTimeout',
        of: all,
        covers: ['query'],
        misses: ['acquire'],
        unit: 'ms',
        default: 'none',
        ...off,
        text: 'literal',
        evidence: 'source',
        note: 'becomes max_statement_time of the session: the server ends the statement',
      },
      {
        option: 'socketTimeout',
        of: all,
        covers: ['socket'],
        unit: 'ms',
        default: 'none',
        measures: 'silence',
        ...off,
        text: 'literal',
        evidence: 'source',
      },
    ],
  };
}
