import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, memberName, unwrap, unwrapAwait, type Node } from '../../ast/nodes.js';
import { closes } from '../../ast/effects.js';
import { isNullish } from '../../ast/objects.js';
import { returnedExpressions } from '../../ast/returns.js';
import { GLOBAL } from '../../resolve/module-path.js';
import { mayThrowWithin } from '../within.js';
import { Passing } from './passing.js';
import { absent, type Settled, type States } from './states.js';
import { PROMISE_METHODS, isWaiting } from './shape.js';

/** Promises: in which states they are fulfilled and rejected, and what cannot fail. */
export abstract class Promises extends Passing {
  /** The states in which a promise is fulfilled and rejected. */
  protected promise(node: Node, states: States): Settled {
    const call = unwrap(node);
    if (states === 0) return { ok: 0, bad: 0 };
    if (call === this.subject.start) return { ok: this.taken(call, states), bad: absent(states) };
    const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
    const method = callee?.type === 'MemberExpression' ? memberName(callee) : null;
    if (
      call.type !== 'CallExpression' ||
      callee?.type !== 'MemberExpression' ||
      method === null ||
      !PROMISE_METHODS.has(method)
    ) {
      return this.settled(call, states);
    }
    const base = this.promise(callee.object, states);
    const [first, second] = call.arguments;
    const settled = { ok: base.ok, bad: base.bad };
    if (method === 'then') {
      const received = this.valueOf(callee.object)?.length === 0 && first !== undefined;
      const good = received ? this.received(first, base.ok, callee.object) : this.settle(first, base.ok);
      const rescued = second ? this.settle(second, base.bad) : { ok: 0, bad: base.bad };
      return { ok: good.ok | rescued.ok, bad: good.bad | rescued.bad };
    }
    if (method === 'catch') {
      const rescued = this.settle(first, base.bad);
      return { ok: settled.ok | rescued.ok, bad: rescued.bad };
    }
    const good = this.settle(first, base.ok);
    const failed = this.settle(first, base.bad);
    return { ok: good.ok, bad: good.bad | failed.ok | failed.bad };
  }

  // What the call throws at once rejects just as well.
  protected settled(node: Node, states: States): Settled {
    let bad = 0;
    const outer = this.sinks;
    this.sinks = { ...outer, throws: (_, at) => void (bad |= at) };
    const ok = this.expression(node, states);
    this.sinks = outer;
    if (this.mayReject(node)) bad |= this.rejected(node, states, ok);
    // Where the promise of the value rejects, there is none.
    return { ok, bad: this.valueOf(node)?.length === 0 ? absent(bad) : bad };
  }

  // The value goes to a function, which nobody may be able to see.
  protected received(callback: Node, states: States, promise: Node): Settled {
    const fn = this.functionOf(callback);
    const alone = this.protocol.passing === 'hands-over' && unwrap(promise).type === 'CallExpression';
    if (alone && fn && isFunction(unwrap(callback)) && !this.active.has(fn)) {
      this.active.add(fn);
      const settled = this.lastHolder(fn, states);
      this.active.delete(fn);
      return settled;
    }
    if ((fn && contains(this.subject.body, fn)) || isNullish(callback) || this.isReleaseReference(unwrap(callback)))
      return this.settle(callback, states);
    return { ok: fn ? this.summarized(fn, 0, [], states) : this.handOver('passed', states), bad: 0 };
  }

  protected settle(callback: Node | undefined, states: States): Settled {
    if (!callback || states === 0) return { ok: states, bad: 0 };
    if (this.isReleaseReference(unwrap(callback))) return { ok: this.giveBack(states), bad: 0 };
    const fn = this.functionOf(callback);
    if (!fn || this.active.has(fn)) return { ok: states, bad: 0 };
    this.active.add(fn);
    const settled = this.arm(fn, states);
    this.active.delete(fn);
    return settled;
  }

  // Awaiting a call that gives back, or one that cannot fail, adds no way out.
  protected mayReject(node: Node): boolean {
    if (node.type === 'Identifier' || node.type === 'MemberExpression' || node.type === 'ImportExpression') return true;
    if (node.type === 'CallExpression')
      return !this.releases.has(node) && !this.cannotFail(node) && !(this.cleaning > 0 && closes(node));
    return node.type === 'NewExpression' && !isWaiting(node);
  }

  // What only waits: `Promise.allSettled(…)`, `sleep(100)` of `const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))`.
  protected cannotFail(node: TSESTree.CallExpression): boolean {
    const callee = unwrap(node.callee);
    const origin = this.origins.of(callee);
    if (origin) {
      const name = origin.steps.join('.');
      return (
        /^(?:stream|timers\/promises)$/u.test(origin.module) || (origin.module === GLOBAL && name === 'Promise.allSettled')
      );
    }
    const target = this.origins.functionOf(callee);
    if (!target) return false;
    const answers = returnedExpressions(target);
    return (
      (answers.length === 1 && answers.every((answer) => isWaiting(unwrapAwait(answer)))) ||
      !mayThrowWithin(this.file, target, () => false)
    );
  }

  // What fails while it takes has taken nothing; what fails while it reads has nothing left to read.
  protected rejected(node: Node, before: States, after: States): States {
    const path = node.type === 'CallExpression' ? this.valueOf(node.callee) : null;
    if (node.type !== 'CallExpression') return after;
    if (this.reads.has(node) || (path && this.protocol.taking?.by(path))) return absent(after);
    return this.takenBy(node, path) ? before : after;
  }
}
