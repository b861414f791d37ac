/** The pool of tarn, and what knex makes of it. */
import type { Limit, Recycling, Relation, Timeout, UnusualValues, ValueEffect } from '../descriptor.js';
import { type PoolPlace, placed } from './place.js';

/** What unusual sizes and times of a pool of tarn do. `does` completes "`max: 0` …". */
export function tarnNumber(does: string): UnusualValues {
  const refused: ValueEffect = { means: 'throws', does };
  return {
    zero: refused,
    negative: refused,
    null: refused,
    nan: refused,
    text: refused,
    float: refused,
    infinity: 'unlimited',
  };
}

/** Times of a pool of tarn. */
export function tarnTimeouts(
  place: PoolPlace,
  { acquire, does }: { readonly acquire: number; readonly does: string },
): readonly Timeout[] {
  const timer: UnusualValues = {
    ...tarnNumber(does),
    infinity: { means: 'immediate', does: 'is over at once: a timer takes it for 1 ms' },
  };
  return placed<Timeout>(place, [
    { option: 'acquireTimeoutMillis', covers: ['acquire', 'connect'], unit: 'ms', default: acquire, ...timer },
    { option: 'createTimeoutMillis', covers: ['connect'], unit: 'ms', default: 30_000, ...timer },
    { option: 'destroyTimeoutMillis', covers: ['close'], unit: 'ms', default: 5_000, ...timer },
    { option: 'idleTimeoutMillis', covers: ['idle'], unit: 'ms', default: 30_000, ...tarnNumber(does) },
  ]);
}

const knexServers: NonNullable<Limit['servers']> = [
  {
    family: 'postgresql',
    when: [{ test: 'property-matches', argument: 0, property: 'client', pattern: /^(?:pg|postgres|cockroach)/u }],
  },
  { family: 'mysql', when: [{ test: 'property-matches', argument: 0, property: 'client', pattern: /^(?:mysql|maria)/u }] },
  {
    family: 'sql-server',
    when: [{ test: 'property-matches', argument: 0, property: 'client', pattern: /^(?:mssql|tedious)/u }],
  },
];

/** Limits of the pool of knex; `families` are the servers it may lead to. */
export function knexLimits(place: PoolPlace, families: NonNullable<Limit['servers']> = knexServers): readonly Limit[] {
  return placed<Limit>({ ...place, prefix: 'pool.' }, [
    {
      option: 'max',
      bounds: 'connections',
      default: 10,
      ...tarnNumber('throws: it has to be an integer above 0'),
      zero: { means: 'fails', does: 'makes no pool: every query fails at once' },
      servers: families,
    },
    {
      option: 'min',
      bounds: 'min',
      default: 2,
      ...tarnNumber('throws: it has to be an integer of at least 0'),
      zero: 'none',
      infinity: { means: 'throws', does: 'throws: it is larger than max' },
    },
  ]);
}

/** Times of the pool of knex. */
export function knexTimeouts(place: PoolPlace): readonly Timeout[] {
  return [
    ...tarnTimeouts({ ...place, prefix: 'pool.' }, { acquire: 60_000, does: 'throws: it has to be a positive whole number' }),
    ...placed<Timeout>({ ...place, prefix: 'pool.' }, [
      {
        option: 'maxConnectionLifetimeMillis',
        covers: ['lifetime'],
        unit: 'ms',
        default: 'none',
        zero: 'unlimited',
        negative: 'unlimited',
        null: 'unlimited',
        nan: 'unlimited',
        infinity: 'unlimited',
        text: 'ignored',
      },
    ]),
  ];
}

/** Which options of the pool of knex have to fit each other. */
export function knexRelations(subject: Pick<Relation, 'modules' | 'of'>): readonly Relation[] {
  return [
    {
      ...subject,
      kind: 'at-most',
      left: 'pool.min',
      right: 'pool.max',
      given: 'either',
      otherwise: 'the pool throws; `min` is 2 and `max` is 10 unless they are given',
    },
  ];
}

/** How the pool of knex recycles its connections. */
export const knexRecycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 30_000,
  keeps: 'pool.min',
  lifetime: 'none',
  validates: 'socket',
  boundedBy: ['pool.idleTimeoutMillis', 'pool.maxConnectionLifetimeMillis'],
  note: 'two connections are kept for ever by default',
};
