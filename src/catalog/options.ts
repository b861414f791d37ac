/** What an option's value means: the facts of a library joined with the general phrases, and times in one unit. */
import type { Limit, OptionFact, OptionMeaning, Phase, Timeout, UnusualValues, ValueEffect } from './descriptor.js';

/** The kinds of unusual values, in the order in which they are listed. */
export const UNUSUAL = [
  'zero',
  'negative',
  'null',
  'undefined',
  'nan',
  'infinity',
  'text',
  'empty',
  'float',
  'false',
] as const satisfies readonly (keyof UnusualValues)[];

/** A kind of unusual value. */
export type UnusualValue = (typeof UNUSUAL)[number];

/** A meaning with its phrase, to complete "`max: 0` …". */
export type Effect = ValueEffect & { readonly does: string };

/** What an unusual value of the option does; null where it is not known. */
export function effectOf(fact: Limit | Timeout, value: UnusualValue): Effect | null {
  const given = fact[value];
  if (given === undefined) return value === 'undefined' ? { means: 'default', does: phrase(fact, 'default') } : null;
  const effect: ValueEffect = typeof given === 'string' ? { means: given } : given;
  return { ...effect, does: effect.does ?? phrase(fact, effect.means, effect.value) };
}

function phrase(fact: Limit | Timeout, means: OptionMeaning, value?: number): string {
  switch (means) {
    case 'unlimited':
      return 'bounds' in fact ? `lifts the limit on ${BOUNDED[fact.bounds]}` : UNTIMED[kindOf(fact)];
    case 'default':
      return `means the default${fact.default === null ? '' : `, ${inUnit(fact, fact.default)}`}`;
    case 'becomes':
      return `is taken for ${value === undefined ? 'another number' : inUnit(fact, value)}`;
    case 'none':
      return 'bounds' in fact ? NONE[fact.bounds] : 'is over at once';
    case 'fails':
      return 'lets every request for a connection fail';
    case 'blocks':
      return 'lets every request wait for ever';
    case 'immediate':
      return 'is over at once';
    case 'throws':
      return 'throws';
    case 'ignored':
      return 'does nothing';
    case 'literal':
      return 'is taken as the number it is';
  }
}

const BOUNDED: Record<Limit['bounds'], string> = {
  connections: 'connections',
  'per-host': 'connections to one host',
  idle: 'idle connections',
  min: 'connections that are kept',
  queue: 'waiting requests',
  uses: 'uses of a connection',
  'in-flight': 'requests under way on one connection',
  origins: 'origins',
  attempts: 'attempts',
  threads: 'threads',
};

const NONE: Record<Limit['bounds'], string> = {
  connections: 'allows no connection',
  'per-host': 'allows no connection',
  idle: 'keeps no idle connection',
  min: 'keeps no connection open that nobody uses',
  queue: 'lets nobody wait',
  uses: 'allows no use',
  'in-flight': 'allows no request',
  origins: 'allows no origin',
  attempts: 'allows no second attempt',
  threads: 'starts no thread',
};

type TimeKind = 'wait' | 'age' | 'other';

const UNTIMED: Record<TimeKind, string> = {
  wait: 'waits for ever',
  age: 'keeps it for ever',
  other: 'switches it off',
};

function kindOf({ covers }: Timeout): TimeKind {
  if (covers.some((phase) => phase === 'idle' || phase === 'lifetime' || phase === 'dns-cache')) return 'age';
  return covers.some((phase) => phase === 'keep-alive' || phase === 'reconnect') ? 'other' : 'wait';
}

function inUnit(fact: Limit | Timeout, value: number | string): string {
  return 'unit' in fact && typeof value === 'number' ? `${String(value)} ${fact.unit}` : String(value);
}

/** The time in milliseconds; null where the unit holds no duration. */
export function milliseconds({ unit }: Pick<Timeout, 'unit'>, value: number): number | null {
  if (unit === 'ms') return value;
  return unit === 's' ? value * 1000 : null;
}

// From these numbers of seconds on, a time is almost surely meant in milliseconds: no such wait is meant to take a quarter of an hour, no
// idle connection to be kept for hours, none to live for a day.
const IMPLAUSIBLE_WAIT = 1_000;
const IMPLAUSIBLE_IDLE = 10_000;
const IMPLAUSIBLE_LIFETIME = 100_000;

const LASTING: Partial<Record<Phase, number>> = {
  idle: IMPLAUSIBLE_IDLE,
  'keep-alive': IMPLAUSIBLE_IDLE,
  'dns-cache': IMPLAUSIBLE_LIFETIME,
  lifetime: IMPLAUSIBLE_LIFETIME,
};

/** Whether a time that the library takes for seconds was almost surely meant in milliseconds. */
export function looksLikeMilliseconds({ unit, covers }: Pick<Timeout, 'covers' | 'unit'>, value: number): boolean {
  return unit === 's' && value >= Math.max(...covers.map((phase) => LASTING[phase] ?? IMPLAUSIBLE_WAIT));
}

/** What a limit bounds, in words: "connections to one host". */
export function boundedText({ bounds }: Pick<Limit, 'bounds'>): string {
  return BOUNDED[bounds];
}

/** A time in the unit of the option, rounded up; null where the unit holds no duration. */
export function inUnitOf({ unit }: Pick<Timeout, 'unit'>, ms: number): number | null {
  if (unit === 'ms') return ms;
  return unit === 's' ? Math.ceil(ms / 1000) : null;
}

/** The default, to complete "the default": ", 10 s"; empty where it is no number. */
export function defaultText(fact: Limit | Timeout): string {
  return typeof fact.default === 'number' ? `, ${inUnit(fact, fact.default)}` : '';
}

/** The positions at which the options of a creator may stand. */
export function positionsOf({ argument = 0 }: Pick<OptionFact, 'argument'>): readonly number[] {
  return typeof argument === 'number' ? [argument] : argument;
}
