/** Words for messages: lines, and short pieces of source text. */
import type { TSESTree } from '@typescript-eslint/utils';
import { unwrap, type Node } from '../ast/nodes.js';
import type { Exit } from '../lifetime/outcome.js';
import type { SourceFile } from '../resolve/source-file.js';

const VERBS: Record<Exit['kind'], string> = {
  end: 'ends',
  event: 'waits for an event that may not come',
  exception: 'throws',
  overwritten: 'overwrites it',
  return: 'returns',
  throw: 'throws',
};

// More lines than this are not read.
const MOST = 3;

/** The places of exits in words: "line 14 returns", "the call on line 9 or 12". */
export function linesOf(exits: readonly Exit[]): string {
  const verbs = new Set(exits.map(({ kind }) => VERBS[kind]));
  const listed = (list: readonly Exit[]): string => linesIn(list.map(({ node }) => node));
  const [verb = ''] = verbs;
  if (verbs.size === 1) {
    return verb === VERBS.end ? 'the function ends' : `${listed(exits)}${verb === '' ? '' : ` ${verb}`}`;
  }
  return [...verbs]
    .map((each) => linesOf(exits.filter(({ kind }) => VERBS[kind] === each)))
    .filter((words) => words !== '')
    .join(', or when ');
}

/** The text of a node on one line, cut where it gets long, with something behind it. */
export function excerpt(file: SourceFile, node: Node, suffix = ''): string {
  const text = file.sourceCode
    .getText(node)
    .replace(/\s+/gu, ' ')
    .replace(/\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/gu, '()');
  return `${text.length > 40 ? `${text.slice(0, 39)}…` : text}${suffix}`;
}

/** A call as a message names it: `pool.query()`, `new Pool()`; a tag without its template, casts left out. */
export function calledAs(
  file: SourceFile,
  node: TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression,
): string {
  if (node.type === 'TaggedTemplateExpression') return plainText(file, node.tag);
  return `${node.type === 'NewExpression' ? 'new ' : ''}${plainText(file, node.callee)}()`;
}

function plainText(file: SourceFile, node: Node): string {
  const expression = unwrap(node);
  if (expression.type === 'MemberExpression' && !expression.computed)
    return `${plainText(file, expression.object)}.${file.sourceCode.getText(expression.property)}`;
  if (expression.type === 'CallExpression') return `${plainText(file, expression.callee)}()`;
  return excerpt(file, expression);
}

/** The lines of nodes in words: "line 14", "line 9, 12 or 20". */
export function linesIn(nodes: readonly Node[]): string {
  const lines = [...new Set(nodes.map(({ loc }) => loc.start.line))];
  const shown = lines.slice(0, MOST).map(String);
  if (lines.length > MOST) shown.push('others');
  return shown.length === 1 ? `line ${shown[0] ?? ''}` : `line ${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
}
