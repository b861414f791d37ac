import { contains, isFunction, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.js';
import { mayThrow } from '../../ast/effects.js';
import { mayThrowWithin } from '../within.js';
import { Promises } from './promises.js';
import { BEFORE, DONE, type States } from './states.js';
import type { Call } from './subject.js';

const OVER_ELEMENTS: ReadonlySet<string> = new Set(
  'every,filter,find,findIndex,findLast,flatMap,forEach,map,reduce,some,sort,toSorted'.split(','),
);

/** Calls. */
export abstract class Calls extends Promises {
  protected call(node: Call, states: States): States {
    const callee = unwrap(node.callee);
    const { start } = this.subject;
    if (node === start) return this.taken(node, states);
    if (isFunction(callee)) return this.inline(callee, node.arguments, states);
    let current = states;
    if (callee.type === 'MemberExpression') current = this.member(callee, states);
    else if (callee.type !== 'Identifier') current = this.expression(callee, states);
    const path = this.valueOf(callee);
    if (path?.at(-1) === 'bind') return this.expressions(node.arguments, current);
    const releases = this.releases.has(node) || this.protocol.frees(node);
    const closures: Node[] = [];
    for (const argument of node.arguments) {
      if (this.isCallback(argument)) closures.push(argument);
      else current = this.expression(argument, current);
    }
    this.reached(node, current);
    if (!releases && (current & BEFORE) !== 0 && this.takenBy(node, path)) current = (current & ~BEFORE) | this.take();
    if (releases) {
      const after = this.giveBack(current);
      for (const closure of closures) this.continuation(closure, after);
      this.throws(node, after, false);
      return after;
    }
    if (path && this.protocol.dedicates(path, node)) return this.handOver('captured', current);
    for (const [index, argument] of node.arguments.entries()) {
      if (this.isEssential(argument)) current = this.passed(node, callee, index, current);
      else if (this.isLiteralOfValue(argument)) current = this.passedWithin(node, callee, index, argument, current);
    }
    for (const closure of closures) current = this.callback(node, callee, path, closure, current);
    const local = this.localCall(node, callee, current);
    if (local !== null) return local;
    if (this.isExit(callee)) return 0;
    // A method of the value answers with a promise or an emitter: what fails does not fail here.
    if (path === null && this.mayThrow(node, callee)) this.throws(node, current, false);
    return current;
  }

  protected mayThrow(node: Call, callee: Node): boolean {
    if (!mayThrow(node)) return false;
    if (node.type === 'NewExpression') return true;
    const [callback] = node.arguments;
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (name !== null && OVER_ELEMENTS.has(name) && callback && isFunction(callback))
      return mayThrowWithin(this.file, callback, (call) => this.valueOf(call.callee) !== null);
    return !this.cannotFail(node);
  }

  protected localCall(node: Call, callee: Node, states: States): States | null {
    if (node.type !== 'CallExpression' || callee.type !== 'Identifier') return null;
    const target = this.origins.functionOf(callee);
    if (!target || !contains(this.subject.body, target) || target === this.subject.body) return null;
    const { uses, releases } = this.closure(target);
    if (!uses || this.active.has(target)) return null;
    if (!releases) return null;
    this.active.add(target);
    const after = this.arm(target, states);
    this.active.delete(target);
    if (after.bad !== 0) this.throws(node, after.bad, true);
    // Given back on some of its ways only: it knows when.
    return (after.ok & DONE) !== 0 ? this.giveBack(after.ok) : after.ok;
  }

  // Ends the process.
  protected isExit(callee: Node): boolean {
    const origin = callee.type === 'MemberExpression' ? this.origins.of(callee) : null;
    return origin !== null && origin.steps.join('.') === (origin.module === 'process' ? 'exit' : 'process.exit');
  }

  protected inline(fn: FunctionNode, args: readonly Node[], states: States): States {
    const current = this.expressions(args, states);
    const { ok, bad } = this.arm(fn, current);
    if (bad !== 0) this.throws(fn, bad, true);
    return ok;
  }
}
