/** Does a function wait for something that it starts? */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  unwrap,
  wrapped,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { managedCallbacksOf } from './pool-uses.js';

/** A function or program, and what it does while it runs. */
export interface Region {
  readonly fn: FunctionNode | TSESTree.Program;
  /** Whoever called it waits for what it returns. */
  readonly returns: boolean;
  /** What it holds: something that is used in a callback has to wait for it. */
  readonly held: readonly Variable[];
  /** Where it gives that back: waiting later is no more waiting with it. */
  readonly until: number;
}

// Longer ways than this are not followed.
const MAX_STEPS = 24;

/** Does the region wait, before it goes on or ends, for what the expression starts? */
export function isWaitedFor(file: SourceFile, region: Region, expression: Node): boolean {
  return new Wait(file, region).isWaited(expression);
}

/** The node and the calls that run the functions around it at once, from the inside to the outside. */
export interface CallsAround {
  readonly calls: readonly Node[];
  /** The last one stands in the region itself: nothing between may run later. */
  readonly isComplete: boolean;
}

/** How a node is reached from the code of a function (or program) around it. */
export function callsAround(file: SourceFile, fn: FunctionNode | TSESTree.Program, node: Node): CallsAround {
  const calls = [node];
  for (let around = enclosingFunction(node); around !== fn; around = enclosingFunction(calls.at(-1) ?? node)) {
    const call = around && runsAtOnce(file, around);
    if (!call) return { calls, isComplete: around === null && fn.type === 'Program' };
    calls.push(call);
  }
  return { calls, isComplete: true };
}

/** The expression with all that is chained to it: `db('users').where(…).first()`. */
export function wholeChain(node: Node): Node {
  let root = wrapped(node);
  for (let outer = root.parent; outer; outer = root.parent) {
    if (outer.type === 'MemberExpression' && outer.object === root) root = wrapped(outer);
    else if (outer.type === 'CallExpression' && outer.callee === root) root = wrapped(outer);
    else break;
  }
  return root;
}

const AT_ONCE = /^(?:every|filter|find|findIndex|flatMap|forEach|map|reduce|some|then|catch|finally)$/u;

/** The call that runs a function as a part of itself: an array or promise method, the function's own, a managed checkout. */
function runsAtOnce(file: SourceFile, fn: FunctionNode): TSESTree.CallExpression | TSESTree.NewExpression | null {
  const outer = wrapped(fn);
  const call = outer.parent;
  if (call?.type === 'NewExpression') return isBuiltIn(file, call.callee, /^Promise$/u) ? call : null;
  if (call?.type !== 'CallExpression') return null;
  if (call.callee === outer || managedCallbacksOf(file).has(fn)) return call;
  const callee = unwrap(call.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  return name !== null && (AT_ONCE.test(name) || isBuiltIn(file, callee, /^Array\.from$/u)) ? call : null;
}

function isBuiltIn(file: SourceFile, node: Node, names: RegExp): boolean {
  const origin = originsOf(file).of(node);
  return origin?.module === GLOBAL && names.test(origin.steps.join('.'));
}

class Wait {
  readonly #file: SourceFile;
  readonly #region: Region;
  readonly #seen = new Set<Node>();

  constructor(file: SourceFile, region: Region) {
    this.#file = file;
    this.#region = region;
  }

  isWaited(node: Node): boolean {
    const root = wholeChain(node);
    if (this.#seen.has(root) || this.#seen.size > MAX_STEPS) return false;
    this.#seen.add(root);
    if (this.#goesOnWithHeld(root)) return true;
    const { parent } = root;
    switch (parent?.type) {
      case 'AwaitExpression':
      case 'YieldExpression':
        return this.#of(enclosingFunction(parent), true);
      case 'ReturnStatement':
        return this.#of(enclosingFunction(parent), false);
      case 'ArrowFunctionExpression':
        return parent.body === root && this.#of(parent, false);
      case 'ConditionalExpression':
        return parent.test !== root && this.isWaited(parent);
      case 'LogicalExpression':
      case 'SpreadElement':
        return this.isWaited(parent);
      case 'ArrayExpression':
        return this.isWaited(parent);
      case 'CallExpression':
        return this.#asArgument(parent, root);
      case 'VariableDeclarator':
        return parent.init === root && this.#inVariable(parent.id);
      case 'AssignmentExpression':
        return parent.right === root && (this.#inVariable(parent.left) || this.isWaited(parent));
      case 'ExpressionStatement':
        return this.#callsBack(root);
      default:
        return false;
    }
  }

  // In the region itself, or in a function that it runs at once and whose promise it waits for.
  #of(fn: FunctionNode | null, awaited: boolean): boolean {
    if ((fn ?? this.#file.ast) === this.#region.fn) return awaited || this.#region.returns;
    const call = fn && runsAtOnce(this.#file, fn);
    return call ? this.isWaited(call) : awaited && fn !== null && this.#usesHeldIn(fn);
  }

  // A continuation that goes on with what is held, and gives it back at its end.
  #usesHeldIn(fn: FunctionNode): boolean {
    return contains(this.#region.fn, fn) && this.#region.held.some((variable) => isUsedIn(variable, fn));
  }

  // `pool.query(…, () => client.release())`, `pool.query(…).then(() => client.release())`
  #goesOnWithHeld(root: Node): boolean {
    const { held } = this.#region;
    for (let current = unwrap(root); ; current = unwrap(current.callee)) {
      if (current.type === 'MemberExpression') current = unwrap(current.object);
      if (current.type !== 'CallExpression') return false;
      for (const argument of current.arguments) {
        const callback = unwrap(argument);
        if (isFunction(callback) && held.some((variable) => isUsedIn(variable, callback))) return true;
      }
    }
  }

  // `new Promise((resolve) => pool.query(…, () => resolve()))`
  #callsBack(root: Node): boolean {
    const fn = enclosingFunction(root);
    const call = fn && runsAtOnce(this.#file, fn);
    return (
      call?.type === 'NewExpression' &&
      root.type === 'CallExpression' &&
      root.arguments.some((argument) => isFunction(unwrap(argument))) &&
      this.isWaited(call)
    );
  }

  #asArgument(call: TSESTree.CallExpression, argument: Node): boolean {
    if (isBuiltIn(this.#file, call.callee, /^Promise\.(?:all|allSettled|any|race|resolve)$/u)) return this.isWaited(call);
    // `pending.push(pool.query(…))`
    const callee = unwrap(call.callee);
    return (
      callee.type === 'MemberExpression' &&
      /^(?:push|unshift)$/u.test(memberName(callee) ?? '') &&
      (call.arguments as readonly Node[]).includes(argument) &&
      this.#inVariable(unwrap(callee.object))
    );
  }

  #inVariable(target: Node): boolean {
    const variable = target.type === 'Identifier' ? originsOf(this.#file).variable(target) : null;
    return (
      variable?.references.some(
        ({ identifier }) =>
          identifier !== target &&
          contains(this.#region.fn, identifier) &&
          identifier.range[0] < this.#region.until &&
          this.isWaited(identifier),
      ) ?? false
    );
  }
}

function isUsedIn(variable: Variable, node: Node): boolean {
  return variable.references.some(({ identifier }) => contains(node, identifier));
}
