/** Options of one client that do not fit each other. */
import { entriesAbout } from '../catalog/option-index.js';
import type { Relation } from '../catalog/descriptor.js';
import { milliseconds, positionsOf } from '../catalog/options.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { amountOf, factFor } from './amounts.js';
import { optionOf } from './given.js';
import { lookUpArgument, objectBehind, type Given, type Lookup } from './lookup.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';
import { valuesOf } from './values.js';

/** Two options, one of which has to give way. */
export interface Conflict {
  readonly call: ConfiguredCall;
  readonly relation: Relation;
  /** The option to be looked at: the left one where it is given. */
  readonly given: Given;
  readonly left: string;
  /** Null where an option that is needed is missing. */
  readonly right: string | null;
  readonly isDefault: { readonly left: boolean; readonly right: boolean };
}

/** All of a file, in source order. */
export const conflictsOf = perFile((file: SourceFile): readonly Conflict[] =>
  configuredCallsOf(file).flatMap((call) =>
    entriesAbout(call.library.relations, call).flatMap((relation) => {
      return (relation.kind === 'needs' ? unmetNeed(file, call, relation) : unfit(file, call, relation)) ?? [];
    }),
  ),
);

function unfit(file: SourceFile, call: ConfiguredCall, relation: Relation): Conflict | null {
  const left = amountOf(file, call, relation.left);
  const right = amountOf(file, call, relation.right);
  // Only where another option is given as well.
  const other = relation.with === undefined ? null : lookUp(file, call, relation.with);
  if (!left || !right || (other && other.found !== 'yes')) return null;
  const given = left.given ?? right.given ?? other;
  if (!given || (relation.given === 'both' && !(left.given && right.given))) return null;
  const fits = relation.kind === 'below' ? left.value < right.value : left.value <= right.value;
  const isDefault = { left: left.given === null, right: right.given === null };
  // The sample of a manual, with every number as it is by default: nobody has decided anything.
  if (
    other &&
    left.value === right.value &&
    right.fact.default === right.value &&
    isDefaultValue(file, call, relation.with ?? '')
  )
    return null;
  if (fits || ((isDefault.left || isDefault.right) && mayBeOfAnotherKind(file, call))) return null;
  return { call, relation, given, left: left.text, right: right.text, isDefault };
}

function isDefaultValue(file: SourceFile, call: ConfiguredCall, option: string): boolean {
  const amount = amountOf(file, call, option);
  return (
    amount !== null &&
    'unit' in amount.fact &&
    typeof amount.fact.default === 'number' &&
    milliseconds(amount.fact, amount.fact.default) === amount.value
  );
}

function lookUp(file: SourceFile, call: ConfiguredCall, option: string): Lookup {
  const fact = factFor(file, call, option);
  return fact ? optionOf(file, call, fact) : { found: 'no', object: null, rest: option };
}

// A client whose dialect is not seen may be one that has other defaults, or no connections at all.
function mayBeOfAnotherKind(file: SourceFile, { called, node }: ConfiguredCall): boolean {
  return (called?.cheapWhen ?? []).some((condition) => {
    if (condition.test !== 'property-is') return false;
    const argument = node.arguments[condition.argument];
    if (!argument || objectBehind(file, argument)?.type !== 'ObjectExpression') return false;
    const kind = lookUpArgument(file, node, [condition.argument], [condition.property]);
    return kind.found === 'unknown' || (kind.found === 'yes' && valuesOf(file, kind.value)[0]?.when !== 'always');
  });
}

function unmetNeed(file: SourceFile, call: ConfiguredCall, relation: Relation): Conflict | null {
  const left = factFor(file, call, relation.left);
  if (!left) return null;
  const given = optionOf(file, call, left);
  if (given.found !== 'yes') return null;
  const right = factFor(file, call, relation.right);
  const other = right ? optionOf(file, call, right) : lookUpArgument(file, call.node, positionsOf(left), [relation.right]);
  if (other.found === 'unknown') return null;
  if (other.found === 'yes') {
    const values = valuesOf(file, other.value);
    if (values.length === 0 || values.some(({ value }) => Boolean(value))) return null;
  }
  const text = amountOf(file, call, relation.left)?.text;
  if (text === undefined) return null;
  const value = other.found === 'yes' ? valuesOf(file, other.value)[0]?.value : undefined;
  const rightText = value === undefined || value === null ? null : value === '' ? "''" : String(value);
  return { call, relation, given, left: text, right: rightText, isDefault: { left: false, right: other.found === 'no' } };
}
