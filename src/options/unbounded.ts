/** Values that lift a limit or a timeout, void it, or break what it belongs to. */
import type { Limit, Phase, Timeout } from '../catalog/descriptor.js';
import { defaultText, effectOf, inUnitOf, type Effect } from '../catalog/options.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { GivenParameter } from './connection-strings.js';
import type { GivenOption, NumberFact } from './given.js';
import { unusualKind, valuesOf, type PossibleValue } from './values.js';

/** Amounts that the user's options give for what is written instead. */
export interface Amounts {
  readonly limit: number;
  readonly queueLimit: number;
  readonly timeoutMs: number;
}

/** What to do about the value. */
export interface Remedy {
  readonly advice: string;
  /** What the program does when the option is left out: as before, or as the default bounds it; null where that does not help. */
  readonly leftOut: 'bounded' | 'same' | null;
  /** The default, to complete "the default": ", 10". */
  readonly default: string;
  /** The number to write instead, in the unit of the option; null if none fits. */
  readonly number: (amounts: Amounts) => number | null;
}

/** A value that does not bound what it is there to bound. */
export interface Judgement {
  readonly possible: PossibleValue;
  readonly effect: Effect;
  /** What has no end: a time, a number; or null where everything fails instead. */
  readonly lifts: 'number' | 'time' | null;
  /** The library does the same where the option is left out. */
  readonly isDefault: boolean;
  readonly remedy: Remedy;
}

/** Judges the values that the option can be seen to have; null if none of them is certain to harm. */
export function judgeValue(file: SourceFile, { fact, value }: Pick<GivenOption, 'fact' | 'value'>): Judgement | null {
  for (const possible of valuesOf(file, value)) {
    const judgement = judge(fact, possible);
    if (judgement) return judgement;
  }
  return null;
}

/** Judges the value of a parameter in a connection string. */
export function judgeParameter({ fact, node, value }: GivenParameter): Judgement | null {
  return fact && value !== '' ? judge(fact, { value: Number(value), node, when: 'always' }) : null;
}

function judge(fact: NumberFact, possible: PossibleValue): Judgement | null {
  const kind = unusualKind(possible.value);
  const effect = kind === null || kind === 'text' || kind === 'float' || kind === 'undefined' ? null : effectOf(fact, kind);
  if (!effect || !harms(fact, kind === 'zero' || kind === 'negative', effect)) return null;
  const lifts = effect.means === 'unlimited' ? ('bounds' in fact ? 'number' : 'time') : null;
  const isDefault = effect.means === 'unlimited' && typeof fact.default !== 'number' && isOptional(fact);
  return { possible, effect, lifts, isDefault, remedy: remedyFor(fact, effect) };
}

const BREAKS = new Set(['blocks', 'fails', 'throws']);

function harms(fact: NumberFact, isNumber: boolean, { means }: Effect): boolean {
  if (BREAKS.has(means)) return true;
  if ('bounds' in fact) return harmsLimit(fact, isNumber, means);
  return harmsTime(fact, isNumber, means);
}

function harmsLimit({ bounds, default: byDefault }: Limit, isNumber: boolean, means: Effect['means']): boolean {
  const isPool = bounds === 'connections' || bounds === 'per-host' || bounds === 'threads';
  switch (means) {
    case 'unlimited':
      // Somebody who writes `Infinity` where that is the default knows what he writes.
      return (isPool || bounds === 'queue') && (isNumber || typeof byDefault === 'number');
    case 'none':
    case 'immediate':
      return isPool;
    case 'default':
    case 'becomes':
      return isPool && isNumber;
    default:
      return false;
  }
}

const WAITS = new Set<Phase>(['dns', 'connect', 'acquire', 'request', 'headers', 'query', 'transaction', 'lock']);

function harmsTime({ covers, default: byDefault, side }: Timeout, isNumber: boolean, means: Effect['means']): boolean {
  if (side === 'server' || !covers.some((phase) => WAITS.has(phase))) return false;
  if (means === 'unlimited') return isNumber || typeof byDefault === 'number';
  return means === 'immediate';
}

// Where the default has no end either, zero says so: a queue may wait for its pool, and a statement for its answer.
function isOptional(fact: NumberFact): boolean {
  if ('bounds' in fact) return fact.bounds === 'queue';
  return !fact.covers.some((phase) => phase === 'connect' || phase === 'acquire' || phase === 'request' || phase === 'headers');
}

function remedyFor(fact: NumberFact, { means }: Effect): Remedy {
  const isBounded = typeof fact.default === 'number' && fact.default > 0;
  const text = defaultText(fact);
  const number = (amounts: Amounts): number | null => {
    if ('bounds' in fact) return fact.bounds === 'queue' ? amounts.queueLimit : amounts.limit;
    return inUnitOf(fact, amounts.timeoutMs);
  };
  const what = 'bounds' in fact ? 'a number' : 'a time';
  // What the library makes of it stays as it is when the option goes.
  if (means === 'default') return { advice: 'Leave it out, or give a number.', leftOut: 'same', default: text, number };
  return isBounded
    ? { advice: `Leave it out for the default${text}, or give ${what}.`, leftOut: 'bounded', default: text, number }
    : { advice: `Give ${what}.`, leftOut: null, default: text, number };
}
