/** Statements that are sent through a pool and run on a connection taken before: it is passed along. */
import { contains, isFunction, memberName, unwrap, type Node } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import type { Variable } from '../ast/variables.js';
import { constantInit } from '../resolve/conditions.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { PoolUse } from './pool-uses.js';
import { wholeChain } from './waiting.js';

/**
 * Does the statement run on a connection that is passed to it, or may it?
 *
 * @param held Variables that are a connection taken before.
 */
export function joinsConnection(file: SourceFile, use: PoolUse, held: readonly Variable[]): boolean {
  if (mentions(file, use.node, held)) return true;
  const { shortcut, node } = use;
  if (shortcut?.chain !== undefined && isChainedTo(file, node, shortcut.chain, held)) return true;
  if (!shortcut || node.type === 'TaggedTemplateExpression') return false;
  const { arguments: args } = node;
  const joins = shortcut.connectionArgument !== undefined || shortcut.option !== undefined;
  if (joins && args.some((argument) => argument.type === 'SpreadElement')) return true;
  if (shortcut.connectionArgument !== undefined && args.length > shortcut.connectionArgument) return true;
  if (shortcut.option === undefined) return false;
  const options = args[shortcut.optionArgument ?? 0];
  return options !== undefined && lookUpProperty(constantInit(file, options), shortcut.option).found !== 'no';
}

/** Is one of the variables used in the arguments of the call, or in what is chained to it (`.transacting(trx)`)? */
export function mentions(file: SourceFile, call: Node, variables: readonly Variable[]): boolean {
  const root = wholeChain(call);
  const inside = (node: Node, seen: number): boolean => {
    if (isFunction(node)) return false;
    if (variables.some(({ references }) => references.some(({ identifier }) => isDirectly(node, identifier)))) return true;
    // `const options = { transaction: t }`
    return (
      seen < 2 &&
      argumentsIn(node).some((argument) => isAlias(file, argument) && inside(constantInit(file, argument), seen + 1))
    );
  };
  return inside(root, 0);
}

function isAlias(file: SourceFile, node: Node): boolean {
  return unwrap(node).type === 'Identifier' && constantInit(file, node) !== unwrap(node);
}

// Not in a callback: that runs afterwards.
function isDirectly(root: Node, node: Node): boolean {
  if (!contains(root, node)) return false;
  for (let current: Node | undefined = node; current && current !== root; current = current.parent) {
    if (isFunction(current)) return false;
  }
  return true;
}

function argumentsIn(chain: Node): readonly Node[] {
  const found: Node[] = [];
  for (let current = unwrap(chain); ;) {
    if (current.type === 'MemberExpression') current = unwrap(current.object);
    else if (current.type === 'CallExpression') {
      found.push(...current.arguments);
      current = unwrap(current.callee);
    } else return found;
  }
}

// `db('users').transacting(trx)`, also later: `query.transacting(trx)`.
function isChainedTo(file: SourceFile, call: Node, method: string, held: readonly Variable[]): boolean {
  const chains = [wholeChain(call)];
  const declarator = chains[0]?.parent;
  if (declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier') {
    const variable = originsOf(file).variable(declarator.id);
    for (const { identifier } of variable?.references ?? []) chains.push(wholeChain(identifier));
  }
  return chains.some((chain) => {
    if (mentions(file, chain, held)) return true;
    for (let current = unwrap(chain); ;) {
      if (current.type === 'CallExpression') current = unwrap(current.callee);
      else if (current.type === 'MemberExpression') {
        if (memberName(current) === method) return true;
        current = unwrap(current.object);
      } else return false;
    }
  });
}
