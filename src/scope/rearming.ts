/** Functions that hand themselves to a timer again, so that they run as often as an interval ticks. */
import {
  contains,
  immediateCall,
  isFunction,
  memberName,
  runningFunction,
  unwrap,
  walkStatements,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { walk } from '../ast/walk.js';
import { flowOf } from '../resolve/flow.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { isBranch } from './gates.js';
import { isDoneBy } from './reach.js';

const PROMISE_METHODS = new Set(['finally', 'then']);

/**
 * Does the function set the timer that runs it again, in each run that nobody stops?
 *
 * A function that does so after a failure, or until it has what it waited for, is another attempt at the same thing.
 *
 * @param call The call that hands the function to the timer.
 */
export function isRearmed(file: SourceFile, fn: FunctionNode, call: Node): boolean {
  const setter = runningFunction(call);
  if (!setter || !isReached(file, call, setter)) return false;
  if (setter === fn) return true;
  return flowOf(file)
    .usesOfFunction(setter)
    .some((use) => {
      if (use.kind === 'call')
        return contains(fn, use.call) && runningFunction(use.call) === fn && isReached(file, use.call, fn);
      if (use.kind !== 'argument' || use.index !== 0 || !contains(fn, use.call)) return false;
      // `work().finally(() => { setTimeout(tick, 1000); })`
      const callee = unwrap(use.call.callee);
      const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
      return name !== null && PROMISE_METHODS.has(name) && isReached(file, use.call, fn);
    });
}

/** Does each run of the function come to the node, unless it fails or is stopped from outside? */
function isReached(file: SourceFile, node: Node, fn: FunctionNode): boolean {
  let child = node;
  for (let parent = node.parent; parent && child !== fn; child = parent, parent = parent.parent) {
    if (parent.type === 'CatchClause') return false;
    if (isBranch(parent, child) && !isStopped(file, parent, fn)) return false;
    if (isFunction(parent) && parent !== fn && !immediateCall(parent)) return false;
  }
  let left = false;
  if (fn.body.type === 'BlockStatement') {
    walkStatements(fn.body, (statement) => {
      const isEarly = statement.type === 'ReturnStatement' && statement.range[1] < node.range[0];
      if (isEarly && !isUnderStop(file, statement, fn)) left = true;
    });
  }
  return !left;
}

function isUnderStop(file: SourceFile, statement: Node, fn: FunctionNode): boolean {
  let child = statement;
  for (let parent = statement.parent; parent && parent !== fn; child = parent, parent = parent.parent)
    if (isBranch(parent, child) && isStopped(file, parent, fn)) return true;
  return false;
}

// The condition asks what only others decide: `if (stopped) return;`, `if (!this.closing) …`.
function isStopped(file: SourceFile, branch: Node, fn: FunctionNode): boolean {
  const test =
    branch.type === 'IfStatement' || branch.type === 'ConditionalExpression'
      ? branch.test
      : branch.type === 'LogicalExpression'
        ? branch.left
        : null;
  if (!test) return false;
  let stopped = true;
  walk(test, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'CallExpression' || node.type === 'AwaitExpression' || node.type === 'AssignmentExpression')
      stopped = false;
    else if (node.type === 'MemberExpression') stopped &&= !isWrittenBy(file, memberWrites(file, memberName(node)), fn);
    else if (node.type === 'Identifier' && node.parent.type !== 'MemberExpression') stopped &&= isOfOthers(file, node, fn);
    else if (node.type === 'Identifier' && node.parent.type === 'MemberExpression' && node.parent.object === node)
      stopped &&= isOfOthers(file, node, fn);
    return stopped;
  });
  return stopped;
}

function isOfOthers(file: SourceFile, id: Extract<Node, { type: 'Identifier' }>, fn: FunctionNode): boolean {
  const variable = originsOf(file).variable(id);
  if (!variable) return true;
  if (variable.defs.some(({ name }) => contains(fn, name))) return false;
  const writes = variable.references.filter((reference) => reference.isWrite() && !reference.init);
  return !isWrittenBy(
    file,
    writes.map(({ identifier }) => identifier as Node),
    fn,
  );
}

function isWrittenBy(file: SourceFile, writes: readonly Node[], fn: FunctionNode): boolean {
  return writes.some((write) => isDoneBy(file, write, fn));
}

function memberWrites(file: SourceFile, name: string | null): readonly Node[] {
  return file.nodesOfType('AssignmentExpression').filter(({ left }) => {
    const target = unwrap(left);
    return target.type === 'MemberExpression' && memberName(target) === name;
  });
}
