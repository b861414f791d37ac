/** Options that stand where the library does not read them, or in another unit than it takes. */
import { entriesAbout } from '../catalog/option-index.js';
import type { IgnoredOption, IgnoredParameter } from '../catalog/descriptor.js';
import { looksLikeMilliseconds, positionsOf } from '../catalog/options.js';
import { memberName, type Node } from '../ast/nodes.js';
import { conditionHolds } from '../resolve/conditions.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { factFor } from './amounts.js';
import { configuredCallAt } from './client-behind.js';
import { givenParametersOf, type GivenParameter } from './connection-strings.js';
import { givenOptionsOf, optionOf, type GivenOption, type NumberFact } from './given.js';
import { lookUpArgument, type Given, type Lookup } from './lookup.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';
import { valuesOf, type PossibleValue } from './values.js';
import { holdsFor } from './versions.js';

/** The options that the library certainly does not read in this call, in the version that the project uses. */
export function ignoredBy(file: SourceFile, call: ConfiguredCall): readonly IgnoredOption[] {
  return entriesAbout(call.library.ignored, call).filter(
    (entry) =>
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
    if (isReplaced(file, call)) continue;
    for (const entry of ignoredBy(file, call)) {
      const positions = positionsOf(entry);
      const given = lookUpArgument(file, call.node, positions, [entry.option]);
      if (given.found !== 'yes' || !given.property || !given.object) continue;
      const { instead } = entry;
      const right: Lookup =
        instead === undefined ? { found: 'unknown' } : lookUpArgument(file, call.node, positions, [instead]);
      const rightFact = instead === undefined ? null : factFor(file, call, instead);
      // Of an option that is not there by value nobody expects anything.
      if (isOff(file, given, rightFact) || isReadElsewhere(file, call, given.object, entry.option)) continue;
      found.set(given.property, { call, entry, given, right, rightFact });
    }
  }
  return [...found.values()];
});

/** A parameter of a connection string that is not read. */
export interface UnreadParameter {
  readonly given: GivenParameter;
  readonly entry: IgnoredParameter;
  /** What the call says about the option that is read instead. */
  readonly right: Lookup;
}

/** All of a file, in source order. */
export const unreadParametersOf = perFile((file: SourceFile): readonly UnreadParameter[] =>
  givenParametersOf(file).flatMap((given): UnreadParameter[] => {
    const { call, ignored: entry, name } = given;
    if (!entry) return [];
    const fact = entry.instead === undefined ? null : factFor(file, call, entry.instead);
    const right: Lookup = fact ? optionOf(file, call, fact) : { found: 'no', object: null, rest: '' };
    // One that does harm may do none where an option of the same name is given.
    const mayBeOverridden = entry.does !== undefined && entry.instead === name && right.found !== 'no';
    return mayBeOverridden ? [] : [{ given, entry, right }];
  }),
);

// `globalThis.fetch = require('node-fetch')`: what is called is another function than the catalog describes.
function isReplaced(file: SourceFile, { module, steps }: ConfiguredCall): boolean {
  if (module !== GLOBAL) return false;
  const name = steps.at(-1);
  return file.nodesOfType('AssignmentExpression').some(({ left }) => {
    const isMember = left.type === 'MemberExpression' && left.object.type === 'Identifier';
    return isMember ? memberName(left) === name : left.type === 'Identifier' && left.name === name;
  });
}

function isOff(file: SourceFile, { value }: Given, fact: NumberFact | null): boolean {
  const [only, ...others] = valuesOf(file, value);
  if (only?.when !== 'always' || others.length > 0) return false;
  if (only.value === undefined || only.value === null) return true;
  // No time at all.
  return fact !== null && 'unit' in fact && (only.value === 0 || only.value === false || only.value === Infinity);
}

const MAX_DEPTH = 6;

/** May an object of options, which stands in a variable, be read by other code, for which the option may be the right one? */
function isReadElsewhere(file: SourceFile, call: ConfiguredCall, object: Node, option: string, depth = 0): boolean {
  const { parent } = object;
  if (!parent || depth > MAX_DEPTH) return true;
  const outward = (node: Node): boolean => isReadElsewhere(file, call, node, option, depth + 1);
  switch (parent.type) {
    case 'CallExpression':
    case 'NewExpression':
      return configuredCallAt(file, parent)?.library !== call.library;
    case 'ObjectExpression':
    case 'Property':
    case 'SpreadElement':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
      return outward(parent);
    case 'VariableDeclarator': {
      if (parent.id.type !== 'Identifier' || parent.parent.parent.type === 'ExportNamedDeclaration') return true;
      const variable = originsOf(file).variable(parent.id);
      return !variable || variable.references.some((reference) => reference.isRead() && isOtherUse(reference.identifier));
    }
    case 'MemberExpression':
      return isMentioned(parent, option);
    default:
      return true;
  }

  function isOtherUse(identifier: Node): boolean {
    const used = identifier.parent;
    return used?.type === 'MemberExpression' && used.object === identifier ? isMentioned(used, option) : outward(identifier);
  }
}

// `options.timeout`, where the option is `timeout`.
function isMentioned(member: Node, option: string): boolean {
  const name = member.type === 'MemberExpression' ? memberName(member) : null;
  return name === null || option.split('.').includes(name);
}

/** A time in milliseconds where the library takes seconds. */
export interface WrongUnit {
  readonly given: GivenOption;
  /** The number that stands there. */
  readonly amount: number;
  /** Where it stands. */
  readonly part: PossibleValue;
}

/** All of a file, in source order. */
export const wrongUnitsOf = perFile((file: SourceFile): readonly WrongUnit[] =>
  givenOptionsOf(file).flatMap((given) => {
    const { fact, value } = given;
    const [only, ...others] = valuesOf(file, value);
    if (!('unit' in fact) || others.length > 0 || typeof only?.value !== 'number') return [];
    return isMeantInMilliseconds(fact, only.value) ? [{ given, amount: only.value, part: only }] : [];
  }),
);

/** A time in milliseconds in the query of a connection string, where the library takes seconds. */
export interface WrongParameter {
  readonly given: GivenParameter;
  readonly amount: number;
}

/** All of a file, in source order. */
export const wrongParametersOf = perFile((file: SourceFile): readonly WrongParameter[] =>
  givenParametersOf(file).flatMap((given) => {
    const { fact, parameter, value } = given;
    const { covers, unit } = fact && 'unit' in fact ? fact : (parameter ?? {});
    const amount = Number(value);
    return covers && unit && isMeantInMilliseconds({ covers, unit }, amount) ? [{ given, amount }] : [];
  }),
);

const MINUTE = 60_000;
const HOUR = 3_600;

// Whole hours are meant as they are, unless they are whole minutes in milliseconds too: a week is 604 800 seconds.
function isMeantInMilliseconds(fact: Parameters<typeof looksLikeMilliseconds>[0], amount: number): boolean {
  if (!Number.isFinite(amount) || !looksLikeMilliseconds(fact, amount)) return false;
  return amount % HOUR !== 0 || amount % MINUTE === 0;
}
