/** Shapes of syntax that the evaluation asks for. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, keyName, memberName, unwrap, wrapped, type FunctionNode, type Node } from '../../ast/nodes.js';

/** Names of a method under which promises are followed. */
export const PROMISE_METHODS: ReadonlySet<string> = new Set(['catch', 'finally', 'then']);

/** Methods by which a collection keeps what it is given. */
export const STORING: ReadonlySet<string> = new Set(['add', 'append', 'enqueue', 'push', 'set', 'unshift']);

/** Is the result awaited? */
export function isAwaited(node: Node): boolean {
  return wrapped(node).parent?.type === 'AwaitExpression';
}

/** Does nobody wait for what the call answers? */
export function isLastWord(node: Node): boolean {
  const { parent } = wrapped(node);
  return parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement';
}

/** Is it a promise that nothing can reject: `new Promise((resolve) => …)`? */
export function isWaiting(node: Node): boolean {
  if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'Promise') return false;
  const [executor] = node.arguments;
  return isFunction(executor) && executor.params.length < 2;
}

/** The elements or values of a literal. */
export function literalParts(node: Node): Node[] {
  const literal = unwrap(node);
  if (literal.type === 'ArrayExpression') return literal.elements.filter((element) => element !== null);
  if (literal.type !== 'ObjectExpression') return [];
  return literal.properties.map((property) => (property.type === 'Property' ? property.value : property.argument));
}

/** The pattern of a property in an object pattern. */
export function propertyOf(pattern: TSESTree.ObjectPattern, name: string): Node | null {
  const found = pattern.properties.find((property) => property.type === 'Property' && keyName(property) === name);
  return found?.type === 'Property' ? found.value : null;
}

/** Is it `promise.then(…)` or the like? */
export function isPromiseCall(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  return name !== null && PROMISE_METHODS.has(name);
}

/** The statement behind which a body ends. */
export function lastStatement(body: FunctionNode | TSESTree.Program): Node {
  if (body.type === 'Program') return body.body.at(-1) ?? body;
  return body.body.type === 'BlockStatement' ? (body.body.body.at(-1) ?? body.body) : body.body;
}
