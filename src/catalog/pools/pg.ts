/** The pool of pg, with the meanings that all libraries on it share. */
import type { IgnoredOption, Limit, OptionPlace, Recycling, Timeout, Wait } from '../descriptor.js';
import { type PoolPlace, placed } from './place.js';

const POSTGRESQL = [{ family: 'postgresql' }] as const;

/** Limits of the pool of pg. */
export function pgLimits(place: PoolPlace): readonly Limit[] {
  return placed<Limit>(place, [
    {
      option: 'max',
      aliases: ['poolSize'],
      bounds: 'connections',
      default: 10,
      zero: 'default',
      negative: { means: 'blocks', does: 'makes the pool look full for ever: every query waits for ever' },
      null: 'default',
      nan: 'default',
      infinity: { means: 'unlimited', does: 'lifts the limit: a burst opens connections until the server refuses them' },
      text: 'literal',
      empty: 'default',
      float: { means: 'literal', does: 'is rounded up: 2.5 opens 3 connections' },
      servers: POSTGRESQL,
    },
    {
      option: 'min',
      bounds: 'min',
      default: 0,
      zero: { means: 'none', does: 'lets every idle connection be closed' },
      note: 'keeps connections that are open already from being closed when idle; opens none (pg-pool/index.js:90,409)',
    },
    {
      option: 'maxUses',
      bounds: 'uses',
      default: 'unlimited',
      zero: 'unlimited',
      null: 'unlimited',
      nan: 'unlimited',
      infinity: 'unlimited',
    },
  ]);
}

/** Times of the pool of pg; those of the connection stand in {@link pgConnectionTimeouts}. */
export function pgPoolTimeouts(place: PoolPlace): readonly Timeout[] {
  return placed<Timeout>(place, [
    {
      option: 'connectionTimeoutMillis',
      covers: ['connect', 'acquire'],
      misses: ['query'],
      unit: 'ms',
      default: 'none',
      zero: { means: 'unlimited', does: 'is the default: both the connection and the wait for a free one may take for ever' },
      negative: { means: 'immediate', does: 'lets each new connection fail at once' },
    },
    {
      option: 'idleTimeoutMillis',
      covers: ['idle'],
      unit: 'ms',
      default: 10_000,
      zero: { means: 'unlimited', does: 'keeps idle connections for ever' },
      null: { means: 'unlimited', does: 'keeps idle connections for ever' },
      note: 'pg.defaults.idleTimeoutMillis is not what the pool uses',
    },
    {
      option: 'maxLifetimeSeconds',
      covers: ['lifetime'],
      unit: 's',
      default: 'none',
      zero: 'unlimited',
      null: 'unlimited',
      nan: 'unlimited',
      note: 'in seconds, next to times in milliseconds (pg-pool/index.js:93,312)',
    },
  ]);
}

/** Times of a connection of pg, which its pool passes on; `perQuery` are the calls that take query_timeout as well. */
export function pgConnectionTimeouts(place: PoolPlace, perQuery: readonly OptionPlace[] = []): readonly Timeout[] {
  const ofServer = { zero: { means: 'default', does: "is not sent: the server's own setting holds" }, unit: 'ms' } as const;
  return placed<Timeout>(place, [
    {
      option: 'query_timeout',
      at: perQuery,
      covers: ['query'],
      misses: ['acquire', 'connect'],
      unit: 'ms',
      default: 'none',
      zero: 'unlimited',
      note: 'ends the wait of the client: the statement goes on in the server, and pool.query() closes that connection (pg/lib/client.js:702)',
    },
    {
      ...ofServer,
      option: 'statement_timeout',
      covers: ['query'],
      misses: ['acquire', 'connect'],
      default: 'none',
      note: 'the server cancels the statement; a connection that goes silent is not noticed',
    },
    {
      ...ofServer,
      option: 'lock_timeout',
      covers: ['lock'],
      default: 'none',
    },
    {
      ...ofServer,
      option: 'idle_in_transaction_session_timeout',
      covers: ['transaction'],
      default: 'none',
      note: 'the server ends a session that does nothing within a transaction',
    },
  ]);
}

/** What programs wait for with the pool of pg. */
export function pgWaits(subject: Pick<Wait, 'calls' | 'modules' | 'of'>, prefix = ''): readonly Wait[] {
  return [
    { ...subject, for: 'connect', default: 'none', endedBy: [`${prefix}connectionTimeoutMillis`] },
    { ...subject, for: 'acquire', default: 'none', endedBy: [`${prefix}connectionTimeoutMillis`] },
    { ...subject, for: 'query', default: 'none', endedBy: [`${prefix}statement_timeout`, `${prefix}query_timeout`] },
  ];
}

/** How the pool of pg recycles its connections. */
export const pgRecycling: Omit<Recycling, 'calls' | 'modules' | 'of'> = {
  idle: 10_000,
  keeps: 'min',
  lifetime: 'none',
  validates: 'none',
  boundedBy: ['idleTimeoutMillis', 'maxLifetimeSeconds'],
  note: 'verify and onConnect run for new connections only',
};

/** Names that other libraries have for the size of a pool of pg. */
export function pgIgnored(subject: Pick<IgnoredOption, 'argument' | 'modules' | 'of'>): readonly IgnoredOption[] {
  return [
    { ...subject, option: 'connectionLimit', because: 'other-name', leaves: '`max` stays 10', instead: 'max' },
    { ...subject, option: 'pool.max', because: 'other-place', leaves: '`max` stays 10', instead: 'max' },
  ];
}
