/** The client of MongoDB. */
import type { ConnectionString, Limit, Recycling, Relation, Timeout } from '../descriptor.js';
import { type PoolPlace, placed } from './place.js';

/** Limits of the client of MongoDB. */
export function mongoLimits(place: PoolPlace): readonly Limit[] {
  return placed<Limit>(place, [
    {
      option: 'maxPoolSize',
      bounds: 'connections',
      default: 100,
      zero: { means: 'unlimited', does: 'lifts the limit: a burst opens a connection for each operation' },
      negative: { means: 'throws', does: 'throws: it has to be positive' },
      null: 'default',
      nan: { means: 'blocks', does: 'opens no connection: every operation waits for ever' },
      infinity: 'unlimited',
      text: 'literal',
      float: { means: 'literal', does: 'is cut to a whole number' },
      servers: [{ family: 'mongodb' }],
    },
    {
      option: 'minPoolSize',
      bounds: 'min',
      default: 0,
      zero: 'none',
    },
  ]);
}

/** Times of the client of MongoDB. */
export function mongoTimeouts(place: PoolPlace): readonly Timeout[] {
  const refused = { negative: { means: 'throws', does: 'throws: it has to be positive' } } as const;
  const parsed = { text: 'literal', float: { means: 'literal', does: 'is cut to a whole number' }, unit: 'ms' } as const;
  return placed<Timeout>(place, [
    {
      ...parsed,
      ...refused,
      option: 'waitQueueTimeoutMS',
      covers: ['acquire'],
      misses: ['query'],
      default: 'none',
      zero: 'unlimited',
      null: 'unlimited',
    },
    {
      ...parsed,
      ...refused,
      option: 'serverSelectionTimeoutMS',
      covers: ['connect'],
      misses: ['acquire', 'query'],
      default: 30_000,
      null: 'default',
    },
    {
      ...parsed,
      ...refused,
      option: 'connectTimeoutMS',
      covers: ['connect'],
      default: 30_000,
      zero: 'unlimited',
      null: 'default',
    },
    {
      ...parsed,
      ...refused,
      option: 'socketTimeoutMS',
      covers: ['socket', 'query'],
      misses: ['acquire'],
      default: 'none',
      measures: 'silence',
      zero: 'unlimited',
      null: 'unlimited',
    },
    {
      ...parsed,
      option: 'maxIdleTimeMS',
      covers: ['idle'],
      default: 'none',
      zero: 'unlimited',
      note: 'without it a connection is kept until the server or a firewall drops it',
    },
  ]);
}

/** How the client of MongoDB recycles its connections. */
export const mongoRecycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 'none',
  keeps: 'minPoolSize',
  lifetime: 'none',
  validates: 'monitor',
  boundedBy: ['maxIdleTimeMS'],
};

/** Which options of the client of MongoDB have to fit each other. */
export function mongoRelations(subject: Pick<Relation, 'modules' | 'of'>): readonly Relation[] {
  return [
    {
      ...subject,
      kind: 'at-most',
      left: 'minPoolSize',
      right: 'maxPoolSize',
      given: 'either',
      otherwise: 'the client cannot connect: the driver throws',
    },
    {
      ...subject,
      kind: 'at-most',
      left: 'waitQueueTimeoutMS',
      right: 'socketTimeoutMS',
      given: 'both',
      otherwise: 'an operation may wait longer for a connection than it may take',
    },
  ];
}

/** The connection string of MongoDB. */
export const mongoUrl: ConnectionString = {
  parameters: [
    'maxPoolSize',
    'minPoolSize',
    'waitQueueTimeoutMS',
    'serverSelectionTimeoutMS',
    'connectTimeoutMS',
    'socketTimeoutMS',
    'maxIdleTimeMS',
  ].map((name) => ({ name, option: name })),
  ignored: [{ name: 'poolSize', does: 'throws: it is not supported', instead: 'maxPoolSize' }],
};
