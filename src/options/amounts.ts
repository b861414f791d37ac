/** What numbers the options of a client come to: given, or by default. */
import { numberFactsAt } from '../catalog/option-index.js';
import type { Limit } from '../catalog/descriptor.js';
import { milliseconds } from '../catalog/options.js';
import type { Node } from '../ast/nodes.js';
import type { SourceFile } from '../resolve/source-file.js';
import { optionOf, placesOf, type NumberFact } from './given.js';
import type { Given } from './lookup.js';
import type { ConfiguredCall } from './subjects.js';
import { valuesOf } from './values.js';

/** The number of an option. */
export interface Amount {
  readonly fact: NumberFact;
  /** Limits as they are, times in milliseconds; infinite for none. */
  readonly value: number;
  /** As it is written or known, in the unit of the option. */
  readonly text: string;
  /** Where it is given; null for the default. */
  readonly given: Given | null;
}

/** The one number that an expression has; null if it may have others. */
export function numberOf(file: SourceFile, node: Node): number | null {
  const values = valuesOf(file, node);
  const [only] = values;
  if (values.length !== 1 || only?.when !== 'always') return null;
  if (typeof only.value === 'number') return Number.isNaN(only.value) ? null : only.value;
  return typeof only.value === 'string' && /^\d+$/u.test(only.value) ? Number(only.value) : null;
}

/** The fact about an option of a call, where the call takes it. */
export function factFor(file: SourceFile, call: ConfiguredCall, option: string): NumberFact | null {
  return (
    numberFactsAt(call.library, call).find((fact) => fact.option === option && placesOf(file, call, fact).length > 0) ?? null
  );
}

/** The number of an option of a call; null where it is not known. */
export function amountOf(file: SourceFile, call: ConfiguredCall, option: string): Amount | null {
  const fact = factFor(file, call, option);
  if (!fact) return null;
  const lookup = optionOf(file, call, fact);
  if (lookup.found === 'unknown') return null;
  if (lookup.found === 'no') return defaultOf(file, call, fact);
  const number = numberOf(file, lookup.value);
  // Zero and its like have meanings of their own, which are other rules' business.
  if (number === null || number <= 0) return null;
  const value = inOneUnit(fact, number);
  return value === null ? null : { fact, value, text: withUnit(fact, number), given: lookup };
}

function defaultOf(file: SourceFile, call: ConfiguredCall, fact: NumberFact): Amount | null {
  const { default: byDefault } = fact;
  if ('defaultsTo' in fact) {
    const other = amountOf(file, call, fact.defaultsTo);
    return other && { ...other, fact, given: null };
  }
  if (typeof byDefault !== 'number') return null;
  const value = inOneUnit(fact, byDefault);
  return value === null ? null : { fact, value, text: withUnit(fact, byDefault), given: null };
}

function inOneUnit(fact: NumberFact, number: number): number | null {
  return 'unit' in fact ? milliseconds(fact, number) : number;
}

function withUnit(fact: NumberFact, number: number): string {
  return 'unit' in fact ? `${String(number)} ${fact.unit}` : String(number);
}

/** The limit on connections that a creation sets or leaves at its default, with the servers it leads to. */
export function connectionsOf(file: SourceFile, call: ConfiguredCall): readonly (Amount & { readonly fact: Limit })[] {
  if (!call.creator) return [];
  return (call.library.limits ?? [])
    .filter(({ bounds }) => bounds === 'connections' || bounds === 'per-host')
    .flatMap((limit) => {
      const amount = amountOf(file, call, limit.option);
      return amount?.fact === limit ? [{ ...amount, fact: limit }] : [];
    });
}
