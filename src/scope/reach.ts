/** What a function does, in its own body and through the functions of the file that it calls. */
import { isFunction, memberName, runningFunction, type FunctionNode, type Node } from '../ast/nodes.js';
import { flowOf } from '../resolve/flow.js';
import type { SourceFile } from '../resolve/source-file.js';

// Through helpers, as deep as calls are followed.
const MAX_DEPTH = 4;

/** Is the place part of what the function does, callbacks included, when nothing fails? Null stands for the whole file. */
export function isDoneBy(file: SourceFile, node: Node, fn: FunctionNode | null, depth = 0): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (current === fn) return true;
    if (current.type === 'CatchClause' || isCatchCallback(current)) return false;
  }
  if (!fn) return true;
  const owner = runningFunction(node);
  if (!owner || depth >= MAX_DEPTH) return false;
  return flowOf(file)
    .usesOfFunction(owner)
    .some((use) => use.kind === 'call' && isDoneBy(file, use.call, fn, depth + 1));
}

// `.catch(() => …)`
function isCatchCallback(node: Node): boolean {
  const parent: Node | undefined = node.parent;
  return (
    isFunction(node) &&
    parent?.type === 'CallExpression' &&
    parent.callee.type === 'MemberExpression' &&
    memberName(parent.callee) === 'catch'
  );
}
