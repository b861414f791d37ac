import { contains, isFunction, unwrap, wrapped, type FunctionNode, type Node } from '../../ast/nodes.js';
import { callsWithin } from '../within.js';
import { Run } from './run.js';

/** What a nested function does with the value. */
interface ClosureUse {
  readonly uses: boolean;
  readonly releases: boolean;
  /** Hands it over, or passes it on. */
  readonly takes: boolean;
}

/** Functions written inside the body: what they do with the value, and what it means to name one. */
export abstract class Closures extends Run {
  readonly #closures = new Map<FunctionNode, ClosureUse>();

  /** What a nested function does with the value, syntactically. */
  protected closure(fn: FunctionNode): ClosureUse {
    const known = this.#closures.get(fn);
    if (known) return known;
    let uses = false;
    let takes = false;
    for (const [node, path] of this.subject.values.entries) {
      if (!contains(fn, node) || node === fn) continue;
      uses = true;
      // Handed over inside: for a response, any use of the body that is not a look at it.
      if (
        this.protocol.passing === 'hands-over' &&
        this.protocol.isEssential(path) &&
        wrapped(node).parent?.type !== 'MemberExpression'
      )
        takes = true;
    }
    let releases = [...this.releases].some((call) => contains(fn, call));
    this.#closures.set(fn, { uses, releases, takes });
    // `() => cleanup()`, where `cleanup` gives it back.
    if (!releases) releases = this.callsReleasingClosure(fn);
    const found = { uses: uses || releases, releases, takes };
    this.#closures.set(fn, found);
    return found;
  }

  protected callsReleasingClosure(fn: FunctionNode): boolean {
    const { body } = this.subject;
    return callsWithin(this.file, fn).some((call) => {
      const target = call.callee.type === 'Identifier' ? this.origins.functionOf(call.callee) : null;
      return target !== null && target !== fn && contains(body, target) && this.closure(target).releases;
    });
  }

  // Does the function pass the value on, instead of only calling its methods?
  protected isShownIn(fn: FunctionNode): boolean {
    return [...this.subject.values.entries].some(
      ([node, path]) =>
        this.protocol.isEssential(path) && contains(fn, node) && wrapped(node).parent?.type !== 'MemberExpression',
    );
  }

  // `client.release`, `client.release.bind(client)`
  protected isReleaseReference(value: Node): boolean {
    if (value.type === 'ArrayExpression') return false;
    const path = this.valueOf(value);
    return path !== null && !this.protocol.isEssential(path) && this.protocol.releases(path, null);
  }

  // A function written down as an argument, or the name of one, or a bound method that gives back.
  protected isCallback(argument: Node): boolean {
    const value = unwrap(argument);
    if (isFunction(value)) return true;
    const target = value.type === 'Identifier' ? this.origins.functionOf(value) : null;
    if (target) return contains(this.subject.body, target) && this.closure(target).uses;
    return this.isReleaseReference(value);
  }

  protected functionOf(argument: Node): FunctionNode | null {
    const value = unwrap(argument);
    return isFunction(value) ? value : this.origins.functionOf(value);
  }
}
