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
  enclosingFunction,
  functionName,
  immediateCall,
  isClass,
  isFunction,
  memberName,
  rootIdentifier,
  startsWithThis,
  unwrap,
  unwrapAwait,
  wrappedAwait,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { isNullish } from '../ast/objects.js';
import { isConstant, isModuleLevel, statementOfWrite, writesOf, type Variable } from '../ast/variables.js';
import { walk } from '../ast/walk.js';
import { flowOf, type Use } from '../resolve/flow.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { executionScopeOf, scopeOfFunction, scopeOfInstances, type ExecutionScope } from './execution-scope.js';

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

  constructor(file: SourceFile) {
    this.#file = file;
  }

  of(node: Node, depth: number): CreationScope {
    const scope = executionScopeOf(this.#file, node);
    if (scope.kind === 'module' || scope.kind === 'startup' || scope.kind === 'test') return ONCE;
    const fn = runningFunction(node);
    if (this.#isGuarded(node)) return ONCE;
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
    if (this.#isGuarded(call)) return ONCE;
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
    if (calls.length === 0 || depth >= MAX_DEPTH || uses.some((use) => use.kind === 'argument' && !use.target)) return true;
    return calls.some((call) => {
      const { kind } = executionScopeOf(this.#file, call);
      if (kind !== 'request' && kind !== 'iteration') return false;
      if (this.#isGuarded(call)) return false;
      const caller = runningFunction(call);
      return caller === null || this.#reachedUnguarded(caller, depth + 1);
    });
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
        return isClass(use.node) && this.#isMadePerRequest(use.node) ? 'per-call' : 'kept';
      case 'argument':
        return this.#keptByCall(use);
      case 'unknown':
        return 'unknown';
      default:
        return 'per-call';
    }
  }

  #keptByVariable(variable: Variable, path: readonly string[], site: Node): Verdict {
    if (this.#outlives(variable, site)) return 'kept';
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

  // Declared outside of everything that runs per request around the site.
  #outlives(variable: Variable, site: Node): boolean {
    if (isModuleLevel(variable)) return !contains(variable.scope.block, site) || enclosingFunction(site) !== null;
    const owner = variable.scope.variableScope.block as Node;
    if (!isFunction(owner)) return owner.type !== 'Program' ? false : enclosingFunction(site) !== null;
    if (owner === runningFunction(site)) return false;
    const own = runningFunction(site);
    if (own && contains(own, owner)) return false;
    const { kind } = scopeOfFunction(this.#file, owner);
    return kind !== 'request' && kind !== 'iteration';
  }

  #keptByMember(target: TSESTree.MemberExpression): Verdict {
    if (startsWithThis(target.object)) return this.#isMadePerRequest(enclosingClass(target)) ? 'per-call' : 'kept';
    const root = rootIdentifier(target.object);
    if (!root) return 'unknown';
    const variable = originsOf(this.#file).variable(root);
    if (!variable || variable.defs.length === 0) return 'kept';
    if (this.#isRequestObject(variable)) return 'per-call';
    if (this.#outlives(variable, target)) return 'kept';
    // A local object or a helper's parameter: where that goes is not followed.
    return variable.defs[0]?.type === 'Parameter' ? 'unknown' : 'per-call';
  }

  #isMadePerRequest(owner: ClassNode | null): boolean {
    return owner !== null && scopeOfInstances(this.#file, owner).kind === 'request';
  }

  /** A parameter of a function that runs per request: what is put on it dies with the request. */
  #isRequestObject(variable: Variable): boolean {
    const [definition] = variable.defs;
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
    return scopeOfFunction(this.#file, definition.node).kind === 'request';
  }

  #keptByCall(use: Extract<Use, { kind: 'argument' }>): Verdict {
    const callee = unwrap(use.call.callee);
    if (callee.type !== 'MemberExpression' || use.call.type === 'NewExpression') return 'per-call';
    const name = memberName(callee);
    if (name === null || !STORING.has(name)) return 'per-call';
    if (startsWithThis(callee.object)) return this.#isMadePerRequest(enclosingClass(callee)) ? 'per-call' : 'kept';
    const root = rootIdentifier(callee.object);
    const variable = root ? originsOf(this.#file).variable(root) : null;
    if (!variable || variable.defs.length === 0) return 'unknown';
    if (this.#isRequestObject(variable)) return 'per-call';
    if (!this.#outlives(variable, use.call)) return variable.defs[0]?.type === 'Parameter' ? 'unknown' : 'per-call';
    return this.#keyed(use.call, variable, name);
  }

  // A container that outlives the request keeps what it is given, unless nobody ever asks it for it again.
  #keyed(call: TSESTree.CallExpression, container: Variable, method: string): Verdict {
    const [definition] = container.defs;
    const init = definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : null;
    const isMap =
      init?.type === 'NewExpression' && init.callee.type === 'Identifier' && /^(?:Weak)?Map$/u.test(init.callee.name);
    if (!isMap || method !== 'set') return 'kept';
    const [key] = call.arguments;
    if (key && this.#neverRepeats(key)) return 'per-call';
    const asked = container.references.some((reference) => {
      if (!reference.isRead()) return false;
      const member = (reference.identifier as Node).parent;
      const name = member?.type === 'MemberExpression' && member.object === reference.identifier ? memberName(member) : null;
      return name === null || name !== 'set';
    });
    return asked ? 'kept' : 'per-call';
  }

  // A key that is new for every request: the request itself, a fresh object, a random or time-derived text.
  #neverRepeats(key: Node): boolean {
    const expression = unwrap(key);
    if (expression.type === 'ObjectExpression' || expression.type === 'NewExpression') return true;
    if (expression.type === 'Identifier') {
      const variable = originsOf(this.#file).variable(expression);
      if (!variable) return false;
      if (this.#isRequestObject(variable)) return true;
      const [definition] = variable.defs;
      return isConstant(variable) && definition?.type === 'Variable' && definition.node.init !== null
        ? this.#neverRepeats(definition.node.init)
        : false;
    }
    if (expression.type !== 'CallExpression') return false;
    const origin = originsOf(this.#file).of(expression.callee);
    const last = origin?.steps.at(-1);
    return (
      origin !== null &&
      (origin.module === GLOBAL || origin.module === 'crypto' || origin.module === 'uuid' || origin.module === 'nanoid') &&
      (origin.steps.length === 0 || /^(?:randomUUID|randomBytes|now|random|v1|v4|v7|nanoid)$/u.test(last ?? ''))
    );
  }

  // `existing ?? new X()`: what stands on the left decides whether this is a cache.
  #leftOperand(site: Node): 'none' | 'unknown' {
    let child: Node = wrappedAwait(site);
    for (let parent = child.parent; parent; child = parent, parent = parent.parent) {
      if (parent.type === 'LogicalExpression' && parent.right === child && parent.operator !== '&&') {
        const root = rootIdentifier(parent.left);
        const variable = root ? originsOf(this.#file).variable(root) : null;
        return variable && this.#isRequestObject(variable) ? 'none' : 'unknown';
      }
      if (parent.type === 'AssignmentPattern' && parent.right === child) {
        // A default: made when the caller passes nothing.
        return isFunction(parent.parent) ? 'none' : 'unknown';
      }
      if (parent.type !== 'AwaitExpression' && parent.type !== 'LogicalExpression' && !parent.type.startsWith('TS'))
        return 'none';
    }
    return 'none';
  }

  /**
   * Does the code ask something that outlives the request before it gets here, and is that something written in this file? Then it is
   * made once, or once per key, in whatever form that is written: `if (cached) return cached`, `if (!ready) { … }`, `c ??= …`.
   */
  #isGuarded(node: Node): boolean {
    const fn = runningFunction(node);
    let child = node;
    for (let parent = node.parent; parent && parent !== fn; child = parent, parent = parent.parent) {
      const tests: Node[] = [];
      if (parent.type === 'IfStatement' && parent.test !== child) tests.push(parent.test);
      if (parent.type === 'ConditionalExpression' && parent.test !== child) tests.push(parent.test);
      if (parent.type === 'LogicalExpression' && parent.right === child) tests.push(parent.left);
      if (parent.type === 'AssignmentExpression' && parent.operator !== '=' && parent.right === child) tests.push(parent.left);
      if (parent.type === 'BlockStatement' || parent.type === 'Program' || parent.type === 'SwitchCase') {
        const body = parent.type === 'SwitchCase' ? parent.consequent : parent.body;
        for (const statement of body) {
          if (statement === child) break;
          if (statement.type === 'IfStatement' && leaves(statement.consequent)) tests.push(statement.test);
        }
      }
      if (tests.some((test) => this.#asksKept(test, node))) return true;
    }
    return false;
  }

  // Does the test read storage that outlives the request and that this file writes?
  #asksKept(test: Node, site: Node, depth = 0): boolean {
    let found = false;
    walk(test, this.#file.sourceCode.visitorKeys, (node) => {
      if (found || isFunction(node)) return false;
      if (node.type === 'MemberExpression' && this.#isKeptMember(node, site)) found = true;
      if (node.type === 'Identifier' && isValueRead(node)) {
        const variable = originsOf(this.#file).variable(node);
        if (variable && this.#isKeptVariable(variable, site, depth)) found = true;
      }
      return !found;
    });
    return found;
  }

  #isKeptVariable(variable: Variable, site: Node, depth: number): boolean {
    const [definition] = variable.defs;
    if (definition?.type !== 'Variable') return false;
    if (this.#outlives(variable, site)) return !isConstant(variable) || isContainer(definition.node.init);
    // `const hit = cache.get(key); if (hit) return hit;`
    const init = definition.node.init;
    return init !== null && depth < 3 && this.#asksKept(init, site, depth + 1);
  }

  #isKeptMember(member: TSESTree.MemberExpression, site: Node): boolean {
    if (startsWithThis(member)) return this.#isWritten(member) && !this.#isMadePerRequest(enclosingClass(member));
    const root = rootIdentifier(member);
    const variable = root ? originsOf(this.#file).variable(root) : null;
    if (!root) return false;
    if (!variable || variable.defs.length === 0) {
      return (root.name === 'globalThis' || root.name === 'global') && memberName(member) !== null;
    }
    if (variable.defs[0]?.type === 'ImportBinding') return this.#isWritten(member);
    return this.#outlives(variable, site) && (this.#isWritten(member) || variable.defs[0]?.type === 'ClassName');
  }

  // Is a member of this name assigned anywhere in the file?
  #isWritten(member: TSESTree.MemberExpression): boolean {
    const written = writtenMembers(this.#file);
    const name = memberName(member);
    return name === null ? written.size > 0 : written.has(name) || written.has(null);
  }
}

/** Names of the members that the file assigns; null stands for a computed name. */
const writtenMembers = perFile((file: SourceFile): ReadonlySet<string | null> => {
  const names = new Set<string | null>();
  for (const member of file.nodesOfType('MemberExpression')) if (isAssigned(member)) names.add(memberName(member));
  return names;
});

const STORING = new Set(
  'add,append,assign,cache,decorate,enqueue,insert,push,put,register,save,set,store,track,unshift,use'.split(','),
);

/** The function whose runs the node belongs to: the nearest one that is not called on the spot. */
function runningFunction(node: Node): FunctionNode | null {
  let fn = enclosingFunction(node);
  while (fn && immediateCall(fn)) fn = enclosingFunction(fn);
  return fn;
}

// The chain goes on through the helper that hands the value out.
function through(verdict: Extract<CreationScope, { kind: 'iteration' | 'request' }>, fn: FunctionNode): CreationScope {
  const name = functionName(fn);
  const { scope } = verdict;
  return { kind: verdict.kind, scope: { ...scope, chain: name === null ? scope.chain : [...scope.chain, `\`${name}()\``] } };
}

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

function leaves(statement: Node): boolean {
  if (statement.type === 'BlockStatement') {
    const last = statement.body.at(-1);
    return last !== undefined && leaves(last);
  }
  return (
    statement.type === 'ReturnStatement' ||
    statement.type === 'ThrowStatement' ||
    statement.type === 'ContinueStatement' ||
    statement.type === 'BreakStatement'
  );
}

function isValueRead(id: TSESTree.Identifier): boolean {
  const { parent } = id;
  if (parent.type === 'MemberExpression') return parent.object === id;
  return parent.type !== 'Property' || parent.value === id;
}

function isAssigned(member: TSESTree.MemberExpression): boolean {
  let outer: Node = member;
  while (outer.parent && outer.parent.type.startsWith('TS')) outer = outer.parent;
  const { parent } = outer;
  return (parent?.type === 'AssignmentExpression' && parent.left === outer) || parent?.type === 'UpdateExpression';
}

function isContainer(init: Node | null): boolean {
  const value = init ? unwrap(init) : null;
  return value?.type === 'NewExpression' || value?.type === 'ObjectExpression' || value?.type === 'ArrayExpression';
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
