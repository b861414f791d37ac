/** Options of one client that do not fit each other. */
import type { Relation } from '../catalog/descriptor.js';
import { positionsOf } from '../catalog/options.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { amountOf, factFor } from './amounts.js';
import { optionOf } from './given.js';
import { lookUpArgument, type Given } from './lookup.js';
import { configuredCallsOf, isSubject, type ConfiguredCall } from './subjects.js';
import { valuesOf } from './values.js';

/** Two options, one of which has to give way. */
export interface Conflict {
  readonly call: ConfiguredCall;
  readonly relation: Relation;
  /** The option to be looked at: the left one where it is given. */
  readonly given: Given;
  readonly left: string;
  /** Null where the other option is missing. */
  readonly right: string | null;
  readonly isDefault: { readonly left: boolean; readonly right: boolean };
}

/** All of a file, in source order. */
export const conflictsOf = perFile((file: SourceFile): readonly Conflict[] =>
  configuredCallsOf(file).flatMap((call) =>
    (call.library.relations ?? []).flatMap((relation) => {
      if (!isSubject(call, relation) || !isAsked(file, call, relation)) return [];
      return (relation.kind === 'needs' ? unmetNeed(file, call, relation) : unfit(file, call, relation)) ?? [];
    }),
  ),
);

// Only where another option is given as well.
function isAsked(file: SourceFile, call: ConfiguredCall, { with: other }: Relation): boolean {
  if (other === undefined) return true;
  const fact = factFor(file, call, other);
  return fact !== null && optionOf(file, call, fact).found === 'yes';
}

function unfit(file: SourceFile, call: ConfiguredCall, relation: Relation): Conflict | null {
  const left = amountOf(file, call, relation.left);
  const right = amountOf(file, call, relation.right);
  if (!left || !right) return null;
  const given = left.given ?? right.given;
  if (!given || (relation.given === 'both' && !(left.given && right.given))) return null;
  const fits = relation.kind === 'below' ? left.value < right.value : left.value <= right.value;
  if (fits) return null;
  const isDefault = { left: left.given === null, right: right.given === null };
  return { call, relation, given, left: left.text, right: right.text, isDefault };
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
  return { call, relation, given, left: text, right: null, isDefault: { left: false, right: other.found === 'no' } };
}
