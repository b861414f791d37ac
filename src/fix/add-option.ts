import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { TextChange } from './edit.js';

/** An option to be written into the arguments of a call. */
export interface AddedOption {
  /** Position of the object that takes it. */
  readonly argument: number;
  /** `keepAlive: true` */
  readonly text: string;
}

/**
 * Adds an option to the object literal at a position of the arguments, or adds the object after the last argument.
 *
 * @returns null if something else stands there.
 */
export function addOption(
  sourceCode: TSESLint.SourceCode,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  { argument: index, text }: AddedOption,
): TextChange | null {
  const argument = call.arguments[index];
  if (argument) return argument.type === 'ObjectExpression' ? intoObject(sourceCode, argument, text) : null;
  if (call.arguments.length !== index) return null;
  const last = call.arguments.at(-1);
  if (last) return { range: [last.range[1], last.range[1]], text: `, { ${text} }` };
  const close = sourceCode.getLastToken(call);
  // `new Agent` without parentheses
  if (close?.value !== ')') return { range: [call.range[1], call.range[1]], text: `({ ${text} })` };
  return { range: [close.range[0], close.range[0]], text: `{ ${text} }` };
}

/** Adds a property in front of the others of an object literal. */
export function intoObject(sourceCode: TSESLint.SourceCode, object: TSESTree.ObjectExpression, text: string): TextChange {
  const [first] = object.properties;
  const start = object.range[0] + 1;
  if (!first) return { range: [start, start], text: ` ${text} ` };
  // In front of the comments that speak of the first one; what stands beside the brace speaks of the object.
  const { line } = object.loc.start;
  const comment = sourceCode.getCommentsBefore(first).find(({ loc }) => loc.start.line > line);
  const offset = (comment ?? first).range[0];
  // Each on a line of its own, as the others.
  const before = sourceCode.text.slice(start, offset);
  const gap = before.includes('\n') ? /\r?\n[ \t]*$/u.exec(before)?.[0] : ' ';
  return { range: [offset, offset], text: `${text},${gap ?? ' '}` };
}
