import type { TSESLint } from '@typescript-eslint/utils';
import type { Node } from '../ast/nodes.js';
import type { TextChange } from './edit.js';
import { lineEnd, lineStart } from './layout.js';

/**
 * Removes a statement together with its line if nothing else stands there. Comments around it stay.
 *
 * @returns null if a comment inside the statement would be lost.
 */
export function removeStatement(
  sourceCode: TSESLint.SourceCode,
  statement: Node,
  keep: readonly Node[] = [],
): TextChange | null {
  const lost = sourceCode
    .getCommentsInside(statement)
    .some((comment) => !keep.some((node) => node.range[0] <= comment.range[0] && comment.range[1] <= node.range[1]));
  return lost ? null : removeRange(sourceCode.text, statement.range[0], statement.range[1]);
}

/** Removes a range, and the lines it stands on where nothing else stands on them. */
export function removeRange(text: string, start: number, end: number): TextChange {
  const from = lineStart(text, start);
  const to = lineEnd(text, end);
  const aloneBefore = text.slice(from, start).trim() === '';
  const aloneAfter = text.slice(end, to).trim() === '';
  if (aloneBefore && aloneAfter) {
    // Two empty lines would meet: take one of them along.
    const before = text.slice(lineStart(text, Math.max(0, from - 1)), from);
    const after = text.slice(to, lineEnd(text, to));
    const opens = /[{[(]\s*$/u.test(before);
    const extra = after.trim() === '' && after !== '' && (before.trim() === '' || opens) ? after.length : 0;
    return { range: [from, to + extra], text: '' };
  }
  if (aloneBefore) {
    // What follows on the line, a comment perhaps, takes the statement's place.
    const gap = /^[ \t]*/u.exec(text.slice(end, to))?.[0].length ?? 0;
    return { range: [start, end + gap], text: '' };
  }
  const spaces = /[ \t]*$/u.exec(text.slice(from, start))?.[0].length ?? 0;
  return { range: [start - spaces, end], text: '' };
}
