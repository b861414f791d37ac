/**
 * Is a client created again for every request?
 *
 * When the construction runs is only half of the answer: a function that runs per request may keep what it made. Storage decides: a
 * value is made per request iff nothing that outlives the request holds it. Nothing here looks for the shapes of a cache; it looks at
 * where values are put and at what the code asks before it makes one.
 */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  enclosingClass,
  functionName,
  isClass,
  isFunction,
  memberName,
  rootIdentifier,
  runningFunction,
  startsWithThis,
  unwrap,
  unwrapAwait,
  wrappedAwait,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { isNullish } from '../ast/objects.js';
import { statementOfWrite, writesOf, type Variable } from '../ast/variables.js';
import { flowOf, type Use } from '../resolve/flow.js';
import { registrationOf } from '../resolve/framework-values.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { STORING } from './changes.js';
import { defaultScopeOf } from './default-scope.js';
import { executionScopeOf, type ExecutionScope } from './execution-scope.js';
import { guardsOf, type Guards } from './guards.js';
import { longevityOf, type Longevity } from './longevity.js';

/** When a value is made anew, or why that cannot be said. */
export type CreationScope =
  | { readonly kind: 'request' | 'iteration'; readonly scope: ExecutionScope }
  /** Made once: at module scope, at start-up, or kept in storage that outlives the request. */
  | { readonly kind: 'once' }
  | { readonly kind: 'unknown' };

const ONCE: CreationScope = { kind: 'once' };
const UNKNOWN: CreationScope = { kind: 'unknown' };

// A chain of helpers that each return the value; as deep as calls are followed.
const MAX_DEPTH = 5;

/** When the value of an expression is made anew. */
export function creationScopeOf(file: SourceFile, node: Node): CreationScope {
  return new Judge(file).of(node, 0);
}

type Verdict = 'kept' | 'per-call' | 'unknown';

class Judge {
  readonly #file: SourceFile;
  readonly #guards: Guards;
  readonly #longevity: Longevity;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#guards = guardsOf(file);
    this.#longevity = longevityOf(file);
  }

  of(node: Node, depth: number): CreationScope {
    const scope = defaultScopeOf(this.#file, node) ?? executionScopeOf(this.#file, node);
    if (scope.kind === 'module' || scope.kind === 'startup' || scope.kind === 'test') return ONCE;
    const fn = runningFunction(node);
    if (this.#guards.isGuarded(node)) return ONCE;
    const storage = this.#storageOf(node);
    if (storage.verdict !== 'per-call') return storage.verdict === 'kept' ? ONCE : UNKNOWN;
    if (storage.returnedFrom.length > 0) {
      const handedOut = this.#handedOut(storage.returnedFrom, depth, scope);
      if (handedOut) return handedOut;
    }
    if (scope.kind === 'request') {
      if (fn && !this.#reachedUnguarded(fn, 0)) return ONCE;
      return { kind: 'request', scope };
    }
    return scope.kind === 'iteration' ? { kind: 'iteration', scope } : UNKNOWN;
  }

  // The value leaves its function: who calls the function decides. Null: the function is a handler itself, judge it where it is made.
  #handedOut(returns: readonly Extract<Use, { kind: 'return' }>[], depth: number, scope: ExecutionScope): CreationScope | null {
    if (scope.throughUnknownCall) return UNKNOWN;
    if (depth >= MAX_DEPTH) return UNKNOWN;
    const found: CreationScope[] = [];
    for (const { fn, path } of returns) {
      const uses = flowOf(this.#file).usesOfFunction(fn);
      const calls = this.#callsOf(uses);
      for (const call of calls) {
        const verdict = path.length === 0 ? this.of(call, depth + 1) : this.#carried(call, path, depth);
        found.push(verdict.kind === 'request' || verdict.kind === 'iteration' ? through(verdict, fn) : verdict);
      }
      for (const call of scope.kind === 'request' ? this.#unseenCallsWith(uses) : []) {
        const verdict = this.#carried(call, path, depth);
        found.push(verdict.kind === 'request' ? { kind: 'request', scope } : verdict);
      }
      const getter = fn.parent.type === 'MethodDefinition' && fn.parent.kind === 'get';
      if (!getter && calls.length === 0 && scope.kind !== 'request') return UNKNOWN;
      // Handed to something that calls it: a registration makes it request scope, a memo helper nobody knows.
      if (uses.some((use) => use.kind === 'argument' && !use.target) && scope.kind !== 'request') return UNKNOWN;
    }
    const perRequest = found.find((verdict) => verdict.kind === 'request');
    if (perRequest) return perRequest;
    if (found.length === 0) return null;
    return found.find((verdict) => verdict.kind === 'iteration') ?? found.find((verdict) => verdict.kind === 'unknown') ?? ONCE;
  }

  #carried(call: Node, path: readonly string[], depth: number): CreationScope {
    const scope = executionScopeOf(this.#file, call);
    if (scope.kind === 'module' || scope.kind === 'startup') return ONCE;
    if (this.#guards.isGuarded(call)) return ONCE;
    const storage = this.#storageOf(call, path);
    if (storage.verdict !== 'per-call') return storage.verdict === 'kept' ? ONCE : UNKNOWN;
    if (storage.returnedFrom.length > 0) return this.#handedOut(storage.returnedFrom, depth + 1, scope) ?? UNKNOWN;
    return scope.kind === 'request' || scope.kind === 'iteration' ? { kind: scope.kind, scope } : UNKNOWN;
  }

  // The calls of a function: by its name, and by that of a parameter it is passed for.
  #callsOf(uses: readonly Use[], depth = 0): readonly Node[] {
    return uses.flatMap((use) => {
      if (use.kind === 'call') return [use.call];
      if (use.kind !== 'argument' || !use.target || depth >= 3) return [];
      return this.#callsOf(flowOf(this.#file).usesOfParameter(use.target, use.index, use.path), depth + 1);
    });
  }

  /**
   * Is there a way from a handler to the function on which nobody asks kept storage first? (`if (!ready) { init(); ready = true; }`
   * around the call of a helper makes the helper run once.)
   */
  #reachedUnguarded(fn: FunctionNode, depth: number): boolean {
    const uses = flowOf(this.#file).usesOfFunction(fn);
    const calls = this.#callsOf(uses);
    const unseen = this.#unseenCallsWith(uses);
    if (calls.length + unseen.length === 0 || depth >= MAX_DEPTH || uses.some((use) => this.#isRegistered(use))) return true;
    return (
      calls.some((call) => this.#runsPerRequest(call) && this.#isReached(call, depth)) ||
      // Outside of every request: what it is handed to may be called by one, as the wrapper of a handler is.
      unseen.some((call) => !this.#runsPerRequest(call) || this.#isReached(call, depth))
    );
  }

  #runsPerRequest(call: Node): boolean {
    const { kind } = executionScopeOf(this.#file, call);
    return kind === 'request' || kind === 'iteration';
  }

  #isReached(call: Node, depth: number): boolean {
    if (this.#guards.isGuarded(call)) return false;
    const caller = runningFunction(call);
    return caller === null || this.#reachedUnguarded(caller, depth + 1);
  }

  /**
   * The calls of something unseen that get the function, and so run it along with the code around them and give back what it gives
   * (`lock ??= retry(async () => new Client())`).
   */
  #unseenCallsWith(uses: readonly Use[]): readonly Node[] {
    return uses.flatMap((use) => (use.kind === 'argument' && !use.target && !this.#isRegistered(use) ? [use.call] : []));
  }

  /** Does a framework get the function, to call it when it likes? */
  #isRegistered(use: Use): boolean {
    if (use.kind !== 'argument' || use.target) return false;
    const match = registrationOf(this.#file, originsOf(this.#file), use.call, use.index, use.path);
    return match !== null && match.registration.scope !== 'inline' && match.registration.scope !== 'iteration';
  }

  #storageOf(
    node: Node,
    path: readonly string[] = [],
  ): { readonly verdict: Verdict; readonly returnedFrom: readonly Extract<Use, { kind: 'return' }>[] } {
    const returnedFrom: Extract<Use, { kind: 'return' }>[] = [];
    const fallback = this.#leftOperand(node);
    if (fallback === 'unknown') return { verdict: 'unknown', returnedFrom };
    const pending: { readonly uses: readonly Use[]; readonly key: Node }[] = [
      { uses: flowOf(this.#file).usesOf(node, path), key: node },
    ];
    const seen = new Set<Node>();
    let verdict: Verdict = 'per-call';
    for (let next = pending.pop(); next; next = pending.pop()) {
      if (seen.has(next.key)) continue;
      seen.add(next.key);
      for (const use of next.uses) {
        const kept = this.#keeps(use, node);
        if (kept === 'kept') return { verdict: 'kept', returnedFrom };
        if (kept === 'unknown') verdict = 'unknown';
        if (use.kind === 'return' && contains(use.fn, node)) returnedFrom.push(use);
        const carrier = carrierOf(use);
        if (carrier) pending.push({ uses: flowOf(this.#file).usesOf(carrier), key: carrier });
        const callback = thenCallback(use);
        const fn = callback ? originsOf(this.#file).functionOf(callback) : null;
        if (fn) pending.push({ uses: flowOf(this.#file).usesOfParameter(fn, 0), key: fn });
      }
    }
    return { verdict, returnedFrom };
  }

  #keeps(use: Use, site: Node): Verdict {
    switch (use.kind) {
      case 'bind':
        return this.#keptByVariable(use.variable, use.path, site);
      case 'store':
        return this.#keptByMember(use.target);
      case 'export':
        // A field of an exported class is as old as the instance.
        return isClass(use.node) && this.#longevity.isMadePerRequest(use.node) ? 'per-call' : 'kept';
      case 'argument':
        return this.#keptByCall(use);
      case 'unknown':
        return 'unknown';
      default:
        return 'per-call';
    }
  }

  #keptByVariable(variable: Variable, path: readonly string[], site: Node): Verdict {
    if (this.#longevity.outlives(variable, site)) return 'kept';
    // The variable holds something that carries the value: what else is assigned to it is another thing of that kind.
    if (path.length > 0) return 'per-call';
    // `let c = cache.get(k); if (!c) c = new X()`: another source than this one, and not just "nothing yet".
    const others = writesOf(variable).filter(
      (write) => !contains(statementOfWrite(write), site) && (write.value === null || !isNullish(write.value)),
    );
    return others.every(({ value }) => value !== null && this.#isCreation(value)) ? 'per-call' : 'unknown';
  }

  #isCreation(value: Node): boolean {
    const expression = unwrapAwait(value);
    const origin = originsOf(this.#file).of(expression);
    return origin !== null && this.#file.settings.catalog.librariesOf(origin.module).length > 0;
  }

  #keptByMember(target: TSESTree.MemberExpression): Verdict {
    if (startsWithThis(target.object)) return this.#longevity.isMadePerRequest(enclosingClass(target)) ? 'per-call' : 'kept';
    const root = rootIdentifier(target.object);
    if (!root) return 'unknown';
    const variable = originsOf(this.#file).variable(root);
    if (!variable || variable.defs.length === 0) return 'kept';
    if (this.#longevity.outlives(variable, target)) return 'kept';
    const life = this.#longevity.lifeOf(target.object);
    if (life !== 'unknown') return life === 'application' ? 'kept' : 'per-call';
    // A local object or a helper's parameter: where that goes is not followed.
    return variable.defs[0]?.type === 'Parameter' ? 'unknown' : 'per-call';
  }

  #keptByCall(use: Extract<Use, { kind: 'argument' }>): Verdict {
    const callee = unwrap(use.call.callee);
    if (callee.type !== 'MemberExpression' || use.call.type === 'NewExpression') return 'per-call';
    const name = memberName(callee);
    if (name === null || !STORING.has(name)) return 'per-call';
    if (startsWithThis(callee.object)) return this.#longevity.isMadePerRequest(enclosingClass(callee)) ? 'per-call' : 'kept';
    const root = rootIdentifier(callee.object);
    const variable = root ? originsOf(this.#file).variable(root) : null;
    if (!variable || variable.defs.length === 0) return 'unknown';
    if (this.#longevity.outlives(variable, use.call)) return this.#keyed(use.call, variable, name);
    const life = this.#longevity.lifeOf(callee.object);
    if (life !== 'unknown') return life === 'application' ? 'kept' : 'per-call';
    return variable.defs[0]?.type === 'Parameter' ? 'unknown' : 'per-call';
  }

  // A container that outlives the request keeps what it is given, unless nobody ever asks it for it again.
  #keyed(call: TSESTree.CallExpression, container: Variable, method: string): Verdict {
    const [definition] = container.defs;
    const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : null;
    const isMap =
      init?.type === 'NewExpression' && init.callee.type === 'Identifier' && /^(?:Weak)?Map$/u.test(init.callee.name);
    if (!isMap || method !== 'set') return 'kept';
    const [key] = call.arguments;
    if (key && this.#longevity.neverRepeats(key)) return 'per-call';
    const asked = container.references.some((reference) => {
      const id = reference.identifier as Node;
      // The function that has just put it there gets back what it has put there.
      if (!reference.isRead() || (id.range[0] > call.range[0] && runningFunction(id) === runningFunction(call))) return false;
      const name = id.parent?.type === 'MemberExpression' && id.parent.object === id ? memberName(id.parent) : null;
      return name === null || !UNKEYED.has(name);
    });
    return asked ? 'kept' : 'per-call';
  }

  // `existing ?? new X()`: what stands on the left decides whether this is a cache.
  #leftOperand(site: Node): 'none' | 'unknown' {
    let child: Node = wrappedAwait(site);
    for (let parent = child.parent; parent; child = parent, parent = parent.parent) {
      if (parent.type === 'LogicalExpression' && parent.right === child && parent.operator !== '&&') {
        return this.#longevity.lifeOf(parent.left) === 'request' ? 'none' : 'unknown';
      }
      if (parent.type === 'AssignmentPattern' && parent.right === child) {
        // A default: made when the caller passes nothing.
        return isFunction(parent.parent) || parent.parent.type === 'TSParameterProperty' ? 'none' : 'unknown';
      }
      if (parent.type !== 'AwaitExpression' && parent.type !== 'LogicalExpression' && !parent.type.startsWith('TS'))
        return 'none';
    }
    return 'none';
  }
}

// The chain goes on through the helper that hands the value out.
function through(verdict: Extract<CreationScope, { kind: 'iteration' | 'request' }>, fn: FunctionNode): CreationScope {
  const name = functionName(fn);
  const { scope } = verdict;
  return { kind: verdict.kind, scope: { ...scope, chain: name === null ? scope.chain : [...scope.chain, `\`${name}()\``] } };
}

// Members of a map that nobody uses to find one value again.
const UNKEYED = new Set(['clear', 'delete', 'entries', 'forEach', 'keys', 'set', 'size', 'values']);

// Methods that give the object itself back, or a promise of it.
const SELF_RETURNING = new Set(['addListener', 'catch', 'connect', 'finally', 'init', 'initialize', 'on', 'once', 'open']);

/** The expression in which the value lives on: what it was handed to (`drizzle(pool)`), or a chained method that gives it back. */
function carrierOf(use: Use): Node | null {
  if (use.kind === 'argument') return use.call;
  return use.kind === 'member' && use.name !== null && SELF_RETURNING.has(use.name) ? use.call : null;
}

function thenCallback(use: Use): Node | null {
  return use.kind === 'member' && use.name === 'then' ? (use.call?.arguments[0] ?? null) : null;
}

/** Shared so that several rules asking about one site pay once. */
export const creationScopes = perFile((file: SourceFile) => {
  const known = new Map<Node, CreationScope>();
  return {
    of(node: Node): CreationScope {
      const found = known.get(node) ?? creationScopeOf(file, node);
      known.set(node, found);
      return found;
    },
  };
});
