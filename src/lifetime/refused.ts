/** Requests that reject for a bad status, with a response in the error that nobody reads. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, memberName, unwrap, wrapped, type FunctionNode, type Node } from '../ast/nodes.js';
import { conditionHolds } from '../resolve/conditions.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { Acquisition } from './acquiring.js';
import type { ValuePath } from './protocol.js';
import { Values } from './values.js';

/**
 * The code that catches the error of a refused status and reads nothing of its response.
 *
 * @returns null where nobody catches it in the same function, or where it is handed on.
 */
export function swallowedBy(file: SourceFile, { node, response }: Acquisition): Node | null {
  if (!response?.rejection) return null;
  if (response.rejection.unless?.some((condition) => conditionHolds(file, node, condition))) return null;
  const catcher = catcherOf(file, node);
  if (!catcher) return null;
  const error = isFunction(catcher) ? catcher.params[0] : catcher.param;
  if (!error) return catcher;
  const values = new Values(file, catcher, () => false);
  values.addPattern(error);
  for (const [use, path] of values.entries) if (!isLook(file, use, path)) return null;
  return catcher;
}

/** The nearest `catch` around the request, or that of its own promise. */
function catcherOf(file: SourceFile, request: Node): FunctionNode | TSESTree.CatchClause | null {
  let node = wrapped(request);
  for (;;) {
    const member = node.parent;
    const call = member?.type === 'MemberExpression' ? wrapped(member).parent : undefined;
    if (member?.type !== 'MemberExpression' || call?.type !== 'CallExpression') break;
    const position = memberName(member) === 'catch' ? 0 : memberName(member) === 'then' ? 1 : -1;
    const handler = call.arguments[position];
    if (handler) return originsOf(file).functionOf(handler);
    node = wrapped(call);
  }
  // What is not awaited here rejects somewhere else.
  if (node.parent?.type !== 'AwaitExpression') return null;
  for (let child = request; child.parent && !isFunction(child.parent); child = child.parent) {
    const { parent } = child;
    if (parent.type === 'TryStatement' && parent.block === child && parent.handler) return parent.handler;
  }
  return null;
}

const PARTS_OF_RESPONSE = /^(?:config|headers|status|statusText)$/u;

// `error.message`, `error.response?.status`, `axios.isAxiosError(error)`, `console.error(error)`, `error instanceof Error`
function isLook(file: SourceFile, use: Node, path: ValuePath): boolean {
  const outer = wrapped(use);
  const { parent } = outer;
  if (path[0] === 'response') {
    if (path.length > 1) return PARTS_OF_RESPONSE.test(path[1] ?? '');
    return isMemberOf(outer) || isTested(outer);
  }
  if (path.length > 0) return path[0] !== 'request';
  if (isMemberOf(outer) || isTested(outer)) return true;
  if (parent?.type === 'BinaryExpression') return true;
  return parent?.type === 'CallExpression' && contains(parent, outer) && isLookingCall(file, parent);
}

function isMemberOf(object: Node): boolean {
  const { parent } = object;
  return parent?.type === 'MemberExpression' && parent.object === object && memberName(parent) !== null;
}

function isTested(expression: Node): boolean {
  const { parent } = expression;
  return (
    ((parent?.type === 'IfStatement' || parent?.type === 'ConditionalExpression') && parent.test === expression) ||
    (parent?.type === 'LogicalExpression' && parent.operator === '&&' && parent.left === expression) ||
    (parent?.type === 'UnaryExpression' && parent.operator === '!')
  );
}

function isLookingCall(file: SourceFile, call: TSESTree.CallExpression): boolean {
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
  const origin = originsOf(file).of(callee);
  return name === 'isAxiosError' || (origin?.module === GLOBAL && /^(?:console|String|JSON)$/u.test(origin.steps[0] ?? ''));
}
