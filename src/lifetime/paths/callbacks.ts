import { isFunction, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.js';
import type { Exit } from '../outcome.js';
import { eventOf, LISTEN } from '../protocol.js';
import { callsWithin } from '../within.js';
import { Conditions } from './conditions.js';
import { OPEN, absent, type Settled, type States } from './states.js';
import type { Call } from './subject.js';
import { isAwaited, lastStatement, STORING } from './shape.js';

// They run what they are given, later and once.
const DEFERRING: ReadonlySet<string> = new Set(['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout']);
// After one of these a stream or response is over, however it went.
const FINAL_EVENTS: ReadonlySet<string> = new Set(['close', 'exit']);
const GOOD_EVENTS: ReadonlySet<string> = new Set(['complete', 'done', 'end', 'finish', 'row-end', 'success']);
const RUNS_AT_ONCE: ReadonlySet<string> = new Set(
  'every,filter,find,findIndex,flatMap,forEach,map,reduce,some,sort,then,catch,finally'.split(','),
);

/** Functions that are passed to calls: run at once, later, on an event, or by code that nobody can see. */
export abstract class Callbacks extends Conditions {
  /** The value is seen by a function that is passed to a call. */
  protected callback(node: Call, callee: Node, path: readonly string[] | null, argument: Node, states: States): States {
    if (this.isReleaseReference(unwrap(argument))) {
      const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
      if (name !== null && STORING.has(name)) return states;
      return name !== null && LISTEN.has(name) ? this.listened(node, states) : this.handOver('captured', states);
    }
    const fn = this.functionOf(argument);
    if (!fn) return states;
    const { uses, releases, takes } = this.closure(fn);
    if (!uses) return states;
    if (takes && !releases) return this.handOver('captured', states);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
    if (node.type === 'NewExpression' && name === 'Promise') {
      const { ok, bad } = this.arm(fn, states);
      return ok | bad;
    }
    if (!releases) {
      // It only uses the value: while the call lasts, or for as long as the value lives.
      const atOnce = callee.type === 'MemberExpression' && isFunction(unwrap(argument)) && RUNS_AT_ONCE.has(name ?? '');
      if (!atOnce && !(isAwaited(node) && !this.isShownIn(fn))) this.lent ??= 'captured';
      return states;
    }
    if (name !== null && LISTEN.has(name) && eventOf(node) !== null) {
      if (path !== null) this.continuation(fn, states);
      return this.listened(node, states);
    }
    if (name !== null && DEFERRING.has(name)) {
      this.continuation(fn, states);
      return this.giveBack(states);
    }
    // The library calls it once, when it is done.
    if (path !== null) {
      this.continuation(fn, states);
      return this.giveBack(states);
    }
    if (name !== null && RUNS_AT_ONCE.has(name) && callee.type === 'MemberExpression') {
      const { ok, bad } = this.arm(fn, states);
      if (bad !== 0) this.throws(node, bad, true);
      return this.giveBack(ok | states);
    }
    return this.handOver('captured', states);
  }

  // Which events give the value back: one that always comes, or a good and a bad end together.
  protected listened(node: Call, states: States): States {
    const events = new Set<string>();
    for (const call of callsWithin(this.file, this.subject.body)) {
      const callee = unwrap(call.callee);
      const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
      const event = name !== null && LISTEN.has(name) ? eventOf(call) : null;
      const listener = call.arguments[1];
      if (event === null || !listener) continue;
      const fn = this.functionOf(listener);
      if ((fn && this.closure(fn).releases) || this.isReleaseReference(unwrap(listener))) events.add(event);
    }
    const all = [...events];
    // What fails is given back besides; what does not fail still has to be.
    if (all.every((event) => event === 'error')) return states;
    const sure =
      all.some((event) => FINAL_EVENTS.has(event)) || (events.has('error') && all.some((event) => GOOD_EVENTS.has(event)));
    if (sure || !all.every((event) => GOOD_EVENTS.has(event) || event === 'error')) return this.giveBack(states);
    if ((states & OPEN) !== 0) this.exit(node, 'event', states & OPEN, states);
    return this.giveBack(states);
  }

  /** Runs a function later, with the value in these states: its ways out are ways out of ours. */
  protected continuation(argument: Node, states: States): void {
    const fn = this.functionOf(argument);
    if (!fn || this.active.has(fn) || !this.closure(fn).uses) return;
    this.active.add(fn);
    const outer = this.sinks;
    this.sinks = {
      throws: (node, at, written) => {
        if (written || fn.async) this.exit(node, written ? 'throw' : 'exception', at);
      },
      returns: (node, at) => this.exit(node, 'return', at),
      jumps: () => undefined,
    };
    const after = this.body(fn, states);
    if (after !== 0) this.exit(lastStatement(fn), 'end', after);
    this.sinks = outer;
    this.active.delete(fn);
  }

  /** Runs a function as a part of the expression: what it returns and throws. */
  protected arm(fn: FunctionNode, states: States): Settled {
    let ok = 0;
    let bad = 0;
    const outer = this.sinks;
    this.sinks = {
      throws: (_, at) => void (bad |= at),
      returns: (_, at) => void (ok |= at),
      jumps: () => undefined,
    };
    const normal = this.body(fn, states);
    this.sinks = outer;
    return { ok: ok | normal, bad };
  }

  /** As {@link arm}, of a function that alone has the value: what it does not give back is lost where the function is left. */
  protected lastHolder(fn: FunctionNode, states: States): Settled {
    let ok = 0;
    let bad = 0;
    const lost = (node: Node, kind: Exit['kind'], at: States): States => {
      if ((at & OPEN) === 0) return at;
      this.exit(node, kind, at);
      return absent(at);
    };
    const outer = this.sinks;
    this.sinks = {
      throws: (node, at, written) => void (bad |= written ? lost(node, 'throw', at) : at),
      returns: (node, at) => void (ok |= lost(node, 'return', at)),
      jumps: () => undefined,
    };
    const normal = lost(lastStatement(fn), 'end', this.body(fn, states));
    this.sinks = outer;
    return { ok: ok | normal, bad };
  }
}
