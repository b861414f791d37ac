/** The outcome of conditions. */
import { isNullish, literalValue } from './objects.js';
import { unwrap, unwrapAwait, type Node } from './nodes.js';

/** A value that is known. */
export interface Known {
  readonly value: unknown;
}

/**
 * The value of an expression of which some parts are known.
 *
 * @param known The value of a part, or null.
 * @returns null if that does not decide it.
 */
export function evaluate(test: Node, known: (node: Node) => Known | null): Known | null {
  const expression = unwrapAwait(test);
  const given = known(expression);
  if (given) return given;
  if (isNullish(expression)) return { value: constantOf(expression) };
  const literal = literalValue(expression);
  if (literal !== undefined) return { value: literal };
  switch (expression.type) {
    case 'UnaryExpression': {
      const inner = expression.operator === '!' ? evaluate(expression.argument, known) : null;
      return inner && { value: !inner.value };
    }
    case 'LogicalExpression': {
      const sides = [evaluate(expression.left, known), evaluate(expression.right, known)];
      if (expression.operator === '??') return sides[0]?.value === undefined || sides[0].value === null ? null : sides[0];
      const decisive = expression.operator === '||';
      if (sides.some((side) => side && Boolean(side.value) === decisive)) return { value: decisive };
      return sides.every((side) => side !== null) ? { value: !decisive } : null;
    }
    case 'BinaryExpression': {
      const left = evaluate(expression.left, known);
      const right = evaluate(expression.right, known);
      return left && right ? compare(expression.operator, left.value, right.value) : null;
    }
    default:
      return null;
  }
}

function compare(operator: string, left: unknown, right: unknown): Known | null {
  switch (operator) {
    case '===':
      return { value: left === right };
    case '!==':
      return { value: left !== right };
    case '==':
      return { value: left === right || (isNothing(left) && isNothing(right)) };
    case '!=':
      return { value: left !== right && !(isNothing(left) && isNothing(right)) };
    default:
      return null;
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

/** The value of a literal; undefined where it is not one. */
export function constantOf(node: Node): unknown {
  const expression = unwrap(node);
  if (expression.type === 'Literal' && expression.value === null) return null;
  return literalValue(expression);
}
