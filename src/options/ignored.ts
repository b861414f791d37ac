/** Options that stand where the library does not read them, or in another unit than it takes. */
import type { IgnoredOption } from '../catalog/descriptor.js';
import { looksLikeMilliseconds, positionsOf } from '../catalog/options.js';
import { conditionHolds } from '../resolve/conditions.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { factFor } from './amounts.js';
import { givenOptionsOf, type GivenOption, type NumberFact } from './given.js';
import { lookUpArgument, type Given, type Lookup } from './lookup.js';
import { configuredCallsOf, isSubject, type ConfiguredCall } from './subjects.js';
import { valuesOf } from './values.js';
import { holdsFor } from './versions.js';

/** The options that the library certainly does not read in this call, in the version that the project uses. */
export function ignoredBy(file: SourceFile, call: ConfiguredCall): readonly IgnoredOption[] {
  return (call.library.ignored ?? []).filter(
    (entry) =>
      isSubject(call, entry) &&
      (!entry.when || entry.when.some((condition) => conditionHolds(file, call.node, condition))) &&
      holdsFor(file, call.module, entry) === true,
  );
}

/** An option that is given and not read. */
export interface UnreadOption {
  readonly call: ConfiguredCall;
  readonly entry: IgnoredOption;
  readonly given: Given;
  /** What the call says about the option that is read instead. */
  readonly right: Lookup;
  /** What is known of that option, if it takes a number or a signal. */
  readonly rightFact: NumberFact | null;
}

/** All of a file, in source order. */
export const unreadOptionsOf = perFile((file: SourceFile): readonly UnreadOption[] => {
  const found = new Map<unknown, UnreadOption>();
  for (const call of configuredCallsOf(file)) {
    for (const entry of ignoredBy(file, call)) {
      const positions = positionsOf(entry);
      const given = lookUpArgument(file, call.node, positions, [entry.option]);
      // Of an option that is not there by value nobody expects anything.
      if (given.found !== 'yes' || !given.property || isOff(file, given)) continue;
      const { instead } = entry;
      const right: Lookup =
        instead === undefined ? { found: 'unknown' } : lookUpArgument(file, call.node, positions, [instead]);
      const rightFact = instead === undefined ? null : factFor(file, call, instead);
      found.set(given.property, { call, entry, given, right, rightFact });
    }
  }
  return [...found.values()];
});

function isOff(file: SourceFile, { value }: Given): boolean {
  const values = valuesOf(file, value);
  return values.length === 1 && values[0]?.when === 'always' && (values[0].value === undefined || values[0].value === null);
}

/** A time in milliseconds where the library takes seconds. */
export interface WrongUnit {
  readonly given: GivenOption;
  /** The number that stands there. */
  readonly amount: number;
}

/** All of a file, in source order. */
export const wrongUnitsOf = perFile((file: SourceFile): readonly WrongUnit[] =>
  givenOptionsOf(file).flatMap((given) => {
    const { fact, value } = given;
    const [only, ...others] = valuesOf(file, value);
    if (!('unit' in fact) || others.length > 0 || typeof only?.value !== 'number') return [];
    return looksLikeMilliseconds(fact, only.value) && Number.isFinite(only.value) ? [{ given, amount: only.value }] : [];
  }),
);
