import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Node } from '../ast/nodes.js';
import type { TextChange } from './edit.js';
import { indentationAt, layoutOf, lineEnd, lineStart } from './layout.js';

/**
 * Puts a statement in front of another one. A single statement of a branch gets braces.
 *
 * @param code The statement, without a semicolon.
 */
export function insertBefore(sourceCode: TSESLint.SourceCode, statement: Node, code: string): readonly TextChange[] {
  const { indent: step, semicolon, eol } = layoutOf(sourceCode);
  const { text } = sourceCode;
  const [start, end] = statement.range;
  if (isListed(statement)) {
    const alone = text.slice(lineStart(text, start), start).trim() === '';
    const separator = alone ? eol + indentationAt(text, start) : ' ';
    return [{ range: [start, start], text: `${code}${semicolon === '' && !alone ? ';' : semicolon}${separator}` }];
  }
  const outer = indentationAt(text, statement.parent?.range[0] ?? start);
  const inner = outer + step;
  const lead = text.slice(lineStart(text, lineStart(text, start) - 1), start);
  const before = /[ \t]*(?:\r?\n[ \t]*)?$/u.exec(lead)?.[0].length ?? 0;
  const changes: TextChange[] = [
    { range: [start - before, start], text: ` {${eol}${inner}${code}${semicolon}${eol}${inner}` },
    { range: [end, end], text: `${eol}${outer}}` },
  ];
  // A comment behind the statement stays on its line.
  const rest = text.slice(end, lineEnd(text, end));
  if (/^[ \t]*\/\//u.test(rest)) {
    const last = end + rest.trimEnd().length;
    changes[1] = { range: [last, last], text: `${eol}${outer}}` };
  }
  return changes;
}

/** Puts a statement behind another one of the same block. */
export function insertAfter(sourceCode: TSESLint.SourceCode, statement: Node, code: string): readonly TextChange[] {
  const { semicolon, eol } = layoutOf(sourceCode);
  const { text } = sourceCode;
  const [start, end] = statement.range;
  const alone = text.slice(lineStart(text, start), start).trim() === '';
  if (!alone) {
    const ended = /[;}]$/u.test(text.slice(start, end));
    return [{ range: [end, end], text: `${ended ? '' : ';'} ${code}${semicolon}` }];
  }
  // A comment behind the statement stays on its line.
  const comment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*\*\/(?=\s*$))/mu.exec(text.slice(end, lineEnd(text, end)))?.[0] ?? '';
  const at = end + comment.length;
  return [{ range: [at, at], text: `${eol}${indentationAt(text, start)}${code}${semicolon}` }];
}

/** The text of an expression that takes the place of a statement's, so that the line before does not go on into it. */
export function startsStatement(sourceCode: TSESLint.SourceCode, statement: Node, code: string): string {
  const before = isListed(statement) ? sourceCode.getTokenBefore(statement) : null;
  return /^[([`]/u.test(code) && before && !/^[;{}]$/u.test(before.value) ? `;${code}` : code;
}

function isListed(statement: Node): boolean {
  const parent = statement.parent as TSESTree.Node;
  return parent.type === 'BlockStatement' || parent.type === 'Program' || parent.type === 'SwitchCase';
}
