import { isFunction, memberName, unwrap, type FunctionNode, type Node } from '../../ast/nodes.js';
import { GLOBAL } from '../../resolve/module-path.js';
import { endsStreams, isOwner } from '../owners.js';
import type { ValuePath } from '../protocol.js';
import { Values } from '../values.js';
import { Callbacks } from './callbacks.js';
import type { States } from './states.js';
import type { Call } from './subject.js';
import { isAwaited, isLastWord, propertyOf, STORING } from './shape.js';

// Helpers of the file that a value is passed to, one behind the other.
const MAX_DEPTH = 3;
const INVOKING: ReadonlySet<string> = new Set(['apply', 'call']);

/** The value as an argument: lent, handed over, or worked with by a helper of the file. */
export abstract class Passing extends Callbacks {
  protected passed(node: Call, callee: Node, index: number, states: States): States {
    const name = callee.type === 'MemberExpression' ? memberName(callee) : callee.type === 'Identifier' ? callee.name : null;
    if (isOwner(this.file, callee) || endsStreams(this.file, callee)) return this.handOver('passed', states);
    if (this.looksOnly(callee) || this.protocol.borrows(callee, index)) return states;
    if (name !== null && callee.type === 'MemberExpression' && this.protocol.borrowsAs(name)) return states;
    if (name !== null && callee.type === 'MemberExpression' && STORING.has(name)) return this.handOver('stored', states);
    const target = node.type === 'CallExpression' ? this.origins.functionOf(callee) : null;
    const path = node.arguments[index] ? this.valueOf(node.arguments[index]) : null;
    if (target) return this.summarized(target, index, path ?? [], states);
    // `await work(client)`: a function that the caller of this one gave works with it for as long as it runs.
    if (this.protocol.passing === 'hands-over') return this.handOver('passed', states);
    if (this.isParameter(callee)) {
      if (isAwaited(node)) return states;
      // `callback(null, client)`, `resolve(client)`
      if (isLastWord(node)) return this.handOver('passed', states);
    }
    this.lent ??= 'passed';
    return states;
  }

  // `work`, `work.call`
  protected isParameter(callee: Node): boolean {
    if (callee.type === 'MemberExpression' && INVOKING.has(memberName(callee) ?? ''))
      return this.isParameter(unwrap(callee.object));
    const variable = callee.type === 'Identifier' ? this.origins.variable(callee) : null;
    return variable?.defs[0]?.type === 'Parameter' && isFunction(variable.defs[0].node);
  }

  /** The value is passed to a call inside a literal. */
  protected passedWithin(node: Call, callee: Node, index: number, argument: Node, states: States): States {
    const literal = unwrap(argument);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    const keys = literal.type === 'ObjectExpression' ? this.keysOfValue(literal) : [];
    if (keys.length > 0 && keys.every((key) => this.protocol.borrowsAs(key))) return states;
    if (isOwner(this.file, callee)) return this.handOver('passed', states);
    if (this.looksOnly(callee) || this.protocol.borrows(callee, index)) return states;
    if (name !== null && STORING.has(name)) return this.handOver('stored', states);
    const target = node.type === 'CallExpression' ? this.origins.functionOf(callee) : null;
    if (target) {
      const [key, ...others] = keys;
      const parameter = target.params[index];
      const pattern = parameter?.type === 'ObjectPattern' && key !== undefined ? propertyOf(parameter, key) : null;
      return pattern && others.length === 0 ? this.summarizedAs(target, pattern, [], states) : this.handOver('passed', states);
    }
    if (this.isParameter(callee)) {
      if (isAwaited(node)) return states;
      if (isLastWord(node)) return this.handOver('passed', states);
    }
    this.lent ??= 'passed';
    return states;
  }

  // Built-ins that look at a value and keep nothing of it.
  protected looksOnly(callee: Node): boolean {
    const origin = this.origins.of(callee);
    return (
      origin?.module === GLOBAL &&
      /^(?:String|Boolean|Number|console\.\w+|JSON\.stringify|Object\.(?:assign|keys|values|entries|is|hasOwn|defineProperty|defineProperties|freeze|seal)|Array\.isArray)$/u.test(
        origin.steps.join('.'),
      )
    );
  }

  /** What a helper of the file does with the value it is given. */
  protected summarized(target: FunctionNode, index: number, path: ValuePath, states: States): States {
    const parameter = target.params[index];
    return parameter ? this.summarizedAs(target, parameter, path, states) : this.handOver('passed', states);
  }

  protected summarizedAs(target: FunctionNode, parameter: Node, path: ValuePath, states: States): States {
    if (this.depth >= MAX_DEPTH || this.active.has(target)) return this.handOver('passed', states);
    const values = new Values(this.file, target, this.protocol.chains);
    values.addPattern(parameter, path);
    this.active.add(target);
    const { outcome } = this.evaluateHelper({ body: target, start: null, values, protocol: this.protocol, error: null });
    this.active.delete(target);
    // It only uses it, or loses it where it fails: the caller still has it.
    if (outcome.kind === 'never') return states;
    if (outcome.kind === 'escapes' && outcome.how === 'passed' && this.protocol.passing === 'lends') {
      this.lent ??= 'passed';
      return states;
    }
    if (outcome.kind === 'always' || outcome.kind === 'unless-throws') {
      return this.giveBack(states);
    }
    return this.handOver('passed', states);
  }
}
