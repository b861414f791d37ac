import type { TSESTree } from '@typescript-eslint/utils';
import { contains, type FunctionNode, type Node } from '../../ast/nodes.js';
import { literalValue } from '../../ast/objects.js';
import { isLoop, type LoopNode } from '../within.js';
import { Expressions } from './expressions.js';
import { OPEN, closed, joined, judged, type States } from './states.js';

/** Statements. */
export abstract class Statements extends Expressions {
  protected body(fn: FunctionNode | TSESTree.Program, states: States): States {
    if (fn.type === 'Program') return this.statements(fn.body, states);
    if (fn.body.type === 'BlockStatement') return this.statement(fn.body, states);
    const after = this.returned(fn.body, fn.body, states);
    if (after !== 0) this.sinks.returns(fn.body, after);
    return 0;
  }

  protected statements(statements: readonly Node[], states: States): States {
    let current = states;
    for (const statement of statements) current = this.statement(statement, current);
    return current;
  }

  protected statement(node: Node, states: States): States {
    if (states === 0) return 0;
    switch (node.type) {
      case 'BlockStatement':
        return this.block(node, states);
      case 'ExpressionStatement':
        return this.expression(node.expression, states);
      case 'VariableDeclaration':
        return this.declaration(node, states);
      case 'IfStatement':
        return this.ifStatement(node, states);
      case 'ReturnStatement': {
        const after = node.argument ? this.returned(node, node.argument, states) : states;
        if (after !== 0) this.sinks.returns(node, after);
        return 0;
      }
      case 'ThrowStatement': {
        const after = this.expression(node.argument, states);
        const handed = this.isEssential(node.argument) ? this.handOver('passed', after) : after;
        if (handed !== 0) this.sinks.throws(node, handed, true);
        return 0;
      }
      case 'TryStatement':
        return this.tryStatement(node, states);
      case 'SwitchStatement':
        return this.switchStatement(node, states);
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
        return this.loop(node, null, states);
      case 'LabeledStatement':
        return this.labeled(node, states);
      case 'BreakStatement':
        this.sinks.jumps('break', node.label?.name ?? null, states);
        return 0;
      case 'ContinueStatement':
        this.sinks.jumps('continue', node.label?.name ?? null, states);
        return 0;
      case 'ExportNamedDeclaration':
      case 'ExportDefaultDeclaration':
        return node.declaration ? this.statement(node.declaration, states) : states;
      case 'ClassDeclaration':
        return this.classBody(node, states);
      case 'WithStatement':
        this.unknown = true;
        return states;
      default:
        return states;
    }
  }

  // A declaration with `using` gives back when its block is left, in whatever way.
  protected block(node: TSESTree.BlockStatement, states: States): States {
    const disposes = node.body.some(
      (statement) =>
        statement.type === 'VariableDeclaration' &&
        statement.kind.endsWith('using') &&
        statement.declarations.some(
          ({ id, init }) => init && id.type === 'Identifier' && (this.isEssential(init) || this.holds(id)),
        ),
    );
    if (!disposes || this.protocol.disposal !== 'gives-back') return this.statements(node.body, states);
    return this.onEveryWayOut(
      () => this.statements(node.body, states),
      (before) => this.giveBack(before),
    );
  }

  protected holds(id: TSESTree.Identifier): boolean {
    const variable = this.origins.variable(id);
    return variable !== null && this.subject.values.pathOfVariable(variable)?.length === 0;
  }

  protected declaration(node: TSESTree.VariableDeclaration, states: States): States {
    let current = states;
    for (const { id, init } of node.declarations) {
      if (!init) continue;
      current = this.expression(init, current);
      current = this.assigned(id, init, current);
    }
    return current;
  }

  protected ifStatement(node: TSESTree.IfStatement, states: States): States {
    const { yes, no, unclear } = this.test(node.test, states);
    const before = this.given;
    let then = this.statement(node.consequent, this.isOnceGuard(node) ? closed(yes) : yes);
    const between = this.given;
    let otherwise = node.alternate ? this.statement(node.alternate, no) : no;
    const leaves = then === 0 || otherwise === 0;
    if ((yes & OPEN) !== 0 && this.isRelated(node.test, leaves)) {
      // The condition knows whether there is something to give back: where one branch does, the other has nothing.
      if ((then & OPEN) === 0 && between > before) otherwise &= ~OPEN;
      else if ((otherwise & OPEN) === 0 && this.given > between) then &= ~OPEN;
    }
    return joined(then, otherwise, unclear === true, states);
  }

  protected switchStatement(node: TSESTree.SwitchStatement, states: States): States {
    const after = this.expression(node.discriminant, states);
    let broken = 0;
    let falling = 0;
    let hasDefault = false;
    const outer = this.sinks;
    this.sinks = {
      ...outer,
      jumps: (kind, label, at) => {
        if (kind === 'break' && label === null) broken |= at;
        else outer.jumps(kind, label, at);
      },
    };
    for (const branch of node.cases) {
      if (!branch.test) hasDefault = true;
      const empty = branch.test !== null && this.isEmptyWhen(node.discriminant, literalValue(branch.test));
      const entered = empty
        ? this.giveBack(after)
        : judged(after, this.protocol.judgesCase(node.discriminant, branch.test, this.subject.values));
      falling = this.statements(branch.consequent, falling | entered);
    }
    this.sinks = outer;
    return broken | falling | (hasDefault ? 0 : after);
  }

  protected labeled(node: TSESTree.LabeledStatement, states: States): States {
    const { body } = node;
    if (isLoop(body)) return this.loop(body, node.label.name, states);
    let broken = 0;
    const outer = this.sinks;
    this.sinks = {
      ...outer,
      jumps: (kind, label, at) => {
        if (kind === 'break' && label === node.label.name) broken |= at;
        else outer.jumps(kind, label, at);
      },
    };
    const after = this.statement(body, states);
    this.sinks = outer;
    return after | broken;
  }

  protected loop(node: LoopNode, label: string | null, states: States): States {
    let entry = states;
    if (node.type === 'ForStatement' && node.init) {
      entry = node.init.type === 'VariableDeclaration' ? this.declaration(node.init, entry) : this.expression(node.init, entry);
    }
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') {
      entry = this.expression(node.right, entry);
      const path = this.valueOf(node.right);
      if (path && node.type === 'ForOfStatement' && this.protocol.iterable(path)) return this.iterated(node, label, entry);
    }
    let left = 0;
    let before = entry;
    // The set only grows, and has five members.
    for (let turn = 0; turn < 6; turn += 1) {
      const { normal, out } = this.turn(node, label, before);
      left |= out;
      if ((before | normal) === before) break;
      before |= normal;
    }
    // One that reads until nothing is left need not run when nothing is.
    return [...this.reads].some((call) => contains(node, call)) ? this.giveBack(left) : left;
  }

  // `for await (const chunk of body)`: gives back when it ends, however it ends.
  protected iterated(node: TSESTree.ForOfStatement, label: string | null, states: States): States {
    return this.onEveryWayOut(
      () => {
        const { normal, out } = this.turn(node, label, states);
        return normal | out | states;
      },
      (before) => this.giveBack(before),
    );
  }

  protected turn(node: LoopNode, label: string | null, states: States): { readonly normal: States; readonly out: States } {
    let broken = 0;
    let continued = 0;
    const outer = this.sinks;
    this.sinks = {
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
      normal = this.statement(node.body, states) | continued;
      const { yes, no } = this.test(node.test, normal);
      normal = yes;
      out = isAlways(node.test) ? 0 : no;
    } else {
      let entered = states;
      out = states;
      const test = node.type === 'WhileStatement' || node.type === 'ForStatement' ? node.test : null;
      if (test) {
        const { yes, no } = this.test(test, states);
        entered = yes;
        out = isAlways(test) ? 0 : no;
      } else if (node.type === 'ForStatement') out = 0;
      else if (node.type === 'ForOfStatement' && node.await) this.throws(node.right, states, true);
      normal = this.statement(node.body, entered) | continued;
      if (node.type === 'ForStatement' && node.update) normal = this.expression(node.update, normal);
    }
    this.sinks = outer;
    return { normal, out: out | broken };
  }

  protected tryStatement(node: TSESTree.TryStatement, states: States): States {
    const { block, handler, finalizer } = node;
    const guarded = (): States => {
      if (!handler) return this.statement(block, states);
      let caught = 0;
      const outer = this.sinks;
      this.sinks = { ...outer, throws: (_, at) => void (caught |= at) };
      const normal = this.statement(block, states);
      this.sinks = outer;
      this.cleaning += 1;
      const recovered = this.statement(handler.body, caught);
      this.cleaning -= 1;
      return normal | recovered;
    };
    if (!finalizer) return guarded();
    return this.onEveryWayOut(guarded, (before) => {
      this.cleaning += 1;
      const after = this.statement(finalizer, before);
      this.cleaning -= 1;
      return after;
    });
  }

  /** Runs `work`, and `cleanup` on every way out of it. */
  protected onEveryWayOut(work: () => States, cleanup: (states: States) => States): States {
    const pending: { states: States; go: (states: States) => void }[] = [];
    const outer = this.sinks;
    this.sinks = {
      throws: (node, at, written) => void pending.push({ states: at, go: (after) => outer.throws(node, after, written) }),
      returns: (node, at) => void pending.push({ states: at, go: (after) => outer.returns(node, after) }),
      jumps: (kind, label, at) => void pending.push({ states: at, go: (after) => outer.jumps(kind, label, after) }),
    };
    const normal = work();
    this.sinks = outer;
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
}

function isAlways(test: Node): boolean {
  return Boolean(literalValue(test));
}
