import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, matchesModule, matchesPath, NEW, plainModule } from '../catalog/api-path.js';
import type { ArgumentCondition } from '../catalog/descriptor.js';
import { enclosingFunction, memberName, unwrap, unwrapAwait, type Node } from '../ast/nodes.js';
import { literalValue, lookUpProperty } from '../ast/objects.js';
import { isConstant } from '../ast/variables.js';
import { walk } from '../ast/walk.js';
import { GLOBAL } from './module-path.js';
import { originsOf } from './origin.js';
import type { SourceFile } from './source-file.js';

/** Is the condition proved by the arguments of the call? What cannot be followed proves nothing. */
export function conditionHolds(
  file: SourceFile,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  condition: ArgumentCondition,
): boolean {
  const argument = call.arguments[condition.argument];
  if (condition.test === 'missing')
    return argument === undefined && !call.arguments.some((node) => node.type === 'SpreadElement');
  if (!argument || argument.type === 'SpreadElement') return false;
  const value = constantInit(file, argument);
  switch (condition.test) {
    case 'has-property':
      return lookUpProperty(value, condition.property).found === 'yes';
    case 'lacks-property':
      return lookUpProperty(value, condition.property).found === 'no';
    case 'property-is':
    case 'property-matches': {
      const found = lookUpProperty(value, condition.property);
      const literal = found.found === 'yes' ? literalValue(constantInit(file, found.value)) : undefined;
      if (condition.test === 'property-is') return literal !== undefined && condition.values.includes(literal);
      return typeof literal === 'string' && condition.pattern.test(literal);
    }
    case 'is-text':
      return isText(file, value);
    case 'matches': {
      const literal = literalValue(value);
      return typeof literal === 'string' && condition.pattern.test(literal);
    }
    case 'made-by': {
      const made = unwrapAwait(value);
      const origin = made.type === 'CallExpression' || made.type === 'NewExpression' ? originsOf(file).of(made.callee) : null;
      if (!origin || (condition.modules && !condition.modules.some((name) => matchesModule(plainModule(name), origin.module))))
        return false;
      return matchesPath(condition.api, [...origin.steps, made.type === 'NewExpression' ? NEW : CALL]);
    }
  }
}

/**
 * As {@link conditionHolds}, or would it in one of several cases that can be seen: `{ method: probe ? 'HEAD' : 'GET' }`, or a method that the
 * function compares with `HEAD` elsewhere?
 */
export function conditionMayHold(
  file: SourceFile,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  condition: ArgumentCondition,
): boolean {
  if (conditionHolds(file, call, condition)) return true;
  const [first] = call.arguments;
  const request = first ? constantInit(file, first) : null;
  if (request?.type === 'NewExpression' && isRequest(request)) return conditionMayHold(file, request, condition);
  const argument = call.arguments[condition.argument];
  if (condition.test !== 'property-is' || !argument) return false;
  const found = lookUpProperty(constantInit(file, argument), condition.property);
  if (found.found === 'no') return false;
  const possible = found.found === 'yes' ? possibleLiterals(file, found.value) : [];
  if (possible.some((value) => condition.values.includes(value))) return true;
  return possible.length === 0 && mentions(file, enclosingFunction(call) ?? file.ast, condition.values);
}

// `fetch(new Request(url, { method: 'HEAD' }))`
function isRequest({ callee }: TSESTree.NewExpression): boolean {
  return callee.type === 'Identifier' && callee.name === 'Request';
}

function mentions(file: SourceFile, root: Node, values: readonly unknown[]): boolean {
  let found = false;
  walk(root, file.sourceCode.visitorKeys, (node) => {
    found ||= node.type === 'Literal' && values.includes(node.value);
    return !found;
  });
  return found;
}

/** The literals that an expression may stand for: those of its branches, and those ever given to a variable. */
function possibleLiterals(file: SourceFile, node: Node, seen: Node[] = []): readonly (string | number | boolean | null)[] {
  const expression = unwrap(node);
  if (seen.includes(expression)) return [];
  seen.push(expression);
  const among = (nodes: readonly Node[]): (string | number | boolean | null)[] =>
    nodes.flatMap((part) => possibleLiterals(file, part, seen));
  if (expression.type === 'ConditionalExpression') return among([expression.consequent, expression.alternate]);
  if (expression.type === 'LogicalExpression') return among([expression.left, expression.right]);
  const value = literalValue(expression);
  if (value !== undefined) return [value];
  const variable = expression.type === 'Identifier' ? originsOf(file).variable(expression) : null;
  return among((variable?.references ?? []).flatMap(({ writeExpr }) => writeExpr ?? []));
}

/** A condition that asks whether something is one of several literals: `[200, 204].includes(x)`, `new Set([…]).has(x)`. */
export function membershipOf(
  file: SourceFile,
  test: Node,
): { readonly member: Node; readonly values: readonly (string | number | boolean | null)[] } | null {
  const call = unwrap(test);
  const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
  if (call.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || call.arguments.length !== 1) return null;
  const [member] = call.arguments;
  const name = memberName(callee);
  if (!member || (name !== 'includes' && name !== 'has')) return null;
  let list = constantInit(file, callee.object);
  if (list.type === 'NewExpression' && name === 'has' && list.arguments[0]) list = constantInit(file, list.arguments[0]);
  if (list.type !== 'ArrayExpression' || list.elements.length === 0) return null;
  const values = list.elements.map((element) => (element ? literalValue(element) : undefined));
  return values.every((value) => value !== undefined) ? { member, values } : null;
}

/** The initialiser of a constant, or the expression itself. */
export function constantInit(file: SourceFile, node: Node): Node {
  const expression = unwrap(node);
  if (expression.type !== 'Identifier') return expression;
  const variable = originsOf(file).variable(expression);
  const definition = variable?.defs[0];
  if (!variable || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !definition.node.init)
    return expression;
  return isConstant(variable) ? unwrap(definition.node.init) : expression;
}

function isText(file: SourceFile, node: Node): boolean {
  const expression = unwrap(node);
  switch (expression.type) {
    case 'TemplateLiteral':
      return true;
    case 'Literal':
      return typeof expression.value === 'string';
    case 'LogicalExpression':
      return isText(file, expression.left) || isText(file, expression.right);
    case 'BinaryExpression':
      return expression.operator === '+' && (isText(file, expression.left) || isText(file, expression.right));
    case 'MemberExpression': {
      const origin = originsOf(file).of(expression.object);
      return origin?.module === GLOBAL && origin.steps.join('.') === 'process.env' && memberName(expression) !== null;
    }
    default:
      return false;
  }
}
