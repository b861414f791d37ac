/** From a response nobody reads to the edit that discards its body. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, enclosingFunction, wrappedAwait, type Node } from '../ast/nodes.js';
import type { Safety, TextChange } from '../fix/edit.js';
import { insertAfter, insertBefore } from '../fix/insert-before.js';
import type { Acquisition } from '../lifetime/acquisitions.js';
import type { Exit } from '../lifetime/outcome.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An edit that discards a body on the ways out that leave it unread. */
export interface DiscardBody {
  readonly safety: Safety;
  readonly changes: () => readonly TextChange[] | null;
}

/**
 * The edit that discards the body in front of each exit.
 *
 * @returns null where the function cannot wait for it, or where nothing names the response.
 */
export function discardBody(file: SourceFile, acquisition: Acquisition, exits: readonly Exit[]): DiscardBody | null {
  const { response, body } = acquisition;
  if (!response) return null;
  const { template, awaits } = response.discard;
  if (awaits && !mayAwait(exits, body)) return null;
  const dropped = droppedStatement(acquisition.node);
  if (dropped) {
    const expression =
      response.body === '' ? `(${text(file, dropped.value)})` : `(${text(file, dropped.value)}).${response.body}`;
    const code = template.replace('{body}', expression);
    return {
      safety: 'fix',
      changes: () => [{ range: dropped.statement.expression.range, text: code }],
    };
  }
  const name = bodyName(acquisition);
  if (!name) return null;
  const code = template.replace('{body}', name.text);
  const changes: TextChange[] = [];
  for (const { node, kind } of exits) {
    if (kind === 'return' || kind === 'throw') {
      if (!isStatement(node) || !name.visibleAt(node)) return null;
      changes.push(...insertBefore(file.sourceCode, node, code));
    } else if (kind === 'end') {
      const last = lastIn(acquisition, node);
      if (!last || !name.visibleAt(last)) return null;
      changes.push(...insertAfter(file.sourceCode, last, code));
    } else return null;
  }
  return { safety: 'fix', changes: () => changes };
}

function text(file: SourceFile, node: Node): string {
  return file.sourceCode.getText(node);
}

function mayAwait(exits: readonly Exit[], body: Node): boolean {
  return exits.every(({ node }) => {
    const fn = enclosingFunction(node) ?? (node === body ? null : body);
    return fn === null || fn.type === 'Program' || ('async' in fn && fn.async);
  });
}

// `await fetch(url);`, with nothing that takes the response.
function droppedStatement(node: Node): { readonly statement: TSESTree.ExpressionStatement; readonly value: Node } | null {
  const outer = wrappedAwait(node);
  const { parent } = outer;
  return parent?.type === 'ExpressionStatement' && outer.type === 'AwaitExpression'
    ? { statement: parent, value: outer }
    : null;
}

// How the body is written: a variable that holds it, or the response and the property.
function bodyName({
  response,
  values,
}: Acquisition): { readonly text: string; readonly visibleAt: (node: Node) => boolean } | null {
  const wanted = response?.body ?? '';
  let found: { text: string; visibleAt: (node: Node) => boolean } | null = null;
  for (const [variable, path] of values.variables) {
    const own = path.join('.');
    if (own !== wanted && own !== '') continue;
    if (!variable.identifiers.some((id) => id.type === 'Identifier')) continue;
    const rest = own === wanted ? '' : `.${wanted}`;
    const visibleAt = (node: Node): boolean => contains(variable.scope.block, node);
    if (own === wanted) return { text: variable.name, visibleAt };
    found ??= { text: variable.name + rest, visibleAt };
  }
  return found;
}

function isStatement(node: Node): boolean {
  return node.type === 'ReturnStatement' || node.type === 'ThrowStatement';
}

// The statement behind which the block ends in which the response is declared.
function lastIn({ node, body }: Acquisition, end: Node): Node | null {
  if (body.type === 'Program' || body.body.type !== 'BlockStatement') return null;
  const declarator = wrappedAwait(node).parent;
  if (declarator?.type !== 'VariableDeclarator') return null;
  const declaration = declarator.parent;
  if (declaration.parent === body.body) return end.parent === body.body ? end : null;
  // Declared in a block of its own: that block's end is where it is last seen.
  const block = declaration.parent;
  if (block.type !== 'BlockStatement') return null;
  const last = block.body.at(-1) ?? null;
  return last && !/^(?:Return|Throw|Break|Continue)Statement$/u.test(last.type) ? last : null;
}
