import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { TextChange } from './edit.js';
import { removeRange } from './remove-statement.js';

/**
 * Removes a property of an object literal together with its comma, and with its lines where nothing else stands on them.
 *
 * @returns null if a comment beside it would be lost or would seem to belong to something else.
 */
export function removeOption(
  sourceCode: TSESLint.SourceCode,
  object: TSESTree.ObjectExpression,
  property: TSESTree.Property,
): TextChange | null {
  const after = sourceCode.getTokenAfter(property);
  const before = sourceCode.getTokenBefore(property);
  if (!before || !after) return null;
  const comma = after.value === ',' ? after : null;
  const next = comma ? sourceCode.getTokenAfter(comma) : after;
  const commented = [...sourceCode.getCommentsInside(property), ...sourceCode.getCommentsBefore(property)];
  if (comma) commented.push(...sourceCode.getCommentsBefore(comma), ...commentsOnLine(sourceCode, comma));
  else commented.push(...commentsOnLine(sourceCode, property));
  if (commented.length > 0) return null;
  // The last one takes the comma in front of it along, unless the file writes commas behind the last one too.
  if (!comma && before.value === ',') return { range: [before.range[0], property.range[1]], text: '' };
  if (object.properties.length === 1) return { range: [before.range[1], (next ?? after).range[0]], text: '' };
  const end = (comma ?? property).range[1];
  const { text } = sourceCode;
  const alone = /\n[ \t]*$/u.test(text.slice(0, property.range[0])) && /^[ \t]*\r?\n/u.test(text.slice(end));
  if (alone) return removeRange(text, property.range[0], end);
  const gap = /^[ \t]*/u.exec(text.slice(end))?.[0].length ?? 0;
  return { range: [property.range[0], end + gap], text: '' };
}

function commentsOnLine(sourceCode: TSESLint.SourceCode, node: TSESTree.Node | TSESTree.Token): readonly TSESTree.Comment[] {
  return sourceCode.getCommentsAfter(node).filter(({ loc }) => loc.start.line === node.loc.end.line);
}
