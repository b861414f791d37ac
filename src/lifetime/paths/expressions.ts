import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, memberName, unwrap, type ClassNode, type FunctionNode, type Node } from '../../ast/nodes.js';
import { isNullish } from '../../ast/objects.js';
import { walk } from '../../ast/walk.js';
import { Calls } from './calls.js';
import { DONE, OPEN, joined, type States } from './states.js';
import { isPromiseCall } from './shape.js';

/** Expressions. */
export abstract class Expressions extends Calls {
  protected returned(statement: Node, argument: Node, states: States): States {
    const { ok, bad } = this.promise(argument, states);
    if (bad !== 0) this.throws(statement, bad, true);
    return this.isEssential(argument) || this.isCarrier(argument) ? this.handOver('returned', ok) : ok;
  }

  protected expressions(nodes: readonly (Node | null)[], states: States): States {
    let current = states;
    for (const node of nodes) if (node) current = this.expression(node, current);
    return current;
  }

  protected expression(node: Node, states: States): States {
    if (states === 0) return 0;
    switch (node.type) {
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        return this.expression(node.expression, states);
      case 'AwaitExpression': {
        const { ok, bad } = this.promise(node.argument, states);
        if (bad !== 0) this.throws(node, bad, true);
        return ok;
      }
      case 'YieldExpression': {
        const after = node.argument ? this.expression(node.argument, states) : states;
        const handed = node.argument && this.isEssential(node.argument) ? this.handOver('returned', after) : after;
        this.throws(node, handed, true);
        return handed;
      }
      case 'CallExpression':
      case 'NewExpression': {
        if (!isPromiseCall(node)) return this.call(node, states);
        const { ok, bad } = this.promise(node, states);
        if (bad !== 0) this.throws(node, bad, true);
        return ok;
      }
      case 'TaggedTemplateExpression': {
        const after = this.expressions([node.tag, ...node.quasi.expressions], states);
        this.reached(node, after);
        this.throws(node, after, false);
        return after;
      }
      case 'ImportExpression': {
        this.throws(node, states, true);
        return states;
      }
      case 'AssignmentExpression': {
        const target = unwrap(node.left);
        let current = target.type === 'MemberExpression' ? this.expression(target.object, states) : states;
        if (node.operator === '??=' || node.operator === '||=' || node.operator === '&&=') {
          current |= this.assigned(target, node.right, this.expression(node.right, current));
          return current;
        }
        current = this.expression(node.right, current);
        return this.assigned(target, node.right, current);
      }
      case 'MemberExpression': {
        const after = this.member(node, states);
        // `rows[0].id`
        if (isElement(node.object) && !node.optional) this.throws(node, after, false);
        return after;
      }
      case 'ConditionalExpression': {
        const { yes, no, unclear } = this.test(node.test, states);
        const then = this.expression(node.consequent, yes);
        return joined(then, this.expression(node.alternate, no), unclear === true, states);
      }
      case 'LogicalExpression': {
        if (node.operator === '??') {
          const left = this.expression(node.left, states);
          return left | this.expression(node.right, left);
        }
        const { yes, no, unclear } = this.test(node.left, states);
        const and = node.operator === '&&';
        return joined(this.expression(node.right, and ? yes : no), and ? no : yes, unclear === true, states);
      }
      case 'UnaryExpression':
      case 'UpdateExpression':
      case 'SpreadElement': {
        const after = this.expression(node.argument, states);
        return node.type === 'SpreadElement' && this.isEssential(node.argument) ? this.handOver('stored', after) : after;
      }
      case 'BinaryExpression':
        return this.expressions([node.left, node.right], states);
      case 'SequenceExpression':
        return this.expressions(node.expressions, states);
      case 'TemplateLiteral':
        return this.expressions(node.expressions, states);
      case 'ArrayExpression': {
        let current = this.expressions(node.elements, states);
        const together = this.subject.values.pathOf(node) !== null;
        if (!together && !this.isPassedLiteral(node) && node.elements.some((element) => element && this.isEssential(element)))
          current = this.handOver('stored', current);
        return current;
      }
      case 'ObjectExpression':
        return this.object(node, states);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.captured(node, states);
      case 'ClassExpression':
        return this.classBody(node, states);
      case 'Identifier': {
        // `{ query, release }`: functions by their names.
        const fn = this.origins.functionOf(node);
        return fn && fn !== this.subject.body && contains(this.subject.body, fn) ? this.shown(fn, states) : states;
      }
      case 'JSXElement':
      case 'JSXFragment':
        return this.jsx(node, states);
      default:
        return states;
    }
  }

  protected member(node: TSESTree.MemberExpression, states: States): States {
    const after = this.expressions([node.object, node.computed ? node.property : null], states);
    // `response[type]()`: what it does nobody can see.
    const unseen = memberName(node) === null && this.valueOf(node) === null;
    return unseen && this.isEssential(node.object) ? this.handOver('passed', after) : after;
  }

  protected jsx(node: TSESTree.JSXElement | TSESTree.JSXFragment, states: States): States {
    let current = states;
    walk(node, this.file.sourceCode.visitorKeys, (child) => {
      if (child.type !== 'JSXExpressionContainer' && child.type !== 'JSXSpreadAttribute') return undefined;
      const value = child.type === 'JSXSpreadAttribute' ? child.argument : child.expression;
      current = this.expression(value, current);
      if (this.isEssential(value)) current = this.handOver('passed', current);
      return false;
    });
    return current;
  }

  protected object(node: TSESTree.ObjectExpression, states: States): States {
    let current = states;
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') current = this.expression(property, current);
      else {
        if (property.computed) current = this.expression(property.key, current);
        current = this.expression(property.value, current);
        if (this.isEssential(property.value) && !this.isPassedLiteral(node)) current = this.handOver('stored', current);
      }
    }
    return current;
  }

  // Its methods are called by whoever has an instance.
  protected classBody({ body }: ClassNode, states: States): States {
    let current = states;
    for (const member of body.body) {
      const value = member.type === 'MethodDefinition' || member.type === 'PropertyDefinition' ? member.value : null;
      if (isFunction(value)) current = this.shown(value, current);
      else if (value?.type !== undefined && member.type === 'PropertyDefinition') current = this.expression(value, current);
    }
    return current;
  }

  // A function that is neither called here nor known to be called by somebody.
  protected captured(fn: FunctionNode, states: States): States {
    if (!this.closure(fn).uses) return states;
    const holder = fn.parent;
    // `const cleanup = () => …`: what is done with it decides.
    if (holder.type === 'VariableDeclarator' && holder.init === fn && holder.id.type === 'Identifier') return states;
    return this.shown(fn, states);
  }

  protected shown(fn: FunctionNode, states: States): States {
    const { uses, releases, takes } = this.closure(fn);
    if (releases || takes) return this.handOver('captured', states);
    if (uses) this.lent ??= 'captured';
    return states;
  }

  protected assigned(target: Node, value: Node, states: States): States {
    const { values } = this.subject;
    const { start } = this.subject;
    if (target.type === 'MemberExpression' && this.isCarrier(value)) return this.handOver('stored', states);
    if (this.isEssential(value)) {
      if (target.type === 'MemberExpression') return this.handOver('stored', states);
      if (target.type !== 'Identifier') return states;
      const variable = this.origins.variable(target);
      // A variable of a function around keeps it beyond this call.
      if (variable && !values.isLocal(variable)) return this.handOver('stored', states);
      return states;
    }
    if (target.type === 'Identifier' && (states & OPEN) !== 0 && start) {
      const variable = this.origins.variable(target);
      const path = variable ? values.pathOfVariable(variable) : null;
      if (variable && path?.length === 0 && values.holders.length === 1 && !isNullish(value)) {
        this.exit(target, 'overwritten', states & OPEN, states);
        return (states & ~OPEN) | DONE;
      }
    }
    return states;
  }
}

function isElement(node: Node): boolean {
  const object = unwrap(node);
  return object.type === 'MemberExpression' && object.computed && object.property.type === 'Literal';
}
