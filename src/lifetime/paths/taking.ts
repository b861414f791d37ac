import { unwrap } from '../../ast/nodes.js';
import type { ValuePath } from '../protocol.js';
import { Carriers } from './carriers.js';
import { BEFORE, HELD, OPEN, type States } from './states.js';
import type { Call } from './subject.js';

/** When the value is taken: by its call, or by the first use of what the call promised. */
export abstract class Taking extends Carriers {
  protected taken(node: Call, states: States): States {
    const callee = unwrap(node.callee);
    let current = callee.type === 'MemberExpression' ? this.expression(callee.object, states) : states;
    for (const argument of node.arguments) if (!this.isCallback(argument)) current = this.expression(argument, current);
    // A second turn of a loop, with the first one's still held.
    if ((current & OPEN) !== 0) this.exit(node, 'overwritten', current & OPEN, current);
    if (this.protocol.taking) return BEFORE;
    // `connection.connect((error) => …)`: from here on the value is that callback's business.
    const continued = this.protocol.passing === 'lends' && node.arguments.some((argument) => this.isCallback(argument));
    return continued ? this.handOver('captured', this.take()) : this.take();
  }

  protected take(): States {
    return this.owned ? this.handOver(this.owned, HELD) : HELD;
  }

  // What was only promised is taken by a member of it, or by whatever is done with it.
  protected takenBy(node: Call, path: ValuePath | null): boolean {
    const { taking } = this.protocol;
    if (!taking) return false;
    if (path && taking.by(path)) return true;
    return taking.byAny && (path !== null || node.arguments.some((argument) => this.valueOf(argument) !== null));
  }
}
