/** Edits of options that are not read, or that stand in another unit. */
import type { UnreadOption, WrongUnit } from '../options/ignored.js';
import { valuesOf } from '../options/values.js';
import type { SourceFile } from '../resolve/source-file.js';
import { leaveOut, renamedOption, replacedValue, replaceValue, valueUnder, type OptionEdit } from './change-option.js';

/** An edit with the text that it writes. */
export interface WrittenEdit {
  readonly text: string;
  readonly edit: OptionEdit;
}

/** What to write instead; null where the number stands in a part of the expression that is not seen as a whole. */
export function inSeconds(file: SourceFile, { amount, given, part }: WrongUnit): WrittenEdit | null {
  const seconds = amount / 1000;
  const { node, when } = part;
  const isInside = node.range[0] >= given.value.range[0] && node.range[1] <= given.value.range[1];
  if (isInside && node.type === 'Literal' && Number(node.value) === amount)
    return { text: String(seconds), edit: replaceValue(file, given, node, seconds) };
  if (when !== 'always') return null;
  const written = file.sourceCode.getText(given.value);
  const isProduct = given.value.type === 'Identifier' || /^[\w\s.*]+$/u.test(written);
  // A constant has other readers: its number stays as it is.
  const text = /^[\d_\s.*+()-]+$/u.test(written) ? String(seconds) : `${isProduct ? written : `(${written})`} / 1000`;
  return { text, edit: replacedValue(file, given, text) };
}

/** What can be done about an option that is not read: `without` it, where the right one is given, or under the right `name`. */
export function mendUnread(
  file: SourceFile,
  { call, entry, given, right, rightFact }: UnreadOption,
): { readonly edit: OptionEdit | null; readonly name: string | null } | null {
  // Nobody reads it, and the right one is there.
  if (right.found === 'yes') return { edit: leaveOut(file, given, 'fix'), name: null };
  const { instead } = entry;
  if (right.found !== 'no' || instead === undefined || !given.property || !rightFact) return null;
  // A nested option can only be renamed where it stands.
  const name = instead.slice(parentOf(instead).length);
  if (parentOf(entry.option) !== parentOf(instead)) return null;
  if ('unit' in rightFact && rightFact.unit === 'signal') {
    // A signal counts from its creation, which has to be that of the call; and it takes no time that may be missing.
    const [first, last] = call.node.range;
    const values = valuesOf(file, given.value);
    if (given.property.range[0] < first || given.property.range[1] > last || values.length === 0) return null;
    if (!values.every(({ value }) => typeof value === 'number' && value > 0 && Number.isFinite(value))) return null;
  }
  return { name, edit: renamedOption(file, given.property, name, valueUnder(rightFact, file.sourceCode.getText(given.value))) };
}

// `pool.max` → `pool.`
function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}
