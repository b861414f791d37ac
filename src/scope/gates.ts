/** Conditions on the way to a place in the code. */
import type { FunctionNode, Node } from '../ast/nodes.js';

/** A condition on the way to a place. */
export interface Gate {
  readonly test: Node;
  /** The outcome with which the place is not reached; `set`: anything but null and undefined. */
  readonly stops: boolean | 'set';
  /** What is done instead of going on. */
  readonly instead: Node | null;
}

/** The conditions that decide whether a run of the function gets to the node: those around it, and early exits before it. */
export function gatesBefore(node: Node, fn: FunctionNode | null): readonly Gate[] {
  const gates: Gate[] = [];
  let child = node;
  for (let parent = node.parent; parent && parent !== fn; child = parent, parent = parent.parent) {
    switch (parent.type) {
      case 'IfStatement':
      case 'ConditionalExpression':
        if (parent.test !== child) gates.push({ test: parent.test, stops: parent.alternate === child, instead: null });
        break;
      case 'LogicalExpression':
        if (parent.right === child) gates.push({ test: parent.left, stops: stopsOf(parent.operator), instead: null });
        break;
      case 'AssignmentExpression':
        if (/^(?:\?\?|\|\||&&)=$/u.test(parent.operator) && parent.right === child)
          gates.push({ test: parent.left, stops: stopsOf(parent.operator.slice(0, 2)), instead: null });
        break;
      case 'BlockStatement':
      case 'Program':
      case 'SwitchCase':
        for (const statement of parent.type === 'SwitchCase' ? parent.consequent : parent.body) {
          if (statement === child) break;
          gates.push(...exitsOf(statement));
        }
        break;
      default:
    }
  }
  return gates;
}

// `if (a) return; else if (b) return;`, `if (!cached) { … } else return cached;`
function exitsOf(statement: Node): readonly Gate[] {
  if (statement.type !== 'IfStatement') return [];
  const { alternate, consequent, test } = statement;
  return [
    ...(leaves(consequent) ? [{ test, stops: true, instead: consequent }] : []),
    ...(alternate && leaves(alternate) ? [{ test, stops: false, instead: alternate }] : []),
    ...(alternate ? exitsOf(alternate) : []),
  ];
}

function stopsOf(operator: string): Gate['stops'] {
  return operator === '??' ? 'set' : operator === '||';
}

/** Is `child` reached only with one of the outcomes of what `parent` asks? */
export function isBranch(parent: Node, child: Node): boolean {
  switch (parent.type) {
    case 'IfStatement':
    case 'ConditionalExpression':
      return parent.test !== child;
    case 'LogicalExpression':
      return parent.right === child;
    case 'SwitchCase':
      return true;
    default:
      return false;
  }
}

function leaves(statement: Node): boolean {
  if (statement.type === 'BlockStatement') {
    const last = statement.body.at(-1);
    return last !== undefined && leaves(last);
  }
  return (
    statement.type === 'ReturnStatement' ||
    statement.type === 'ThrowStatement' ||
    statement.type === 'ContinueStatement' ||
    statement.type === 'BreakStatement'
  );
}
