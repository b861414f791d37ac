/** Loops that try until it works: a client that failed to connect cannot be used again, so each attempt needs its own. */
import type { TSESTree } from '@typescript-eslint/utils';
import { constantOf, evaluate } from '../ast/evaluate.js';
import { contains, isFunction, walkStatements, type Node } from '../ast/nodes.js';

/**
 * Does a turn of the loop that gets on well from the node leave the loop, so that the next turn is another attempt at the same thing?
 *
 * `for (;;) { try { …; break; } catch {} }`, `for (;;) { const client = …; try { …; return; } finally { … } }`,
 * `while (!connected) { …; connected = true; }`
 */
export function isAttempt(node: Node, loop: Node): boolean {
  let leaves = false;
  let child = node;
  for (let parent = node.parent; parent && child !== loop; child = parent, parent = parent.parent) {
    if (parent.type === 'BlockStatement' || parent.type === 'SwitchCase') {
      const statements: readonly Node[] = parent.type === 'BlockStatement' ? parent.body : parent.consequent;
      const rest = statements.slice(statements.indexOf(child));
      leaves ||= rest.some((statement) => isExit(statement, loop, parent.type === 'SwitchCase'));
    }
    // What leaves a function called on the spot stays in the loop.
    if (isFunction(parent)) leaves = false;
  }
  return leaves;
}

/**
 * Is the construction a new attempt in a loop that ends with the first success?
 *
 * @param loop The loop around it, if there is one.
 */
export function isRepeatedAttempt(node: Node, loop: Node | null): boolean {
  if (!loop || !('body' in loop) || Array.isArray(loop.body) || !loop.body || typeof loop.body === 'string') return false;
  if (isAttempt(node, loop)) return true;
  let found = false;
  walkStatements(loop.body, (statement) => {
    if (statement.type !== 'TryStatement' || !contains(statement.block, node)) return;
    walkStatements(statement.block, (inner) => {
      if (inner.type === 'BreakStatement' || inner.type === 'ReturnStatement') found = true;
    });
  });
  return found;
}

/** Does the statement, unless something fails in it, end the loop in any case? */
function isExit(statement: Node, loop: Node, inSwitch: boolean): boolean {
  switch (statement.type) {
    case 'ReturnStatement':
    case 'ThrowStatement':
      return true;
    case 'BreakStatement':
      return !inSwitch || statement.label !== null;
    case 'BlockStatement':
      return statement.body.some((inner) => isExit(inner, loop, inSwitch));
    case 'LabeledStatement':
      return isExit(statement.body, loop, inSwitch);
    case 'IfStatement':
      return (
        statement.alternate !== null &&
        isExit(statement.consequent, loop, inSwitch) &&
        isExit(statement.alternate, loop, inSwitch)
      );
    case 'TryStatement':
      // What is thrown in there is caught.
      return (
        statement.block.body.some((inner) => inner.type !== 'ThrowStatement' && isExit(inner, loop, inSwitch)) ||
        (statement.finalizer !== null && isExit(statement.finalizer, loop, inSwitch))
      );
    case 'ExpressionStatement':
      return statement.expression.type === 'AssignmentExpression' && endsLoop(statement.expression, loop);
    default:
      return false;
  }
}

// `connected = true` in `while (!connected)`, `client = candidate` in `while (!client)`
function endsLoop({ left, operator, right }: TSESTree.AssignmentExpression, loop: Node): boolean {
  const test = 'test' in loop ? loop.test : null;
  if (operator !== '=' || left.type !== 'Identifier' || !isNode(test)) return false;
  const value = right.type === 'Literal' ? constantOf(right) : {};
  const outcome = evaluate(test, (node) => (node.type === 'Identifier' && node.name === left.name ? { value } : null));
  return outcome !== null && !outcome.value;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
