import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, matchesModule, matchesPath, NEW, plainModule } from '../catalog/api-path.js';
import type { ArgumentCondition } from '../catalog/descriptor.js';
import { memberName, unwrap, unwrapAwait, type Node } from '../ast/nodes.js';
import { literalValue, lookUpProperty } from '../ast/objects.js';
import { isConstant } from '../ast/variables.js';
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
