import type { TSESTree } from '@typescript-eslint/utils';
import { memberName, unwrap, wrapped, type FunctionNode, type Node } from '../../ast/nodes.js';
import { originsOf, type Origins } from '../../resolve/origin.js';
import type { SourceFile } from '../../resolve/source-file.js';
import { isDetached } from '../detached.js';
import type { Escape, Exit, Outcome } from '../outcome.js';
import type { Protocol } from '../protocol.js';
import { isRepeated } from '../within.js';
import { BEFORE, DONE, FAILED, HELD, OPEN, RESCUED, absent, rescued, type Sinks, type States } from './states.js';
import type { Call, Evaluation, Subject } from './subject.js';
import { PROMISE_METHODS } from './shape.js';

/** One evaluation: what it knows, what it has seen so far, and what every part of it needs. */
export abstract class Run {
  protected readonly file: SourceFile;
  protected readonly origins: Origins;
  protected readonly subject: Subject;
  protected readonly protocol: Protocol;
  /** How many helpers of the file lie between the function that took the value and this one. */
  protected readonly depth: number;
  protected readonly releases = new Set<Call>();
  /** Calls that read a part of what is left. */
  protected readonly reads = new Set<Call>();
  /** Functions that are being run. */
  protected readonly active = new Set<Node>();
  protected sinks: Sinks;
  /** Shown to code that nobody can see. */
  protected lent: Escape | null = null;
  /** Handed over before it was taken. */
  protected owned: Escape | null = null;
  /** How often it was given back or handed over so far. */
  protected given = 0;
  protected unknown = false;
  /** Inside a `catch` or `finally`, where only what is awaited is taken to fail. */
  protected cleaning = 0;
  readonly #exits = new Map<string, { states: States; around: States; node: Node; kind: Exit['kind'] }>();
  readonly #whileHeld = new Map<Node, boolean>();
  #escape: Escape | null = null;
  #gaveBack = false;

  constructor(file: SourceFile, subject: Subject, depth: number) {
    this.file = file;
    this.origins = originsOf(file);
    this.subject = subject;
    this.protocol = subject.protocol;
    this.depth = depth;
    const detached = depth === 0 && isDetached(file, subject.body);
    this.sinks = {
      throws: (node, states, written) => {
        if (written || !detached) this.exit(node, written ? 'throw' : 'exception', states);
      },
      returns: (node, states) => this.exit(node, 'return', states),
      jumps: () => undefined,
    };
    if (subject.values.conflict) this.unknown = true;
    this.findReleases();
  }

  protected abstract body(fn: FunctionNode | TSESTree.Program, states: States): States;
  protected abstract expression(node: Node, states: States): States;
  protected abstract expressions(nodes: readonly (Node | null)[], states: States): States;
  protected abstract member(node: TSESTree.MemberExpression, states: States): States;
  /** Evaluates a helper of the file that the value is passed to. */
  protected abstract evaluateHelper(subject: Subject): Evaluation;

  /** Calls reached while the value was certainly held. */
  protected get whileHeld(): ReadonlySet<Node> {
    return new Set([...this.#whileHeld].filter(([, held]) => held).map(([node]) => node));
  }

  protected outcome(): Outcome {
    if (this.unknown) return { kind: 'unknown' };
    const { countsExceptions } = this.protocol;
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
    const lent = this.lent ?? (this.subject.borrowed ? 'captured' : null);
    if (this.releases.size === 0 && lent) return { kind: 'escapes', how: lent };
    if (written.length === 0) {
      // Every written way out was checked and none holds it, unless there is none at all.
      return { kind: 'unless-throws', exits: held };
    }
    const done = exits.some(({ states, kind }) => kind !== 'exception' && (states & DONE) !== 0);
    return { kind: done || this.releases.size > 0 ? 'some-paths' : 'never', exits: written };
  }

  /**
   * @param around The states on all ways that come here, where only some of them end.
   */
  protected exit(node: Node, kind: Exit['kind'], states: States, around: States = states): void {
    if (states === 0) return;
    const key = `${kind}:${String(node.range[0])}:${String(node.range[1])}`;
    const known = this.#exits.get(key);
    if (known) {
      known.states |= states;
      known.around |= around;
    } else this.#exits.set(key, { states, around, node, kind });
  }

  // Calls that give the value back, wherever they stand, so that closures can be asked for them.
  private findReleases(): void {
    for (const [node, path] of this.subject.values.entries) {
      const outer = wrapped(node);
      const { parent } = outer;
      if (parent?.type === 'CallExpression' && parent.callee === outer) {
        const ofPromise = path.length === 1 && PROMISE_METHODS.has(path[0] ?? '');
        if (ofPromise) continue;
        const exhausts = this.protocol.exhausts(path);
        if (exhausts) this.reads.add(parent);
        if (this.protocol.releases(path, parent) || (exhausts && isRepeated(parent, this.subject.body)))
          this.releases.add(parent);
      } else if (parent?.type === 'CallExpression' && path.length === 0) {
        const callee = unwrap(parent.callee);
        const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
        if (name !== null && this.protocol.takesBack(name)) this.releases.add(parent);
      }
    }
  }

  protected valueOf(node: Node): readonly string[] | null {
    return this.subject.values.pathOf(unwrap(node)) ?? this.subject.values.pathOf(node);
  }

  protected isEssential(node: Node): boolean {
    const path = this.valueOf(node);
    return path !== null && this.protocol.isEssential(path);
  }

  protected throws(node: Node, states: States, awaited: boolean): void {
    if (states === 0 || (this.cleaning > 0 && !(awaited && this.protocol.countsCleanup))) return;
    // Where nobody counts them, what failed has lost nothing for the code that catches it either.
    this.sinks.throws(node, this.protocol.countsExceptions ? rescued(states) : absent(states), false);
  }

  protected reached(node: Node, states: States): void {
    this.#whileHeld.set(node, (this.#whileHeld.get(node) ?? true) && states !== 0 && (states & ~(HELD | RESCUED)) === 0);
  }

  protected giveBack(states: States): States {
    if ((states & OPEN) === 0) return states;
    this.#gaveBack = true;
    this.given += 1;
    return (states & ~OPEN) | DONE;
  }

  protected handOver(how: Escape, states: States): States {
    // Handed over before it was taken (`this.client = client; await client.connect()`): it never was this function's.
    if (this.subject.start && states === BEFORE) this.owned ??= how;
    if ((states & OPEN) === 0) return states;
    this.#escape ??= how;
    this.given += 1;
    return (states & ~OPEN) | DONE;
  }
}
