import type { TSESTree } from '@typescript-eslint/utils';
import { contains, enclosingFunction, unwrap, type Node } from '../../ast/nodes.js';
import { isNullish, literalValue } from '../../ast/objects.js';
import { isConstant, writesOf, type Variable } from '../../ast/variables.js';
import { membershipOf } from '../../resolve/conditions.js';
import type { SourceFile } from '../../resolve/source-file.js';
import { identifiersWithin } from '../within.js';
import { Taking } from './taking.js';
import { OPEN, absent, judged, type States, type Tested } from './states.js';
import type { Subject } from './subject.js';

/** Conditions: what they say of the value, and whether they know if there is something to give back. */
export abstract class Conditions extends Taking {
  /** Variables in the conditions under which the value is taken at all. */
  readonly #related: ReadonlySet<Variable>;

  constructor(file: SourceFile, subject: Subject, depth: number) {
    super(file, subject, depth);
    this.#related = this.conditionsOfStart();
  }

  protected conditionsOfStart(): ReadonlySet<Variable> {
    const related = new Set<Variable>();
    const { start, body } = this.subject;
    for (let node: Node | undefined = start ?? undefined; node && node !== body; node = node.parent) {
      const { parent } = node;
      const test =
        (parent?.type === 'ConditionalExpression' || parent?.type === 'IfStatement') && parent.test !== node
          ? parent.test
          : parent?.type === 'LogicalExpression' && parent.right === node
            ? parent.left
            : null;
      if (test) for (const variable of this.variablesIn(test)) related.add(variable);
    }
    return related;
  }

  protected variablesIn(node: Node): Variable[] {
    const found: Variable[] = [];
    for (const id of identifiersWithin(this.file, node)) {
      const variable = this.origins.variable(id);
      if (variable && variable.defs.length > 0) found.push(variable);
    }
    return found;
  }

  // Does the condition know whether the value is there: by the condition under which it was taken, or by a flag that changes?
  protected isRelated(test: Node, leaves: boolean): boolean {
    const lends = this.protocol.passing === 'lends';
    if (lends && this.looksAtPart(test)) return true;
    return this.variablesIn(test).some((variable) => {
      if (this.#related.has(variable)) return true;
      // Whether to ask again or to give up says nothing of the response.
      if (!lends && leaves) return false;
      if (!this.subject.values.isLocal(variable)) return false;
      return !isConstant(variable) || this.holdsCarrier(variable) || this.standsForRelated(variable);
    });
  }

  // `if (released) return; released = true; client.release();` in a function of its own: where it stops, it has run before.
  protected isOnceGuard(node: TSESTree.IfStatement): boolean {
    const fn = enclosingFunction(node);
    if (this.protocol.passing !== 'lends' || !fn || fn === this.subject.body || node.alternate) return false;
    const flag = unwrap(node.test);
    const variable = flag.type === 'Identifier' ? this.origins.variable(flag) : null;
    const last = node.consequent.type === 'BlockStatement' ? node.consequent.body.at(-1) : node.consequent;
    return (
      last?.type === 'ReturnStatement' &&
      variable !== null &&
      writesOf(variable).some(({ identifier }) => contains(fn, identifier)) &&
      this.closure(fn).releases
    );
  }

  // `const own = !given; const client = given ?? (await pool.connect());`
  protected standsForRelated(variable: Variable): boolean {
    const [write] = writesOf(variable);
    return write?.value ? this.variablesIn(write.value).some((used) => this.#related.has(used)) : false;
  }

  // `if (runner.isTransactionActive)`: the value itself says whether there is something to give back.
  protected looksAtPart(test: Node): boolean {
    for (const [node, path] of this.subject.values.entries) {
      if (path.length > 0 && !path.includes('()') && contains(test, node)) return true;
    }
    return false;
  }

  protected test(node: Node, states: States): Tested {
    if (states === 0) return { yes: 0, no: 0 };
    const test = unwrap(node);
    if (test.type === 'UnaryExpression' && test.operator === '!') {
      const { yes, no, ...rest } = this.test(test.argument, states);
      return { ...rest, yes: no, no: yes };
    }
    if (test.type === 'LogicalExpression' && test.operator !== '??') {
      const left = this.test(test.left, states);
      const right = this.test(test.right, test.operator === '&&' ? left.yes : left.no);
      const unclear = left.unclear === true || right.unclear === true;
      return test.operator === '&&'
        ? { yes: right.yes, no: left.no | right.no, unclear }
        : { yes: left.yes | right.yes, no: right.no, unclear };
    }
    const { yes, no } = this.leaf(test, states);
    const judgement = this.protocol.judges(test, this.subject.values);
    if (!judgement) return { yes, no };
    return {
      yes: judged(yes, judgement.yes),
      no: judged(no, judgement.no),
      ...(judgement.unclear ? { unclear: true } : {}),
    };
  }

  // A condition without `!`, `&&` and `||`.
  protected leaf(test: Node, states: States): Tested {
    if (test.type === 'BinaryExpression' && /^[!=]==?$/u.test(test.operator)) {
      const after = this.expressions([test.left, test.right], states);
      const same = this.compared(test, after);
      return test.operator.startsWith('!') ? { yes: same.no, no: same.yes } : same;
    }
    const after = this.expression(test, states);
    const membership = membershipOf(this.file, test);
    if (membership?.values.every((value) => this.isEmptyWhen(membership.member, value)))
      return { yes: this.giveBack(after), no: after };
    return this.truthy(test, after);
  }

  protected isEmptyWhen(node: Node, value: unknown): boolean {
    const path = value === undefined ? null : this.valueOf(node);
    return path !== null && this.protocol.isEmptyWhen(path, value, unwrap(node));
  }

  protected compared(test: TSESTree.BinaryExpression, states: States): Tested {
    for (const [side, other] of [
      [test.left, test.right],
      [test.right, test.left],
    ] as const) {
      if (isNullish(other)) {
        const { yes, no } = this.truthy(unwrap(side), states);
        return { yes: no, no: yes };
      }
      if (this.isEmptyWhen(side, literalValue(other))) return { yes: this.giveBack(states), no: states };
    }
    return { yes: states, no: states };
  }

  protected truthy(test: Node, states: States): Tested {
    if (this.isEssential(test)) return { yes: states, no: states & ~OPEN };
    const variable = test.type === 'Identifier' ? this.origins.variable(test) : null;
    if (variable && variable === this.subject.error) return { yes: absent(states), no: states };
    return { yes: states, no: states };
  }
}
