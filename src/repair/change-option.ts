/** Edits of options: leaving one out, or giving it another value. */
import { unwrap, type Node } from '../ast/nodes.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { removeOption } from '../fix/remove-option.js';
import type { GivenOption } from '../options/given.js';
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

/** Writes a number in the place of a value, which may be the number of a constant that others read too: that is left alone. */
export function replaceValue(
  file: SourceFile,
  { property, value }: Pick<GivenOption, 'property' | 'value'>,
  part: Node,
  number: number,
): OptionEdit | null {
  const inside = part.range[0] >= value.range[0] && part.range[1] <= value.range[1];
  const target = inside ? part : value;
  const isText = inside && part.type === 'Literal' && typeof part.value === 'string';
  const quote = isText ? (part.raw[0] ?? "'") : '';
  const text = `${quote}${String(number)}${quote}`;
  return {
    safety: 'suggest',
    changes: () =>
      property?.shorthand
        ? [{ range: property.range, text: `${file.sourceCode.getText(property.key)}: ${text}` }]
        : [{ range: target.range, text }],
  };
}

/** Makes a duration a point in time. */
export function deadlineFromNow(file: SourceFile, { property, value }: Pick<GivenOption, 'property' | 'value'>): OptionEdit {
  const text = `Date.now() + ${file.sourceCode.getText(value)}`;
  return {
    safety: 'suggest',
    changes: () =>
      property?.shorthand
        ? [{ range: property.range, text: `${file.sourceCode.getText(property.key)}: ${text}` }]
        : [{ range: value.range, text }],
  };
}
