import type { TSESTree } from '@typescript-eslint/utils';
import { mayThrow } from '../ast/effects.js';
import { isFunction, type FunctionNode, type Node } from '../ast/nodes.js';
import { walk } from '../ast/walk.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';

const calls = perFile(() => new Map<Node, readonly TSESTree.CallExpression[]>());

/** All calls below a node, nested functions included. */
export function callsWithin(file: SourceFile, root: Node): readonly TSESTree.CallExpression[] {
  const known = calls(file).get(root);
  if (known) return known;
  const found: TSESTree.CallExpression[] = [];
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'CallExpression') found.push(node);
    return undefined;
  });
  calls(file).set(root, found);
  return found;
}

/** Does the node run more than once in a call of `home`, or may it: in a loop, or in a function inside? */
export function isRepeated(node: Node, home: Node): boolean {
  for (let current = node.parent; current && current !== home; current = current.parent)
    if (isFunction(current) || isLoop(current)) return true;
  return false;
}

export type LoopNode =
  | TSESTree.DoWhileStatement
  | TSESTree.ForInStatement
  | TSESTree.ForOfStatement
  | TSESTree.ForStatement
  | TSESTree.WhileStatement;

export function isLoop(node: Node): node is LoopNode {
  return /^(?:DoWhile|ForIn|ForOf|For|While)Statement$/u.test(node.type);
}

/** May running the function fail at a call or a `throw` of its own? */
export function mayThrowWithin(
  file: SourceFile,
  fn: FunctionNode,
  isSafe: (call: TSESTree.CallExpression) => boolean,
): boolean {
  let found = false;
  walk(fn.body, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'ThrowStatement' || node.type === 'TaggedTemplateExpression' || node.type === 'AwaitExpression')
      found = true;
    else if (node.type === 'NewExpression') found ||= mayThrow(node);
    else if (node.type === 'CallExpression') found ||= mayThrow(node) && !isSafe(node);
    return !found && !isFunction(node);
  });
  return found;
}

/** All identifiers below an expression. */
export function identifiersWithin(file: SourceFile, root: Node): readonly TSESTree.Identifier[] {
  const found: TSESTree.Identifier[] = [];
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'Identifier') found.push(node);
    return undefined;
  });
  return found;
}
