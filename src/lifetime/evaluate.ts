/**
 * Evaluates a function body over all its paths and says what becomes of one value.
 *
 * The body is read structurally. On the way goes the set of states in which the value can be ({@link BEFORE}, {@link HELD},
 * {@link DONE}); statements pass it on, branches split and join it, and whatever leaves the body takes it along. Unlike ESLint's code
 * paths, every call and `await` has an exit of its own: it may throw.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  enclosingFunction,
  isFunction,
  keyName,
  memberName,
  unwrap,
  unwrapAwait,
  wrapped,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { isNullish, literalValue } from '../ast/objects.js';
import { closes, mayThrow } from '../ast/effects.js';
import type { Variable } from '../ast/variables.js';
import { isConstant, writesOf } from '../ast/variables.js';
import { returnedExpressions } from '../ast/returns.js';
import { GLOBAL } from '../resolve/module-path.js';
import { membershipOf } from '../resolve/conditions.js';
import { walk } from '../ast/walk.js';
import { originsOf, type Origins } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { Escape, Exit, Outcome } from './outcome.js';
import { eventOf, LISTEN, type Protocol, type ValuePath } from './protocol.js';
import { isDetached } from './detached.js';
import { endsStreams, isOwner } from './owners.js';
import type { Verdict } from './status.js';
import { Values } from './values.js';
import { callsWithin, identifiersWithin, isLoop, isRepeated, mayThrowWithin, type LoopNode } from './within.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A set of states. An empty one means that no path comes here. */
type States = number;
/** Not taken yet, or proved to be absent. */
const BEFORE = 1;
const HELD = 2;
/** Given back, or handed over. */
const DONE = 4;
/** Held, and its status was seen to be a bad one. */
const FAILED = 8;
/** Held, after something failed that may fail anywhere. */
const RESCUED = 16;
const OPEN = HELD | FAILED | RESCUED;

/** What is to be followed, and where. */
export interface Subject {
  /** Function or program on whose paths the value is followed. */
  readonly body: FunctionNode | TSESTree.Program;
  /** The call that takes it; null if the body is entered with it (the callback that receives it). */
  readonly start: Call | null;
  /** Expressions that are the value, besides what they are assigned to. */
  readonly values: Values;
  readonly protocol: Protocol;
  /** Parameter that says that there is no value: the error of a node-style callback. */
  readonly error: Variable | null;
  /** What is held belongs to somebody else, who may give it back where this body does not. */
  readonly borrowed?: boolean;
}

/** The outcome, and what the evaluation saw on the way. */
export interface Evaluation {
  readonly outcome: Outcome;
  /** Calls and tagged templates reached while the value was certainly held. */
  readonly whileHeld: ReadonlySet<Node>;
  /** The calls that give it back. */
  readonly releases: readonly Call[];
}

/** Follows a value through its body. */
export function evaluate(file: SourceFile, subject: Subject): Evaluation {
  return new Evaluator(file, subject, 0).run();
}

// Helpers of the file that a value is passed to, one behind the other.
const MAX_DEPTH = 3;

interface Sinks {
  readonly throws: (node: Node, states: States, written: boolean) => void;
  readonly returns: (node: Node, states: States) => void;
  /** @returns whether a statement around takes it. */
  readonly jumps: (kind: 'break' | 'continue', label: string | null, states: States) => void;
}

/** What a nested function does with the value. */
interface ClosureUse {
  readonly uses: boolean;
  readonly releases: boolean;
  /** Hands it over, or passes it on. */
  readonly takes: boolean;
}

interface Settled {
  readonly ok: States;
  readonly bad: States;
}

interface Tested {
  readonly yes: States;
  readonly no: States;
  /** Which side is the bad one is not known. */
  readonly unclear?: boolean;
}

const PROMISE_METHODS: ReadonlySet<string> = new Set(['catch', 'finally', 'then']);
const STORING: ReadonlySet<string> = new Set(['add', 'append', 'enqueue', 'push', 'set', 'unshift']);
// They run what they are given, later and once.
const DEFERRING: ReadonlySet<string> = new Set(['nextTick', 'queueMicrotask', 'setImmediate', 'setTimeout']);
// After one of these a stream or response is over, however it went.
const FINAL_EVENTS: ReadonlySet<string> = new Set(['close', 'exit']);
const GOOD_EVENTS: ReadonlySet<string> = new Set(['complete', 'done', 'end', 'finish', 'row-end', 'success']);

class Evaluator {
  readonly #file: SourceFile;
  readonly #origins: Origins;
  readonly #subject: Subject;
  readonly #protocol: Protocol;
  readonly #depth: number;
  readonly #exits = new Map<string, { states: States; around: States; node: Node; kind: Exit['kind'] }>();
  readonly #whileHeld = new Map<Node, boolean>();
  readonly #releases = new Set<Call>();
  /** Calls that read a part of what is left. */
  readonly #reads = new Set<Call>();
  readonly #closures = new Map<FunctionNode, ClosureUse>();
  readonly #active = new Set<Node>();
  readonly #related: ReadonlySet<Variable>;
  #sinks: Sinks;
  #escape: Escape | null = null;
  #lent: Escape | null = null;
  #owned: Escape | null = null;
  #gaveBack = false;
  /** How often it was given back or handed over so far. */
  #given = 0;
  #unknown = false;
  /** Inside a `catch` or `finally`, where only what is awaited is taken to fail. */
  #cleaning = 0;

  constructor(file: SourceFile, subject: Subject, depth: number) {
    this.#file = file;
    this.#origins = originsOf(file);
    this.#subject = subject;
    this.#protocol = subject.protocol;
    this.#depth = depth;
    this.#related = this.#conditionsOfStart();
    const detached = depth === 0 && isDetached(file, subject.body);
    this.#sinks = {
      throws: (node, states, written) => {
        if (written || !detached) this.#exit(node, written ? 'throw' : 'exception', states);
      },
      returns: (node, states) => this.#exit(node, 'return', states),
      jumps: () => undefined,
    };
  }

  run(): Evaluation {
    const { body, start, values } = this.#subject;
    if (values.conflict) this.#unknown = true;
    this.#findReleases();
    const states = this.#body(body, start ? BEFORE : HELD);
    if (states !== 0) this.#exit(lastStatement(body), 'end', states);
    const whileHeld = new Set([...this.#whileHeld].filter(([, held]) => held).map(([node]) => node));
    return { outcome: this.#outcome(), whileHeld, releases: [...this.#releases] };
  }

  #outcome(): Outcome {
    if (this.#unknown) return { kind: 'unknown' };
    const { countsExceptions } = this.#protocol;
    const exits = [...this.#exits.values()].filter(({ kind }) => countsExceptions || kind !== 'exception');
    const held = exits
      .filter(({ states }) => (states & OPEN) !== 0)
      .map(({ node, kind, states, around }): Exit => {
        const failed = (states & OPEN) === FAILED;
        const rescued = kind !== 'exception' && (states & OPEN) === RESCUED;
        return { node, kind, failed, rescued, sure: ((states | around) & ~OPEN) === 0 };
      });
    const written = held.filter(({ kind }) => kind !== 'exception');
    if (this.#escape && !this.#gaveBack && written.every(({ rescued }) => rescued))
      return { kind: 'escapes', how: this.#escape };
    if (held.length === 0) return { kind: 'always' };
    // Nothing here gives it back, and it was shown to code that nobody can see: that code owns it.
    const lent = this.#lent ?? (this.#subject.borrowed ? 'captured' : null);
    if (this.#releases.size === 0 && lent) return { kind: 'escapes', how: lent };
    if (written.length === 0) {
      // Every written way out was checked and none holds it, unless there is none at all.
      return { kind: 'unless-throws', exits: held };
    }
    const done = exits.some(({ states, kind }) => kind !== 'exception' && (states & DONE) !== 0);
    return { kind: done || this.#releases.size > 0 ? 'some-paths' : 'never', exits: written };
  }

  /**
   * @param around The states on all ways that come here, where only some of them end.
   */
  #exit(node: Node, kind: Exit['kind'], states: States, around: States = states): void {
    if (states === 0) return;
    const key = `${kind}:${String(node.range[0])}:${String(node.range[1])}`;
    const known = this.#exits.get(key);
    if (known) {
      known.states |= states;
      known.around |= around;
    } else this.#exits.set(key, { states, around, node, kind });
  }

  // ---- what is where ----

  // Calls that give the value back, wherever they stand, so that closures can be asked for them.
  #findReleases(): void {
    for (const [node, path] of this.#subject.values.entries) {
      const outer = wrapped(node);
      const { parent } = outer;
      if (parent?.type === 'CallExpression' && parent.callee === outer) {
        const ofPromise = path.length === 1 && PROMISE_METHODS.has(path[0] ?? '');
        if (ofPromise) continue;
        const exhausts = this.#protocol.exhausts(path);
        if (exhausts) this.#reads.add(parent);
        if (this.#protocol.releases(path, parent) || (exhausts && isRepeated(parent, this.#subject.body)))
          this.#releases.add(parent);
      } else if (parent?.type === 'CallExpression' && path.length === 0) {
        const callee = unwrap(parent.callee);
        const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
        if (name !== null && this.#protocol.takesBack(name)) this.#releases.add(parent);
      }
    }
  }

  #valueOf(node: Node): readonly string[] | null {
    return this.#subject.values.pathOf(unwrap(node)) ?? this.#subject.values.pathOf(node);
  }

  #isEssential(node: Node): boolean {
    const path = this.#valueOf(node);
    return path !== null && this.#protocol.isEssential(path);
  }

  /** What a nested function does with the value, syntactically. */
  #closure(fn: FunctionNode): ClosureUse {
    const known = this.#closures.get(fn);
    if (known) return known;
    let uses = false;
    let takes = false;
    for (const [node, path] of this.#subject.values.entries) {
      if (!contains(fn, node) || node === fn) continue;
      uses = true;
      // Handed over inside: for a response, any use of the body that is not a look at it.
      if (
        this.#protocol.passing === 'hands-over' &&
        this.#protocol.isEssential(path) &&
        wrapped(node).parent?.type !== 'MemberExpression'
      )
        takes = true;
    }
    let releases = [...this.#releases].some((call) => contains(fn, call));
    this.#closures.set(fn, { uses, releases, takes });
    // `() => cleanup()`, where `cleanup` gives it back.
    if (!releases) releases = this.#callsReleasingClosure(fn);
    const found = { uses: uses || releases, releases, takes };
    this.#closures.set(fn, found);
    return found;
  }

  #callsReleasingClosure(fn: FunctionNode): boolean {
    const { body } = this.#subject;
    return callsWithin(this.#file, fn).some((call) => {
      const target = call.callee.type === 'Identifier' ? this.#origins.functionOf(call.callee) : null;
      return target !== null && target !== fn && contains(body, target) && this.#closure(target).releases;
    });
  }

  // Variables in the conditions under which the value is taken at all.
  #conditionsOfStart(): ReadonlySet<Variable> {
    const related = new Set<Variable>();
    const { start, body } = this.#subject;
    for (let node: Node | undefined = start ?? undefined; node && node !== body; node = node.parent) {
      const { parent } = node;
      const test =
        (parent?.type === 'ConditionalExpression' || parent?.type === 'IfStatement') && parent.test !== node
          ? parent.test
          : parent?.type === 'LogicalExpression' && parent.right === node
            ? parent.left
            : null;
      if (test) for (const variable of this.#variablesIn(test)) related.add(variable);
    }
    return related;
  }

  #variablesIn(node: Node): Variable[] {
    const found: Variable[] = [];
    for (const id of identifiersWithin(this.#file, node)) {
      const variable = this.#origins.variable(id);
      if (variable && variable.defs.length > 0) found.push(variable);
    }
    return found;
  }

  // Does the condition know whether the value is there: by the condition under which it was taken, or by a flag that changes?
  #isRelated(test: Node, leaves: boolean): boolean {
    const lends = this.#protocol.passing === 'lends';
    if (lends && this.#looksAtPart(test)) return true;
    return this.#variablesIn(test).some((variable) => {
      if (this.#related.has(variable)) return true;
      // Whether to ask again or to give up says nothing of the response.
      if (!lends && leaves) return false;
      if (!this.#subject.values.isLocal(variable)) return false;
      return !isConstant(variable) || this.#holdsCarrier(variable) || this.#standsForRelated(variable);
    });
  }

  // `if (released) return; released = true; client.release();` in a function of its own: where it stops, it has run before.
  #isOnceGuard(node: TSESTree.IfStatement): boolean {
    const fn = enclosingFunction(node);
    if (this.#protocol.passing !== 'lends' || !fn || fn === this.#subject.body || node.alternate) return false;
    const flag = unwrap(node.test);
    const variable = flag.type === 'Identifier' ? this.#origins.variable(flag) : null;
    const last = node.consequent.type === 'BlockStatement' ? node.consequent.body.at(-1) : node.consequent;
    return (
      last?.type === 'ReturnStatement' &&
      variable !== null &&
      writesOf(variable).some(({ identifier }) => contains(fn, identifier)) &&
      this.#closure(fn).releases
    );
  }

  // `const own = !given; const client = given ?? (await pool.connect());`
  #standsForRelated(variable: Variable): boolean {
    const [write] = writesOf(variable);
    return write?.value ? this.#variablesIn(write.value).some((used) => this.#related.has(used)) : false;
  }

  // `if (runner.isTransactionActive)`: the value itself says whether there is something to give back.
  #looksAtPart(test: Node): boolean {
    for (const [node, path] of this.#subject.values.entries) {
      if (path.length > 0 && !path.includes('()') && contains(test, node)) return true;
    }
    return false;
  }

  // ---- statements ----

  #body(fn: FunctionNode | TSESTree.Program, states: States): States {
    if (fn.type === 'Program') return this.#statements(fn.body, states);
    if (fn.body.type === 'BlockStatement') return this.#statement(fn.body, states);
    const after = this.#returned(fn.body, fn.body, states);
    if (after !== 0) this.#sinks.returns(fn.body, after);
    return 0;
  }

  #statements(statements: readonly Node[], states: States): States {
    let current = states;
    for (const statement of statements) current = this.#statement(statement, current);
    return current;
  }

  #statement(node: Node, states: States): States {
    if (states === 0) return 0;
    switch (node.type) {
      case 'BlockStatement':
        return this.#block(node, states);
      case 'ExpressionStatement':
        return this.#expression(node.expression, states);
      case 'VariableDeclaration':
        return this.#declaration(node, states);
      case 'IfStatement':
        return this.#if(node, states);
      case 'ReturnStatement': {
        const after = node.argument ? this.#returned(node, node.argument, states) : states;
        if (after !== 0) this.#sinks.returns(node, after);
        return 0;
      }
      case 'ThrowStatement': {
        const after = this.#expression(node.argument, states);
        const handed = this.#isEssential(node.argument) ? this.#handOver('passed', after) : after;
        if (handed !== 0) this.#sinks.throws(node, handed, true);
        return 0;
      }
      case 'TryStatement':
        return this.#try(node, states);
      case 'SwitchStatement':
        return this.#switch(node, states);
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.#loop(node, null, states);
      case 'LabeledStatement':
        return this.#labeled(node, states);
      case 'BreakStatement':
        this.#sinks.jumps('break', node.label?.name ?? null, states);
        return 0;
      case 'ContinueStatement':
        this.#sinks.jumps('continue', node.label?.name ?? null, states);
        return 0;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        return node.declaration ? this.#statement(node.declaration, states) : states;
      case 'WithStatement':
        this.#unknown = true;
        return states;
      default:
        return states;
    }
  }

  // A declaration with `using` gives back when its block is left, in whatever way.
  #block(node: TSESTree.BlockStatement, states: States): States {
    const disposes = node.body.some(
      (statement) =>
        statement.type === 'VariableDeclaration' &&
        statement.kind.endsWith('using') &&
        statement.declarations.some(
          ({ id, init }) => init && id.type === 'Identifier' && (this.#isEssential(init) || this.#holds(id)),
        ),
    );
    if (!disposes || this.#protocol.disposal !== 'gives-back') return this.#statements(node.body, states);
    return this.#finally(
      () => this.#statements(node.body, states),
      (before) => this.#giveBack(before),
    );
  }

  #holds(id: TSESTree.Identifier): boolean {
    const variable = this.#origins.variable(id);
    return variable !== null && this.#subject.values.pathOfVariable(variable)?.length === 0;
  }

  #declaration(node: TSESTree.VariableDeclaration, states: States): States {
    let current = states;
    for (const { id, init } of node.declarations) {
      if (!init) continue;
      current = this.#expression(init, current);
      current = this.#assigned(id, init, current);
    }
    return current;
  }

  #if(node: TSESTree.IfStatement, states: States): States {
    const { yes, no, unclear } = this.#test(node.test, states);
    const before = this.#given;
    let then = this.#statement(node.consequent, this.#isOnceGuard(node) ? closed(yes) : yes);
    const between = this.#given;
    let otherwise = node.alternate ? this.#statement(node.alternate, no) : no;
    const leaves = then === 0 || otherwise === 0;
    if ((yes & OPEN) !== 0 && this.#isRelated(node.test, leaves)) {
      // The condition knows whether there is something to give back: where one branch does, the other has nothing.
      if ((then & OPEN) === 0 && between > before) otherwise &= ~OPEN;
      else if ((otherwise & OPEN) === 0 && this.#given > between) then &= ~OPEN;
    }
    return joined(then, otherwise, unclear === true, states);
  }

  #switch(node: TSESTree.SwitchStatement, states: States): States {
    const after = this.#expression(node.discriminant, states);
    let broken = 0;
    let falling = 0;
    let hasDefault = false;
    const outer = this.#sinks;
    this.#sinks = {
      ...outer,
      jumps: (kind, label, at) => {
        if (kind === 'break' && label === null) broken |= at;
        else outer.jumps(kind, label, at);
      },
    };
    for (const branch of node.cases) {
      if (!branch.test) hasDefault = true;
      const empty = branch.test !== null && this.#isEmptyWhen(node.discriminant, literalValue(branch.test));
      const entered = empty
        ? this.#giveBack(after)
        : judged(after, this.#protocol.judgesCase(node.discriminant, branch.test, this.#subject.values));
      falling = this.#statements(branch.consequent, falling | entered);
    }
    this.#sinks = outer;
    return broken | falling | (hasDefault ? 0 : after);
  }

  #labeled(node: TSESTree.LabeledStatement, states: States): States {
    const { body } = node;
    if (isLoop(body)) return this.#loop(body, node.label.name, states);
    let broken = 0;
    const outer = this.#sinks;
    this.#sinks = {
      ...outer,
      jumps: (kind, label, at) => {
        if (kind === 'break' && label === node.label.name) broken |= at;
        else outer.jumps(kind, label, at);
      },
    };
    const after = this.#statement(body, states);
    this.#sinks = outer;
    return after | broken;
  }

  #loop(node: LoopNode, label: string | null, states: States): States {
    let entry = states;
    if (node.type === 'ForStatement' && node.init) {
      entry =
        node.init.type === 'VariableDeclaration' ? this.#declaration(node.init, entry) : this.#expression(node.init, entry);
    }
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
      entry = this.#expression(node.right, entry);
      const path = this.#valueOf(node.right);
      if (path && node.type === 'ForOfStatement' && this.#protocol.iterable(path)) return this.#iterated(node, label, entry);
    }
    let left = 0;
    let before = entry;
    // The set only grows, and has three members.
    for (let turn = 0; turn < 4; turn += 1) {
      const { normal, out } = this.#turn(node, label, before);
      left |= out;
      if ((before | normal) === before) break;
      before |= normal;
    }
    // One that reads until nothing is left need not run when nothing is.
    return [...this.#reads].some((call) => contains(node, call)) ? this.#giveBack(left) : left;
  }

  // `for await (const chunk of body)`: gives back when it ends, however it ends.
  #iterated(node: TSESTree.ForOfStatement, label: string | null, states: States): States {
    return this.#finally(
      () => {
        const { normal, out } = this.#turn(node, label, states);
        return normal | out | states;
      },
      (before) => this.#giveBack(before),
    );
  }

  #turn(node: LoopNode, label: string | null, states: States): { readonly normal: States; readonly out: States } {
    let broken = 0;
    let continued = 0;
    const outer = this.#sinks;
    this.#sinks = {
      ...outer,
      jumps: (kind, target, at) => {
        if (target !== null && target !== label) outer.jumps(kind, target, at);
        else if (kind === 'break') broken |= at;
        else continued |= at;
      },
    };
    let out = 0;
    let normal: States;
    if (node.type === 'DoWhileStatement') {
      normal = this.#statement(node.body, states) | continued;
      const { yes, no } = this.#test(node.test, normal);
      normal = yes;
      out = isAlways(node.test) ? 0 : no;
    } else {
      let entered = states;
      out = states;
      const test = node.type === 'WhileStatement' || node.type === 'ForStatement' ? node.test : null;
      if (test) {
        const { yes, no } = this.#test(test, states);
        entered = yes;
        out = isAlways(test) ? 0 : no;
      } else if (node.type === 'ForStatement') out = 0;
      else if (node.type === 'ForOfStatement' && node.await) this.#throws(node.right, states, true);
      normal = this.#statement(node.body, entered) | continued;
      if (node.type === 'ForStatement' && node.update) normal = this.#expression(node.update, normal);
    }
    this.#sinks = outer;
    return { normal, out: out | broken };
  }

  #try(node: TSESTree.TryStatement, states: States): States {
    const { block, handler, finalizer } = node;
    const guarded = (): States => {
      if (!handler) return this.#statement(block, states);
      let caught = 0;
      const outer = this.#sinks;
      this.#sinks = { ...outer, throws: (_, at) => void (caught |= at) };
      const normal = this.#statement(block, states);
      this.#sinks = outer;
      this.#cleaning += 1;
      const recovered = this.#statement(handler.body, caught);
      this.#cleaning -= 1;
      return normal | recovered;
    };
    if (!finalizer) return guarded();
    return this.#finally(guarded, (before) => {
      this.#cleaning += 1;
      const after = this.#statement(finalizer, before);
      this.#cleaning -= 1;
      return after;
    });
  }

  /** Runs `work`, and `cleanup` on every way out of it. */
  #finally(work: () => States, cleanup: (states: States) => States): States {
    const pending: { states: States; go: (states: States) => void }[] = [];
    const outer = this.#sinks;
    this.#sinks = {
      throws: (node, at, written) => void pending.push({ states: at, go: (after) => outer.throws(node, after, written) }),
      returns: (node, at) => void pending.push({ states: at, go: (after) => outer.returns(node, after) }),
      jumps: (kind, label, at) => void pending.push({ states: at, go: (after) => outer.jumps(kind, label, after) }),
    };
    const normal = work();
    this.#sinks = outer;
    const known = new Map<States, States>();
    const cleaned = (states: States): States => {
      const found = known.get(states) ?? (states === 0 ? 0 : cleanup(states));
      known.set(states, found);
      return found;
    };
    for (const { states, go } of pending) {
      const after = cleaned(states);
      if (after !== 0) go(after);
    }
    return cleaned(normal);
  }

  // ---- expressions ----

  #throws(node: Node, states: States, awaited: boolean): void {
    if (states === 0 || (this.#cleaning > 0 && !(awaited && this.#protocol.countsCleanup))) return;
    // Where nobody counts them, what failed has lost nothing for the code that catches it either.
    this.#sinks.throws(node, this.#protocol.countsExceptions ? rescued(states) : absent(states), false);
  }

  #returned(statement: Node, argument: Node, states: States): States {
    const { ok, bad } = this.#promise(argument, states);
    if (bad !== 0) this.#throws(statement, bad, true);
    return this.#isEssential(argument) || this.#isCarrier(argument) ? this.#handOver('returned', ok) : ok;
  }

  // `return new UnitOfWork(client)`, or the variable that holds one: who has the wrapper has what it wraps.
  #isCarrier(node: Node): boolean {
    const value = unwrapAwait(node);
    if (this.#wraps(value)) return true;
    const variable = value.type === 'Identifier' ? this.#origins.variable(value) : null;
    return variable !== null && this.#holdsCarrier(variable);
  }

  #holdsCarrier(variable: Variable): boolean {
    return writesOf(variable).some(({ value }) => value !== null && this.#wraps(unwrapAwait(value)));
  }

  // `new UnitOfWork(client)`, `drizzle(client)`
  #wraps(value: Node): boolean {
    if (value.type !== 'NewExpression' && value.type !== 'CallExpression') return false;
    return value.arguments.some(
      (argument, index) =>
        (value.type === 'NewExpression' || this.#protocol.borrows(unwrap(value.callee), index)) &&
        (this.#isEssential(argument) || this.#isLiteralOfValue(argument)),
    );
  }

  #expressions(nodes: readonly (Node | null)[], states: States): States {
    let current = states;
    for (const node of nodes) if (node) current = this.#expression(node, current);
    return current;
  }

  #expression(node: Node, states: States): States {
    if (states === 0) return 0;
    switch (node.type) {
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        return this.#expression(node.expression, states);
      case 'AwaitExpression': {
        const { ok, bad } = this.#promise(node.argument, states);
        if (bad !== 0) this.#throws(node, bad, true);
        return ok;
      }
      case 'YieldExpression': {
        const after = node.argument ? this.#expression(node.argument, states) : states;
        const handed = node.argument && this.#isEssential(node.argument) ? this.#handOver('returned', after) : after;
        this.#throws(node, handed, true);
        return handed;
      }
      case 'CallExpression':
      case 'NewExpression': {
        if (!isPromiseCall(node)) return this.#call(node, states);
        const { ok, bad } = this.#promise(node, states);
        if (bad !== 0) this.#throws(node, bad, true);
        return ok;
      }
      case 'TaggedTemplateExpression': {
        const after = this.#expressions([node.tag, ...node.quasi.expressions], states);
        this.#reached(node, after);
        this.#throws(node, after, false);
        return after;
      }
      case 'ImportExpression': {
        this.#throws(node, states, true);
        return states;
      }
      case 'AssignmentExpression': {
        const target = unwrap(node.left);
        let current = target.type === 'MemberExpression' ? this.#expression(target.object, states) : states;
        if (node.operator === '??=' || node.operator === '||=' || node.operator === '&&=') {
          current |= this.#assigned(target, node.right, this.#expression(node.right, current));
          return current;
        }
        current = this.#expression(node.right, current);
        return this.#assigned(target, node.right, current);
      }
      case 'MemberExpression': {
        const after = this.#member(node, states);
        // `rows[0].id`
        if (isElement(node.object) && !node.optional) this.#throws(node, after, false);
        return after;
      }
      case 'ConditionalExpression': {
        const { yes, no, unclear } = this.#test(node.test, states);
        const then = this.#expression(node.consequent, yes);
        return joined(then, this.#expression(node.alternate, no), unclear === true, states);
      }
      case 'LogicalExpression': {
        if (node.operator === '??') {
          const left = this.#expression(node.left, states);
          return left | this.#expression(node.right, left);
        }
        const { yes, no, unclear } = this.#test(node.left, states);
        const and = node.operator === '&&';
        return joined(this.#expression(node.right, and ? yes : no), and ? no : yes, unclear === true, states);
      }
      case 'UnaryExpression':
      case 'UpdateExpression':
      case 'SpreadElement': {
        const after = this.#expression(node.argument, states);
        return node.type === 'SpreadElement' && this.#isEssential(node.argument) ? this.#handOver('stored', after) : after;
      }
      case 'BinaryExpression':
        return this.#expressions([node.left, node.right], states);
      case 'SequenceExpression':
        return this.#expressions(node.expressions, states);
      case 'TemplateLiteral':
        return this.#expressions(node.expressions, states);
      case 'ArrayExpression': {
        let current = this.#expressions(node.elements, states);
        const together = this.#subject.values.pathOf(node) !== null;
        if (!together && !this.#isPassedLiteral(node) && node.elements.some((element) => element && this.#isEssential(element)))
          current = this.#handOver('stored', current);
        return current;
      }
      case 'ObjectExpression':
        return this.#object(node, states);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.#captured(node, states);
      case 'Identifier': {
        // `{ query, release }`: functions by their names.
        const fn = this.#origins.functionOf(node);
        return fn && fn !== this.#subject.body && contains(this.#subject.body, fn) ? this.#shown(fn, states) : states;
      }
      case 'JSXElement':
      case 'JSXFragment':
        return this.#jsx(node, states);
      default:
        return states;
    }
  }

  #member(node: TSESTree.MemberExpression, states: States): States {
    const after = this.#expressions([node.object, node.computed ? node.property : null], states);
    // `response[type]()`: what it does nobody can see.
    const unseen = memberName(node) === null && this.#valueOf(node) === null;
    return unseen && this.#isEssential(node.object) ? this.#handOver('passed', after) : after;
  }

  #jsx(node: TSESTree.JSXElement | TSESTree.JSXFragment, states: States): States {
    let current = states;
    walk(node, this.#file.sourceCode.visitorKeys, (child) => {
      if (child.type !== 'JSXExpressionContainer' && child.type !== 'JSXSpreadAttribute') return undefined;
      const value = child.type === 'JSXSpreadAttribute' ? child.argument : child.expression;
      current = this.#expression(value, current);
      if (this.#isEssential(value)) current = this.#handOver('passed', current);
      return false;
    });
    return current;
  }

  #object(node: TSESTree.ObjectExpression, states: States): States {
    let current = states;
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') current = this.#expression(property, current);
      else {
        if (property.computed) current = this.#expression(property.key, current);
        current = this.#expression(property.value, current);
        if (this.#isEssential(property.value) && !this.#isPassedLiteral(node)) current = this.#handOver('stored', current);
      }
    }
    return current;
  }

  // A function that is neither called here nor known to be called by somebody.
  #captured(fn: FunctionNode, states: States): States {
    if (!this.#closure(fn).uses) return states;
    const holder = fn.parent;
    // `const cleanup = () => …`: what is done with it decides.
    if (holder.type === 'VariableDeclarator' && holder.init === fn && holder.id.type === 'Identifier') return states;
    return this.#shown(fn, states);
  }

  #shown(fn: FunctionNode, states: States): States {
    const { uses, releases, takes } = this.#closure(fn);
    if (releases || takes) return this.#handOver('captured', states);
    if (uses) this.#lent ??= 'captured';
    return states;
  }

  #assigned(target: Node, value: Node, states: States): States {
    const { values } = this.#subject;
    const { start } = this.#subject;
    if (target.type === 'MemberExpression' && this.#isCarrier(value)) return this.#handOver('stored', states);
    if (this.#isEssential(value)) {
      if (target.type === 'MemberExpression') return this.#handOver('stored', states);
      if (target.type !== 'Identifier') return states;
      const variable = this.#origins.variable(target);
      // A variable of a function around keeps it beyond this call.
      if (variable && !values.isLocal(variable)) return this.#handOver('stored', states);
      return states;
    }
    if (target.type === 'Identifier' && (states & OPEN) !== 0 && start) {
      const variable = this.#origins.variable(target);
      const path = variable ? values.pathOfVariable(variable) : null;
      if (variable && path?.length === 0 && values.holders.length === 1 && !isNullish(value)) {
        this.#exit(target, 'overwritten', states & OPEN, states);
        return (states & ~OPEN) | DONE;
      }
    }
    return states;
  }

  // ---- conditions ----

  #test(node: Node, states: States): Tested {
    if (states === 0) return { yes: 0, no: 0 };
    const test = unwrap(node);
    if (test.type === 'UnaryExpression' && test.operator === '!') {
      const { yes, no, ...rest } = this.#test(test.argument, states);
      return { ...rest, yes: no, no: yes };
    }
    if (test.type === 'LogicalExpression' && test.operator !== '??') {
      const left = this.#test(test.left, states);
      const right = this.#test(test.right, test.operator === '&&' ? left.yes : left.no);
      const unclear = left.unclear === true || right.unclear === true;
      return test.operator === '&&'
        ? { yes: right.yes, no: left.no | right.no, unclear }
        : { yes: left.yes | right.yes, no: right.no, unclear };
    }
    const { yes, no } = this.#leaf(test, states);
    const judgement = this.#protocol.judges(test, this.#subject.values);
    if (!judgement) return { yes, no };
    return {
      yes: judged(yes, judgement.yes),
      no: judged(no, judgement.no),
      ...(judgement.unclear ? { unclear: true } : {}),
    };
  }

  // A condition without `!`, `&&` and `||`.
  #leaf(test: Node, states: States): Tested {
    if (test.type === 'BinaryExpression' && /^[!=]==?$/u.test(test.operator)) {
      const after = this.#expressions([test.left, test.right], states);
      const same = this.#compared(test, after);
      return test.operator.startsWith('!') ? { yes: same.no, no: same.yes } : same;
    }
    const after = this.#expression(test, states);
    const membership = membershipOf(this.#file, test);
    if (membership?.values.every((value) => this.#isEmptyWhen(membership.member, value)))
      return { yes: this.#giveBack(after), no: after };
    return this.#truthy(test, after);
  }

  #isEmptyWhen(node: Node, value: unknown): boolean {
    const path = value === undefined ? null : this.#valueOf(node);
    return path !== null && this.#protocol.isEmptyWhen(path, value, unwrap(node));
  }

  #compared(test: TSESTree.BinaryExpression, states: States): Tested {
    for (const [side, other] of [
      [test.left, test.right],
      [test.right, test.left],
    ] as const) {
      if (isNullish(other)) {
        const { yes, no } = this.#truthy(unwrap(side), states);
        return { yes: no, no: yes };
      }
      if (this.#isEmptyWhen(side, literalValue(other))) return { yes: this.#giveBack(states), no: states };
    }
    return { yes: states, no: states };
  }

  #truthy(test: Node, states: States): Tested {
    if (this.#isEssential(test)) return { yes: states, no: states & ~OPEN };
    const variable = test.type === 'Identifier' ? this.#origins.variable(test) : null;
    if (variable && variable === this.#subject.error) return { yes: absent(states), no: states };
    return { yes: states, no: states };
  }

  // ---- calls ----

  #reached(node: Node, states: States): void {
    this.#whileHeld.set(node, (this.#whileHeld.get(node) ?? true) && states !== 0 && (states & ~(HELD | RESCUED)) === 0);
  }

  #giveBack(states: States): States {
    if ((states & OPEN) === 0) return states;
    this.#gaveBack = true;
    this.#given += 1;
    return (states & ~OPEN) | DONE;
  }

  #handOver(how: Escape, states: States): States {
    // Handed over before it was taken (`this.client = client; await client.connect()`): it never was this function's.
    if (this.#subject.start && states === BEFORE) this.#owned ??= how;
    if ((states & OPEN) === 0) return states;
    this.#escape ??= how;
    this.#given += 1;
    return (states & ~OPEN) | DONE;
  }

  #call(node: Call, states: States): States {
    const callee = unwrap(node.callee);
    const { start } = this.#subject;
    if (node === start) return this.#taken(node, states);
    if (isFunction(callee)) return this.#inline(callee, node.arguments, states);
    let current = states;
    if (callee.type === 'MemberExpression') current = this.#member(callee, states);
    else if (callee.type !== 'Identifier') current = this.#expression(callee, states);
    const path = this.#valueOf(callee);
    if (path?.at(-1) === 'bind') return this.#expressions(node.arguments, current);
    const releases = this.#releases.has(node) || this.#protocol.frees(node);
    const closures: Node[] = [];
    for (const argument of node.arguments) {
      if (this.#isCallback(argument)) closures.push(argument);
      else current = this.#expression(argument, current);
    }
    this.#reached(node, current);
    if (!releases && (current & BEFORE) !== 0 && this.#takenBy(node, path)) current = (current & ~BEFORE) | this.#take();
    if (releases) {
      const after = this.#giveBack(current);
      for (const closure of closures) this.#continuation(closure, after);
      this.#throws(node, after, false);
      return after;
    }
    if (path && this.#protocol.dedicates(path, node)) return this.#handOver('captured', current);
    for (const [index, argument] of node.arguments.entries()) {
      if (this.#isEssential(argument)) current = this.#passed(node, callee, index, current);
      else if (this.#isLiteralOfValue(argument)) current = this.#passedWithin(node, callee, index, argument, current);
    }
    for (const closure of closures) current = this.#callback(node, callee, path, closure, current);
    const local = this.#localCall(node, callee, current);
    if (local !== null) return local;
    if (this.#isExit(callee)) return 0;
    // A method of the value answers with a promise or an emitter: what fails does not fail here.
    if (path === null && this.#mayThrow(node, callee)) this.#throws(node, current, false);
    return current;
  }

  #mayThrow(node: Call, callee: Node): boolean {
    if (!mayThrow(node)) return false;
    if (node.type === 'NewExpression') return true;
    const [callback] = node.arguments;
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (name !== null && OVER_ELEMENTS.has(name) && callback && isFunction(callback))
      return mayThrowWithin(this.#file, callback, (call) => this.#valueOf(call.callee) !== null);
    return !this.#cannotFail(node);
  }

  #taken(node: Call, states: States): States {
    const callee = unwrap(node.callee);
    let current = callee.type === 'MemberExpression' ? this.#expression(callee.object, states) : states;
    for (const argument of node.arguments) if (!this.#isCallback(argument)) current = this.#expression(argument, current);
    // A second turn of a loop, with the first one's still held.
    if ((current & OPEN) !== 0) this.#exit(node, 'overwritten', current & OPEN, current);
    return this.#protocol.taking ? BEFORE : this.#take();
  }

  #take(): States {
    return this.#owned ? this.#handOver(this.#owned, HELD) : HELD;
  }

  // What was only promised is taken by a member of it, or by whatever is done with it.
  #takenBy(node: Call, path: ValuePath | null): boolean {
    const { taking } = this.#protocol;
    if (!taking) return false;
    if (path && taking.by(path)) return true;
    return taking.byAny && (path !== null || node.arguments.some((argument) => this.#valueOf(argument) !== null));
  }

  // A function written down as an argument, or the name of one, or a bound method that gives back.
  #isCallback(argument: Node): boolean {
    const value = unwrap(argument);
    if (isFunction(value)) return true;
    const target = value.type === 'Identifier' ? this.#origins.functionOf(value) : null;
    if (target) return contains(this.#subject.body, target) && this.#closure(target).uses;
    return this.#isReleaseReference(value);
  }

  // `client.release`, `client.release.bind(client)`
  #isReleaseReference(value: Node): boolean {
    if (value.type === 'ArrayExpression') return false;
    const path = this.#valueOf(value);
    return path !== null && !this.#protocol.isEssential(path) && this.#protocol.releases(path, null);
  }

  #functionOf(argument: Node): FunctionNode | null {
    const value = unwrap(argument);
    return isFunction(value) ? value : this.#origins.functionOf(value);
  }

  #passed(node: Call, callee: Node, index: number, states: States): States {
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
    if (isOwner(this.#file, callee) || endsStreams(this.#file, callee)) return this.#handOver('passed', states);
    if (this.#looksOnly(callee) || this.#protocol.borrows(callee, index)) return states;
    if (name !== null && callee.type === 'MemberExpression' && this.#protocol.borrowsAs(name)) return states;
    if (name !== null && callee.type === 'MemberExpression' && STORING.has(name)) return this.#handOver('stored', states);
    const target = node.type === 'CallExpression' ? this.#origins.functionOf(callee) : null;
    const path = node.arguments[index] ? this.#valueOf(node.arguments[index]) : null;
    if (target) return this.#summarized(target, index, path ?? [], states);
    // `await work(client)`: a function that the caller of this one gave works with it for as long as it runs.
    if (this.#protocol.passing === 'hands-over') return this.#handOver('passed', states);
    if (this.#isParameter(callee)) {
      if (isAwaited(node)) return states;
      // `callback(null, client)`, `resolve(client)`
      if (isLastWord(node)) return this.#handOver('passed', states);
    }
    this.#lent ??= 'passed';
    return states;
  }

  // `work`, `work.call`
  #isParameter(callee: Node): boolean {
    if (callee.type === 'MemberExpression' && INVOKING.has(memberName(callee) ?? ''))
      return this.#isParameter(unwrap(callee.object));
    const variable = callee.type === 'Identifier' ? this.#origins.variable(callee) : null;
    return variable?.defs[0]?.type === 'Parameter' && isFunction(variable.defs[0].node);
  }

  // `{ client }`, `[client]`: passed by itself, or as a part of something that lives longer?
  #isLiteralOfValue(node: Node): boolean {
    if (this.#protocol.passing !== 'lends' || this.#valueOf(node) !== null) return false;
    return literalParts(node).some((part) => this.#isEssential(part) || this.#isLiteralOfValue(part));
  }

  /** The value is passed to a call inside a literal. */
  #passedWithin(node: Call, callee: Node, index: number, argument: Node, states: States): States {
    const literal = unwrap(argument);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    const keys = literal.type === 'ObjectExpression' ? this.#keysOfValue(literal) : [];
    if (keys.length > 0 && keys.every((key) => this.#protocol.borrowsAs(key))) return states;
    if (isOwner(this.#file, callee)) return this.#handOver('passed', states);
    if (this.#looksOnly(callee) || this.#protocol.borrows(callee, index)) return states;
    if (name !== null && STORING.has(name)) return this.#handOver('stored', states);
    const target = node.type === 'CallExpression' ? this.#origins.functionOf(callee) : null;
    if (target) {
      const [key, ...others] = keys;
      const parameter = target.params[index];
      const pattern = parameter?.type === 'ObjectPattern' && key !== undefined ? propertyOf(parameter, key) : null;
      return pattern && others.length === 0
        ? this.#summarizedAs(target, pattern, [], states)
        : this.#handOver('passed', states);
    }
    if (this.#isParameter(callee)) {
      if (isAwaited(node)) return states;
      if (isLastWord(node)) return this.#handOver('passed', states);
    }
    this.#lent ??= 'passed';
    return states;
  }

  // Names under which an object literal has the value; one that is not known has no name.
  #keysOfValue(literal: TSESTree.ObjectExpression): string[] {
    return literal.properties
      .filter((property) => literalParts(literal).length > 0 && this.#holdsValue(property))
      .map((property) => (property.type === 'Property' ? (keyName(property) ?? '') : ''));
  }

  #holdsValue(property: TSESTree.ObjectLiteralElement): boolean {
    const value = property.type === 'Property' ? property.value : property.argument;
    return this.#isEssential(value) || this.#isLiteralOfValue(value);
  }

  // Is the literal an argument of a call, or a part of one, so that the call decides what becomes of what is in it?
  #isPassedLiteral(literal: Node): boolean {
    if (this.#protocol.passing !== 'lends') return false;
    let node = wrapped(literal);
    while (/^(?:Property|ObjectExpression|ArrayExpression)$/u.test(node.parent?.type ?? ''))
      node = wrapped(node.parent as Node);
    const { parent } = node;
    return (
      (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') &&
      parent.arguments.includes(node as TSESTree.Expression)
    );
  }

  // Built-ins that look at a value and keep nothing of it.
  #looksOnly(callee: Node): boolean {
    const origin = this.#origins.of(callee);
    return (
      origin?.module === GLOBAL &&
      /^(?:String|Boolean|Number|console\.\w+|JSON\.stringify|Object\.(?:assign|keys|values|entries|is|hasOwn|defineProperty|defineProperties|freeze|seal)|Array\.isArray)$/u.test(
        origin.steps.join('.'),
      )
    );
  }

  /** What a helper of the file does with the value it is given. */
  #summarized(target: FunctionNode, index: number, path: ValuePath, states: States): States {
    const parameter = target.params[index];
    return parameter ? this.#summarizedAs(target, parameter, path, states) : this.#handOver('passed', states);
  }

  #summarizedAs(target: FunctionNode, parameter: Node, path: ValuePath, states: States): States {
    if (this.#depth >= MAX_DEPTH || this.#active.has(target)) return this.#handOver('passed', states);
    const values = new Values(this.#file, target, this.#protocol.chains);
    values.addPattern(parameter, path);
    const inner = new Evaluator(
      this.#file,
      { body: target, start: null, values, protocol: this.#protocol, error: null },
      this.#depth + 1,
    );
    this.#active.add(target);
    const { outcome } = inner.run();
    this.#active.delete(target);
    // It only uses it, or loses it where it fails: the caller still has it.
    if (outcome.kind === 'never') return states;
    if (outcome.kind === 'escapes' && outcome.how === 'passed' && this.#protocol.passing === 'lends') {
      this.#lent ??= 'passed';
      return states;
    }
    if (outcome.kind === 'always' || outcome.kind === 'unless-throws') {
      return this.#giveBack(states);
    }
    return this.#handOver('passed', states);
  }

  #localCall(node: Call, callee: Node, states: States): States | null {
    if (node.type !== 'CallExpression' || callee.type !== 'Identifier') return null;
    const target = this.#origins.functionOf(callee);
    if (!target || !contains(this.#subject.body, target) || target === this.#subject.body) return null;
    const { uses, releases } = this.#closure(target);
    if (!uses || this.#active.has(target)) return null;
    if (!releases) return null;
    this.#active.add(target);
    const after = this.#arm(target, states);
    this.#active.delete(target);
    if (after.bad !== 0) this.#throws(node, after.bad, true);
    // Given back on some of its ways only: it knows when.
    return (after.ok & DONE) !== 0 ? this.#giveBack(after.ok) : after.ok;
  }

  // Ends the process.
  #isExit(callee: Node): boolean {
    const origin = callee.type === 'MemberExpression' ? this.#origins.of(callee) : null;
    return origin !== null && origin.steps.join('.') === (origin.module === 'process' ? 'exit' : 'process.exit');
  }

  #inline(fn: FunctionNode, args: readonly Node[], states: States): States {
    const current = this.#expressions(args, states);
    const { ok, bad } = this.#arm(fn, current);
    if (bad !== 0) this.#throws(fn, bad, true);
    return ok;
  }

  /** The value is seen by a function that is passed to a call. */
  #callback(node: Call, callee: Node, path: readonly string[] | null, argument: Node, states: States): States {
    if (this.#isReleaseReference(unwrap(argument))) {
      const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
      if (name !== null && STORING.has(name)) return states;
      return name !== null && LISTEN.has(name) ? this.#listened(node, states) : this.#handOver('captured', states);
    }
    const fn = this.#functionOf(argument);
    if (!fn) return states;
    const { uses, releases, takes } = this.#closure(fn);
    if (!uses) return states;
    if (takes && !releases) return this.#handOver('captured', states);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
    if (node.type === 'NewExpression' && name === 'Promise') {
      const { ok, bad } = this.#arm(fn, states);
      return ok | bad;
    }
    if (!releases) {
      // It only uses the value: while the call lasts, or for as long as the value lives.
      const atOnce = callee.type === 'MemberExpression' && isFunction(unwrap(argument)) && RUNS_AT_ONCE.has(name ?? '');
      if (!atOnce && !(isAwaited(node) && !this.#isShownIn(fn))) this.#lent ??= 'captured';
      return states;
    }
    if (name !== null && LISTEN.has(name) && eventOf(node) !== null) {
      if (path !== null) this.#continuation(fn, states);
      return this.#listened(node, states);
    }
    if (name !== null && DEFERRING.has(name)) {
      this.#continuation(fn, states);
      return this.#giveBack(states);
    }
    // The library calls it once, when it is done.
    if (path !== null) {
      this.#continuation(fn, states);
      return this.#giveBack(states);
    }
    if (name !== null && RUNS_AT_ONCE.has(name) && callee.type === 'MemberExpression') {
      const { ok, bad } = this.#arm(fn, states);
      if (bad !== 0) this.#throws(node, bad, true);
      return this.#giveBack(ok | states);
    }
    return this.#handOver('captured', states);
  }

  // Does the function pass the value on, instead of only calling its methods?
  #isShownIn(fn: FunctionNode): boolean {
    return [...this.#subject.values.entries].some(
      ([node, path]) =>
        this.#protocol.isEssential(path) && contains(fn, node) && wrapped(node).parent?.type !== 'MemberExpression',
    );
  }

  // Which events give the value back: one that always comes, or a good and a bad end together.
  #listened(node: Call, states: States): States {
    const events = new Set<string>();
    for (const call of callsWithin(this.#file, this.#subject.body)) {
      const callee = unwrap(call.callee);
      const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
      const event = name !== null && LISTEN.has(name) ? eventOf(call) : null;
      const listener = call.arguments[1];
      if (event === null || !listener) continue;
      const fn = this.#functionOf(listener);
      if ((fn && this.#closure(fn).releases) || this.#isReleaseReference(unwrap(listener))) events.add(event);
    }
    const all = [...events];
    // What fails is given back besides; what does not fail still has to be.
    if (all.every((event) => event === 'error')) return states;
    const sure =
      all.some((event) => FINAL_EVENTS.has(event)) || (events.has('error') && all.some((event) => GOOD_EVENTS.has(event)));
    if (sure || !all.every((event) => GOOD_EVENTS.has(event) || event === 'error')) return this.#giveBack(states);
    if ((states & OPEN) !== 0) this.#exit(node, 'event', states & OPEN, states);
    return this.#giveBack(states);
  }

  /** Runs a function later, with the value in these states: its ways out are ways out of ours. */
  #continuation(argument: Node, states: States): void {
    const fn = this.#functionOf(argument);
    if (!fn || this.#active.has(fn) || !this.#closure(fn).uses) return;
    this.#active.add(fn);
    const outer = this.#sinks;
    this.#sinks = {
      throws: (node, at, written) => {
        if (written || fn.async) this.#exit(node, written ? 'throw' : 'exception', at);
      },
      returns: (node, at) => this.#exit(node, 'return', at),
      jumps: () => undefined,
    };
    const after = this.#body(fn, states);
    if (after !== 0) this.#exit(lastStatement(fn), 'end', after);
    this.#sinks = outer;
    this.#active.delete(fn);
  }

  /** Runs a function as a part of the expression: what it returns and throws. */
  #arm(fn: FunctionNode, states: States): Settled {
    let ok = 0;
    let bad = 0;
    const outer = this.#sinks;
    this.#sinks = {
      throws: (_, at) => void (bad |= at),
      returns: (_, at) => void (ok |= at),
      jumps: () => undefined,
    };
    const normal = this.#body(fn, states);
    this.#sinks = outer;
    return { ok: ok | normal, bad };
  }

  /** As {@link #arm}, of a function that alone has the value: what it does not give back is lost where the function is left. */
  #lastHolder(fn: FunctionNode, states: States): Settled {
    let ok = 0;
    let bad = 0;
    const lost = (node: Node, kind: Exit['kind'], at: States): States => {
      if ((at & OPEN) === 0) return at;
      this.#exit(node, kind, at);
      return absent(at);
    };
    const outer = this.#sinks;
    this.#sinks = {
      throws: (node, at, written) => void (bad |= written ? lost(node, 'throw', at) : at),
      returns: (node, at) => void (ok |= lost(node, 'return', at)),
      jumps: () => undefined,
    };
    const normal = lost(lastStatement(fn), 'end', this.#body(fn, states));
    this.#sinks = outer;
    return { ok: ok | normal, bad };
  }

  /** The states in which a promise is fulfilled and rejected. */
  #promise(node: Node, states: States): Settled {
    const call = unwrap(node);
    if (states === 0) return { ok: 0, bad: 0 };
    if (call === this.#subject.start) return { ok: this.#taken(call, states), bad: absent(states) };
    const callee = call.type === 'CallExpression' ? unwrap(call.callee) : null;
    const method = callee?.type === 'MemberExpression' ? memberName(callee) : null;
    if (
      call.type !== 'CallExpression' ||
      callee?.type !== 'MemberExpression' ||
      method === null ||
      !PROMISE_METHODS.has(method)
    ) {
      return this.#settled(call, states);
    }
    const base = this.#promise(callee.object, states);
    const [first, second] = call.arguments;
    const settled = { ok: base.ok, bad: base.bad };
    if (method === 'then') {
      const received = this.#valueOf(callee.object)?.length === 0 && first !== undefined;
      const good = received ? this.#received(first, base.ok, callee.object) : this.#settle(first, base.ok);
      const rescued = second ? this.#settle(second, base.bad) : { ok: 0, bad: base.bad };
      return { ok: good.ok | rescued.ok, bad: good.bad | rescued.bad };
    }
    if (method === 'catch') {
      const rescued = this.#settle(first, base.bad);
      return { ok: settled.ok | rescued.ok, bad: rescued.bad };
    }
    const good = this.#settle(first, base.ok);
    const failed = this.#settle(first, base.bad);
    return { ok: good.ok, bad: good.bad | failed.ok | failed.bad };
  }

  // What the call throws at once rejects just as well.
  #settled(node: Node, states: States): Settled {
    let bad = 0;
    const outer = this.#sinks;
    this.#sinks = { ...outer, throws: (_, at) => void (bad |= at) };
    const ok = this.#expression(node, states);
    this.#sinks = outer;
    if (this.#mayReject(node)) bad |= this.#rejected(node, states, ok);
    // Where the promise of the value rejects, there is none.
    return { ok, bad: this.#valueOf(node)?.length === 0 ? absent(bad) : bad };
  }

  // The value goes to a function, which nobody may be able to see.
  #received(callback: Node, states: States, promise: Node): Settled {
    const fn = this.#functionOf(callback);
    const alone = this.#protocol.passing === 'hands-over' && unwrap(promise).type === 'CallExpression';
    if (alone && fn && isFunction(unwrap(callback)) && !this.#active.has(fn)) {
      this.#active.add(fn);
      const settled = this.#lastHolder(fn, states);
      this.#active.delete(fn);
      return settled;
    }
    if ((fn && contains(this.#subject.body, fn)) || isNullish(callback) || this.#isReleaseReference(unwrap(callback)))
      return this.#settle(callback, states);
    return { ok: fn ? this.#summarized(fn, 0, [], states) : this.#handOver('passed', states), bad: 0 };
  }

  #settle(callback: Node | undefined, states: States): Settled {
    if (!callback || states === 0) return { ok: states, bad: 0 };
    if (this.#isReleaseReference(unwrap(callback))) return { ok: this.#giveBack(states), bad: 0 };
    const fn = this.#functionOf(callback);
    if (!fn || this.#active.has(fn)) return { ok: states, bad: 0 };
    this.#active.add(fn);
    const settled = this.#arm(fn, states);
    this.#active.delete(fn);
    return settled;
  }

  // Awaiting a call that gives back, or one that cannot fail, adds no way out.
  #mayReject(node: Node): boolean {
    if (node.type === 'Identifier' || node.type === 'MemberExpression' || node.type === 'ImportExpression') return true;
    if (node.type === 'CallExpression')
      return !this.#releases.has(node) && !this.#cannotFail(node) && !(this.#cleaning > 0 && closes(node));
    return node.type === 'NewExpression' && !isWaiting(node);
  }

  // What only waits: `Promise.allSettled(…)`, `sleep(100)` of `const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))`.
  #cannotFail(node: TSESTree.CallExpression): boolean {
    const callee = unwrap(node.callee);
    const origin = this.#origins.of(callee);
    if (origin) {
      const name = origin.steps.join('.');
      return (
        /^(?:stream|timers\/promises)$/u.test(origin.module) || (origin.module === GLOBAL && name === 'Promise.allSettled')
      );
    }
    const target = this.#origins.functionOf(callee);
    if (!target) return false;
    const answers = returnedExpressions(target);
    return (
      (answers.length === 1 && answers.every((answer) => isWaiting(unwrapAwait(answer)))) ||
      !mayThrowWithin(this.#file, target, () => false)
    );
  }

  // What fails while it takes has taken nothing; what fails while it reads has nothing left to read.
  #rejected(node: Node, before: States, after: States): States {
    const path = node.type === 'CallExpression' ? this.#valueOf(node.callee) : null;
    if (node.type !== 'CallExpression') return after;
    if (this.#reads.has(node) || (path && this.#protocol.taking?.by(path))) return absent(after);
    return this.#takenBy(node, path) ? before : after;
  }
}

const OVER_ELEMENTS: ReadonlySet<string> = new Set(
  'every,filter,find,findIndex,findLast,flatMap,forEach,map,reduce,some,sort,toSorted'.split(','),
);
const INVOKING: ReadonlySet<string> = new Set(['apply', 'call']);

const RUNS_AT_ONCE: ReadonlySet<string> = new Set(
  'every,filter,find,findIndex,flatMap,forEach,map,reduce,some,sort,then,catch,finally'.split(','),
);

function isAlways(test: Node): boolean {
  return Boolean(literalValue(test));
}

function closed(states: States): States {
  return (states & OPEN) === 0 ? states : (states & ~OPEN) | DONE;
}

function rescued(states: States): States {
  return (states & HELD) === 0 ? states : (states & ~HELD) | RESCUED;
}

function absent(states: States): States {
  return states === 0 ? 0 : (states & ~OPEN) | ((states & OPEN) !== 0 ? BEFORE : 0);
}

/** The states after a condition: what one side was taken to be is forgotten where both go on alike. */
function joined(then: States, otherwise: States, unclear: boolean, before: States): States {
  const after = then | otherwise;
  const settled = after & DONE & ~before;
  return unclear && settled === 0 && (before & HELD) !== 0 && (after & FAILED) !== 0 ? (after & ~FAILED) | HELD : after;
}

function judged(states: States, verdict: Verdict): States {
  if (verdict === 'bad') return (states & HELD) !== 0 ? (states & ~HELD) | FAILED : states;
  if (verdict === 'good') return (states & FAILED) !== 0 ? (states & ~FAILED) | HELD : states;
  return states;
}

function isElement(node: Node): boolean {
  const object = unwrap(node);
  return object.type === 'MemberExpression' && object.computed && object.property.type === 'Literal';
}

// Nobody waits for what the call answers.
function isLastWord(node: Node): boolean {
  const { parent } = wrapped(node);
  return parent?.type === 'ExpressionStatement' || parent?.type === 'ReturnStatement';
}

function isAwaited(node: Node): boolean {
  return wrapped(node).parent?.type === 'AwaitExpression';
}

// `new Promise((resolve) => …)`: nothing can reject it.
function isWaiting(node: Node): boolean {
  if (node.type !== 'NewExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'Promise') return false;
  const [executor] = node.arguments;
  return isFunction(executor) && executor.params.length < 2;
}

function literalParts(node: Node): Node[] {
  const literal = unwrap(node);
  if (literal.type === 'ArrayExpression') return literal.elements.filter((element) => element !== null);
  if (literal.type !== 'ObjectExpression') return [];
  return literal.properties.map((property) => (property.type === 'Property' ? property.value : property.argument));
}

function propertyOf(pattern: TSESTree.ObjectPattern, name: string): Node | null {
  const found = pattern.properties.find((property) => property.type === 'Property' && keyName(property) === name);
  return found?.type === 'Property' ? found.value : null;
}

function isPromiseCall(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
  return name !== null && PROMISE_METHODS.has(name);
}

function lastStatement(body: FunctionNode | TSESTree.Program): Node {
  if (body.type === 'Program') return body.body.at(-1) ?? body;
  return body.body.type === 'BlockStatement' ? (body.body.body.at(-1) ?? body.body) : body.body;
}
