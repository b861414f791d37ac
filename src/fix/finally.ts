/** Edits that make a statement run on every way out: `try` and `finally`. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { arrange, type TextChange } from './edit.js';
import { frozenLines, indentationAt, layoutOf, lineEnd, lineStart } from './layout.js';
import { removeStatement } from './remove-statement.js';

/** Statements of one block that a `try` is put around. */
export interface WrapRequest {
  readonly sourceCode: TSESLint.SourceCode;
  readonly block: TSESTree.BlockStatement;
  /** The statement behind which the `try` begins. */
  readonly after: TSESTree.Statement;
  /** The last statement inside; the end of the block if null. */
  readonly through: TSESTree.Statement | null;
  /** Statements to be taken out. */
  readonly removed: readonly TSESTree.Statement[];
  /** What the `finally` does, without a semicolon. */
  readonly cleanup: string;
  /** Further changes of the statements inside. */
  readonly changes?: readonly TextChange[];
}

/**
 * Puts `try { … } finally { cleanup }` around the statements behind one.
 *
 * @returns null if they do not stand on lines of their own, or if a comment would be lost.
 */
export function wrapInFinally(request: WrapRequest): readonly TextChange[] | null {
  const { sourceCode, block, after, through, removed, cleanup } = request;
  const { text } = sourceCode;
  const { indent: step, semicolon, eol } = layoutOf(sourceCode);
  const start = lineEnd(text, after.range[1]);
  const closing = lineStart(text, block.range[1] - 1);
  const end = through ? lineEnd(text, through.range[1]) : closing;
  if (text.slice(after.range[1], start).trim() !== '' && !/^\s*\/\//u.test(text.slice(after.range[1], start))) return null;
  if (start >= end || text.slice(closing, block.range[1] - 1).trim() !== '') return null;
  if (through && !/^\s*(?:\/\/.*)?$/u.test(text.slice(through.range[1], end).trimEnd())) return null;
  const indent = indentationAt(text, after.range[0]);
  const changes: TextChange[] = [...(request.changes ?? [])];
  for (const statement of removed) {
    const change = removeStatement(sourceCode, statement);
    if (!change) return null;
    changes.push(change);
  }
  const frozen = frozenLines(sourceCode, block);
  for (let at = start; at < end; at = lineEnd(text, at)) {
    if (!frozen.has(at) && text.slice(at, lineEnd(text, at)).trim() !== '') changes.push({ range: [at, at], text: step });
  }
  const head = /^\s*$/u.test(text.slice(start, lineEnd(text, start))) ? lineEnd(text, start) : start;
  const arranged = arrange(changes);
  if (!arranged) return null;
  const [first, ...rest] = arranged;
  const opening = `${indent}try {${eol}`;
  // Two edits may not touch at one place: the line that opens the block goes with the first line's indentation.
  const opened =
    first?.range[0] === head && first.range[1] === head
      ? [{ range: first.range, text: opening + first.text }, ...rest]
      : [
          { range: [head, head] as const, text: opening },
          ...arranged.filter((change) => change.range[1] > head || change.range[0] > head),
        ];
  return [
    ...opened,
    { range: [end, end], text: `${indent}} finally {${eol}${indent}${step}${cleanup}${semicolon}${eol}${indent}}${eol}` },
  ];
}

/** Adds a `finally` to a `try` that has none, and takes statements out of it. */
export function addFinally(
  sourceCode: TSESLint.SourceCode,
  statement: TSESTree.TryStatement,
  removed: readonly TSESTree.Statement[],
  cleanup: string,
): readonly TextChange[] | null {
  if (statement.finalizer) return null;
  const { indent: step, semicolon, eol } = layoutOf(sourceCode);
  const indent = indentationAt(sourceCode.text, statement.range[0]);
  const changes: TextChange[] = [];
  for (const item of removed) {
    const change = removeStatement(sourceCode, item);
    if (!change) return null;
    changes.push(change);
  }
  changes.push({
    range: [statement.range[1], statement.range[1]],
    text: ` finally {${eol}${indent}${step}${cleanup}${semicolon}${eol}${indent}}`,
  });
  return arrange(changes);
}

/** Moves the statements in front of a `try` into it. */
export function moveIntoTry(
  sourceCode: TSESLint.SourceCode,
  statement: TSESTree.TryStatement,
  moved: readonly TSESTree.Statement[],
): readonly TextChange[] | null {
  const [first] = moved;
  const last = moved.at(-1);
  if (!first || !last) return null;
  const { text } = sourceCode;
  const { indent: step } = layoutOf(sourceCode);
  const from = startWithComments(sourceCode, first);
  const to = lineEnd(text, last.range[1]);
  const opening = lineEnd(text, statement.block.range[0]);
  if (text.slice(lineStart(text, first.range[0]), first.range[0]).trim() !== '' || text.slice(last.range[1], to).trim() !== '')
    return null;
  if (opening >= statement.block.range[1] || lineStart(text, statement.range[0]) < to) return null;
  if (text.slice(to, lineStart(text, statement.range[0])).trim() !== '') return null;
  const frozen = frozenLines(sourceCode, statement.parent);
  const lines: string[] = [];
  for (let at = from; at < to; at = lineEnd(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    lines.push(frozen.has(at) || line.trim() === '' ? line : step + line);
  }
  return [
    { range: [from, lineStart(text, statement.range[0])], text: '' },
    { range: [opening, opening], text: lines.join('') },
  ];
}

// The line on which the statement begins, or the comments on lines of their own right above it.
function startWithComments(sourceCode: TSESLint.SourceCode, statement: TSESTree.Statement): number {
  const { text } = sourceCode;
  let start = lineStart(text, statement.range[0]);
  for (const { range } of [...sourceCode.getCommentsBefore(statement)].reverse()) {
    const line = lineStart(text, range[0]);
    if (text.slice(line, range[0]).trim() !== '' || text.slice(range[1], start).trim() !== '') break;
    start = line;
  }
  return start;
}
