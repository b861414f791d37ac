import type { TSESTree } from '@typescript-eslint/utils';
import type { Node } from '../ast/nodes.js';
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

/** All identifiers below an expression. */
export function identifiersWithin(file: SourceFile, root: Node): readonly TSESTree.Identifier[] {
  const found: TSESTree.Identifier[] = [];
  walk(root, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'Identifier') found.push(node);
    return undefined;
  });
  return found;
}
