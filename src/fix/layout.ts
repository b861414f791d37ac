/** How the file is written: line ends, indentation, quotes, semicolons. Edits follow it. */
import type { TSESLint } from '@typescript-eslint/utils';
import type { Node } from '../ast/nodes.js';
import { walk } from '../ast/walk.js';
import type { TextChange } from './edit.js';

export interface Layout {
  readonly eol: string;
  readonly indent: string;
  readonly quote: '"' | "'";
  readonly semicolon: '' | ';';
}

// Keyed on the tree, as everything that is known about a file: each edit asks, and reading the whole text for each is too much.
const layouts = new WeakMap<object, Layout>();

/** The layout of a file, read off it once. */
export function layoutOf(sourceCode: TSESLint.SourceCode): Layout {
  const known = layouts.get(sourceCode.ast);
  if (known) return known;
  const layout = readLayout(sourceCode);
  layouts.set(sourceCode.ast, layout);
  return layout;
}

function readLayout(sourceCode: TSESLint.SourceCode): Layout {
  const { text } = sourceCode;
  const indented = /^([ \t]+)\S/mu.exec(text.replace(/^[ \t]+\*.*$/gmu, ''));
  const double = (text.match(/"/gu) ?? []).length;
  const single = (text.match(/'/gu) ?? []).length;
  const atTop = sourceCode.ast.body.filter((node) => SEMICOLON_ENDS.has(node.type));
  const statements = atTop.length > 0 ? atTop : innerStatements(sourceCode);
  const bare = statements.filter((node) => text[node.range[1] - 1] !== ';').length;
  return {
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    indent: indented?.[1]?.startsWith('\t') === true ? '\t' : (indented?.[1] ?? '  '),
    quote: double > single ? '"' : "'",
    semicolon: statements.length > 0 && bare > statements.length / 2 ? '' : ';',
  };
}

const SEMICOLON_ENDS = new Set(['ExpressionStatement', 'ImportDeclaration', 'VariableDeclaration']);

// In a file of functions and classes, those say how statements end.
function innerStatements({ ast, visitorKeys }: TSESLint.SourceCode): readonly Node[] {
  const found: Node[] = [];
  walk(ast, visitorKeys, (node) => {
    if (SEMICOLON_ENDS.has(node.type) && node.parent?.type === 'BlockStatement') found.push(node);
    return undefined;
  });
  return found;
}

/** White space in front of the first character of the line on which `offset` lies. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/u.exec(text.slice(start, offset))?.[0] ?? '';
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Just after the line break that ends the line of `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

/** Offsets of line starts inside template literals and other tokens that span lines, which must not be re-indented. */
export function frozenLines(sourceCode: TSESLint.SourceCode, root: Node): ReadonlySet<number> {
  const frozen = new Set<number>();
  walk(root, sourceCode.visitorKeys, (node) => {
    if (
      node.type === 'TemplateElement' ||
      node.type === 'JSXText' ||
      (node.type === 'Literal' && typeof node.value === 'string')
    ) {
      for (
        let at = lineEnd(sourceCode.text, node.range[0]);
        at <= node.range[1] && at < sourceCode.text.length;
        at = lineEnd(sourceCode.text, at)
      ) {
        frozen.add(at);
        if (at >= node.range[1]) break;
      }
    }
    return undefined;
  });
  return frozen;
}

/**
 * The text of a node with its later lines moved from one indentation to another.
 *
 * @param changes Replacements inside the node to be made on the way.
 */
export function reindented(
  sourceCode: TSESLint.SourceCode,
  node: Node,
  to: string,
  changes: readonly TextChange[] = [],
): string {
  const { text } = sourceCode;
  const from = indentationAt(text, node.range[0]);
  const frozen = frozenLines(sourceCode, node);
  const edits = changes.map((change) => ({ ...change, text: change.text.replaceAll(`\n${from}`, `\n${to}`) }));
  for (let at = lineEnd(text, node.range[0]); at < node.range[1]; at = lineEnd(text, at)) {
    if (!frozen.has(at) && text.startsWith(from, at)) edits.push({ range: [at, at + from.length], text: to });
  }
  return applyTo(text, node.range, edits);
}

/** The text of a range after replacements that lie within it. */
export function applyTo(text: string, range: readonly [number, number], changes: readonly TextChange[]): string {
  let result = '';
  let position = range[0];
  for (const change of [...changes].sort((a, b) => a.range[0] - b.range[0])) {
    if (change.range[0] < position) continue;
    result += text.slice(position, change.range[0]) + change.text;
    position = change.range[1];
  }
  return result + text.slice(position, range[1]);
}
