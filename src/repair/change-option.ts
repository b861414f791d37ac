/** Edits of options: leaving one out, or giving it another value. */
import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap, type Node } from '../ast/nodes.js';
import { addOption, intoObject } from '../fix/add-option.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { removeOption } from '../fix/remove-option.js';
import type { GivenOption, NumberFact } from '../options/given.js';
import type { Absent } from '../options/lookup.js';
import type { ConfiguredCall } from '../options/subjects.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An edit that is made when it is asked for. */
export interface OptionEdit {
  readonly safety: Safety;
  readonly changes: () => readonly TextChange[] | null;
}

/** Leaves an option out, so that its default holds. Null where it is no property, or its value does something. */
export function leaveOut(
  file: SourceFile,
  { object, property, value }: Pick<GivenOption, 'object' | 'property' | 'value'>,
  safety: Safety,
): OptionEdit | null {
  if (!object || !property || !isPlain(value)) return null;
  return {
    safety,
    changes: () => {
      const change = removeOption(file.sourceCode, object, property);
      return change && [change];
    },
  };
}

// Literals, names and arithmetic on them: nothing is lost when they are not evaluated.
function isPlain(node: Node): boolean {
  const value = unwrap(node);
  switch (value.type) {
    case 'Literal':
    case 'Identifier':
      return true;
    case 'UnaryExpression':
      return isPlain(value.argument);
    case 'BinaryExpression':
      return isPlain(value.left) && isPlain(value.right);
    case 'MemberExpression':
      return !value.computed && isPlain(value.object);
    default:
      return false;
  }
}

/** Writes a number in the place of a part of a value; as text where text stands there. */
export function replaceValue(
  file: SourceFile,
  { property, value }: Pick<GivenOption, 'property' | 'value'>,
  part: Node,
  number: number,
): OptionEdit {
  // The number of a constant that others read too is left alone.
  const isInside = part.range[0] >= value.range[0] && part.range[1] <= value.range[1];
  const quote = isInside && part.type === 'Literal' && typeof part.value === 'string' ? (part.raw[0] ?? "'") : '';
  return replacedValue(file, { property, value: isInside ? part : value }, `${quote}${String(number)}${quote}`);
}

/** Makes a duration a point in time. */
export function deadlineFromNow(file: SourceFile, given: Pick<GivenOption, 'property' | 'value'>): OptionEdit {
  return replacedValue(file, given, `Date.now() + ${file.sourceCode.getText(given.value)}`);
}

/**
 * Adds an option to a call that does not give it.
 *
 * @param argument Position of the object that takes it, for a call that has none yet.
 */
export function addedOption(
  file: SourceFile,
  call: ConfiguredCall,
  { object, rest }: Pick<Absent, 'object' | 'rest'>,
  argument: number,
  value: string,
): (OptionEdit & { readonly written: string }) | null {
  // Nested ones are only added where what they stand in is there.
  if (rest === '' || rest.includes('.')) return null;
  const written = `${rest}: ${value}`;
  if (!object && (call.node.arguments.length !== argument || argument < 0)) return null;
  return {
    safety: 'suggest',
    written,
    changes: () => {
      const change = object
        ? intoObject(file.sourceCode, object, written)
        : addOption(file.sourceCode, call.node, { argument, text: written });
      return change && [change];
    },
  };
}

/** Writes another text in the place of a value. */
export function replacedValue(
  file: SourceFile,
  { property, value }: Pick<GivenOption, 'property' | 'value'>,
  text: string,
): OptionEdit {
  return {
    safety: 'suggest',
    changes: () =>
      property?.shorthand
        ? [{ range: property.range, text: `${file.sourceCode.getText(property.key)}: ${text}` }]
        : [{ range: value.range, text }],
  };
}

/**
 * Gives an option another name, and another value if one is given. Nested options stay where they are, and so does what has another unit:
 * nobody knows which one was meant.
 */
export function renamedOption(
  file: SourceFile,
  property: TSESTree.Property,
  name: string,
  value: string | null,
): OptionEdit | null {
  if (property.computed || !/^[\w$]+$/u.test(name) || value === null) return null;
  const isSame = !property.shorthand && value === file.sourceCode.getText(property.value);
  return {
    safety: 'suggest',
    changes: () =>
      isSame ? [{ range: property.key.range, text: name }] : [{ range: property.range, text: `${name}: ${value}` }],
  };
}

/** A number of milliseconds or connections as an option takes it; null where that is not certain. */
export function valueUnder(fact: NumberFact, text: string): string | null {
  if (!('unit' in fact) || fact.unit === 'ms') return text;
  return fact.unit === 'signal' ? `AbortSignal.timeout(${text})` : null;
}
