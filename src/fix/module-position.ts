import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { contains, unwrapAwait, type Node } from '../ast/nodes.js';
import type { TextChange } from './edit.js';
import { layoutOf, lineEnd } from './layout.js';

/**
 * Inserts declarations at module scope, set off by empty lines.
 *
 * @param declarations Module-level declarations that the new ones read, and so must follow.
 * @param lines The new text, line by line.
 */
export function insertAtModuleScope(
  sourceCode: TSESLint.SourceCode,
  declarations: readonly Node[],
  lines: readonly string[],
): TextChange {
  const { eol } = layoutOf(sourceCode);
  const body = lines.join('\n').replace(/\r?\n/gu, eol);
  const { offset, after } = insertionOffset(sourceCode, anchorFor(sourceCode, declarations));
  if (!after) return { range: [offset, offset], text: `${body}${eol}${eol}` };
  const { text } = sourceCode;
  // The rest of the line and the next one: more is not looked at, and a file may be long.
  const following = text.slice(offset, lineEnd(text, lineEnd(text, offset)));
  const endsLine = /^[ \t]*(?:\r?\n|$)/u.test(following);
  const setOff = /^[ \t]*\r?\n[ \t]*(?:\r?\n|$)/u.test(following) || following.trim() === '';
  const gap = endsLine ? 0 : (/^[ \t]*/u.exec(following)?.[0].length ?? 0);
  return { range: [offset, offset + gap], text: `${eol}${eol}${body}${setOff ? '' : endsLine ? eol : eol + eol}` };
}

/**
 * Where a declaration may be inserted at module scope: after the imports, the leading requires and the directives, and after every
 * declaration it reads.
 *
 * @returns The node to insert after; null: before everything (after a shebang and a leading comment block).
 */
function anchorFor(sourceCode: TSESLint.SourceCode, declarations: readonly Node[]): TSESTree.ProgramStatement | null {
  const { body } = sourceCode.ast;
  let last = body.findLastIndex(isImport);
  for (const declaration of declarations)
    last = Math.max(
      last,
      body.findIndex((statement) => contains(statement, declaration)),
    );
  for (let next = body[last + 1]; next && belongsToHead(next); next = body[last + 1]) last += 1;
  return last < 0 ? null : (body[last] ?? null);
}

function isImport(statement: TSESTree.ProgramStatement): boolean {
  return statement.type === 'ImportDeclaration' || statement.type === 'TSImportEqualsDeclaration';
}

// What may stand between the imports, as long as nothing else does.
function belongsToHead(statement: TSESTree.ProgramStatement): boolean {
  const isDirective = statement.type === 'ExpressionStatement' && statement.directive !== undefined;
  return isDirective || isRequire(statement) || isReExport(statement);
}

// `const { Pool } = require('pg')`, `const app = require('express')()`, `import 'x'` transpiled.
function isRequire(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type === 'ExpressionStatement') return startsWithRequire(statement.expression);
  return (
    statement.type === 'VariableDeclaration' &&
    statement.declarations.every(({ init }) => init !== null && startsWithRequire(init) && !hasCallAfterRequire(init))
  );
}

function startsWithRequire(node: Node): boolean {
  let current = unwrapAwait(node);
  while (current.type === 'MemberExpression' || current.type === 'CallExpression') {
    if (current.type === 'CallExpression' && current.callee.type === 'Identifier' && current.callee.name === 'require')
      return true;
    current = unwrapAwait(current.type === 'MemberExpression' ? current.object : current.callee);
  }
  return current.type === 'ImportExpression';
}

// `require('x')()` runs code: what stands after it may rely on its place.
function hasCallAfterRequire(node: Node): boolean {
  const value = unwrapAwait(node);
  return value.type === 'CallExpression' && !(value.callee.type === 'Identifier' && value.callee.name === 'require');
}

function isReExport(statement: TSESTree.ProgramStatement): boolean {
  return (
    statement.type === 'ExportAllDeclaration' || (statement.type === 'ExportNamedDeclaration' && statement.source !== null)
  );
}

/** Offset at which text for the anchor is inserted, and whether it follows other code. */
function insertionOffset(
  sourceCode: TSESLint.SourceCode,
  anchor: TSESTree.ProgramStatement | null,
): { readonly offset: number; readonly after: boolean } {
  const { text } = sourceCode;
  if (anchor) {
    // A comment that ends the anchor's line stays with it.
    const next = text.indexOf('\n', anchor.range[1]);
    const rest = text.slice(anchor.range[1], next < 0 ? text.length : next);
    const onlyComment = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*\*\/[ \t]*)?\r?$/u.test(rest);
    return { offset: onlyComment ? anchor.range[1] + rest.replace(/\r$/u, '').trimEnd().length : anchor.range[1], after: true };
  }
  const first = sourceCode.ast.body[0];
  if (!first) return { offset: text.length, after: true };
  const comments = sourceCode.getCommentsBefore(first);
  // A licence or file comment is separated from the first statement by an empty line; a comment on the statement is not.
  const attached = comments.filter((comment, index) => {
    const following = comments[index + 1] ?? first;
    return (
      comments.slice(index).every((_, at, list) => {
        const current = list[at];
        const after = list[at + 1] ?? first;
        return current !== undefined && after.loc.start.line - current.loc.end.line <= 1;
      }) &&
      following.loc.start.line - comment.loc.end.line <= 1 &&
      !text.startsWith('#!', comment.range[0])
    );
  });
  return { offset: attached[0]?.range[0] ?? first.range[0], after: false };
}
