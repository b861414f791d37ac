/** When does a piece of code run? */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, matchesAnyModule, matchesPath } from '../catalog/api-path.js';
import type { CallbackScope, Entry, FrameworkDescriptor } from '../catalog/framework.js';
import {
  basesOf,
  decoratorsOf,
  enclosingClass,
  functionName,
  immediateCall,
  isClass,
  isFunction,
  keyName,
  memberName,
  unwrap,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { flowOf, type Flow, type Use } from '../resolve/flow.js';
import { annotatedHandlerOf, registrationOf, typedHandlerOf, type RegistrationMatch } from '../resolve/framework-values.js';
import { GLOBAL } from '../resolve/module-path.js';
import { thisMembers } from '../resolve/members.js';
import { originsOf, type Origins } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { conventionOf } from './conventions.js';
import { fileKindOf } from './file-kind.js';
import { instantiationOf } from './injection.js';
import { isRearmed } from './rearming.js';
import { isAttempt } from './retry.js';

export type ScopeKind = 'iteration' | 'module' | 'request' | 'startup' | 'test' | 'unknown';

/** When code runs, and how that is known. */
export interface ExecutionScope {
  readonly kind: ScopeKind;
  /** From the place where the framework enters the file to the function asked about, in words for a message. */
  readonly chain: readonly string[];
  /** The loop between the function and the node, in words; null if there is none. */
  readonly loop: string | null;
  /** The loop's node. */
  readonly loopNode: Node | null;
  /** The code also runs at start-up (a helper that both `main()` and a handler call). */
  readonly mixed: boolean;
  /**
   * Known only because an unseen function was called with a callback inside a request. Whether a value that such a callback returns
   * is kept somewhere cannot be told.
   */
  readonly throughUnknownCall: boolean;
  /** The framework that calls into the file; null where none does. */
  readonly framework: FrameworkDescriptor | null;
  /** What one run is called, for messages: a request, a job, a tick. */
  readonly per: string;
  /** Started by the calendar, see {@link Entry.calendar}. */
  readonly calendar: boolean;
}

/** Nothing is known about when the code runs. */
export const UNKNOWN: ExecutionScope = scope('unknown');

function scope(kind: ScopeKind, chain: readonly string[] = []): ExecutionScope {
  return {
    kind,
    chain,
    loop: null,
    loopNode: null,
    mixed: false,
    throughUnknownCall: false,
    framework: null,
    per: 'request',
    calendar: false,
  };
}

// A function that a framework calls.
function entered(framework: FrameworkDescriptor, entry: Entry, label: string): ExecutionScope {
  const { calendar = false, per = framework.per ?? 'request' } = entry;
  return { ...scope(scopeKind(entry.scope), [label]), framework, per, calendar };
}

// Five calls between a handler and a construction are followed; beyond that no chain was ever seen to be right and readable.
const MAX_CALLS = 5;

const ARRAY_METHODS = new Set(
  'every,filter,find,findIndex,findLast,findLastIndex,flatMap,forEach,map,reduce,reduceRight,some,sort,toSorted'.split(','),
);
const PROMISE_METHODS = new Set(['catch', 'finally', 'then']);

/** Answers {@link executionScopeOf} for one file. */
class ExecutionScopes {
  readonly #file: SourceFile;
  readonly #origins: Origins;
  readonly #flow: Flow;
  readonly #known = new Map<Node, ExecutionScope>();
  readonly #active = new Set<Node>();
  #calls = 0;
  #provisional = false;

  constructor(file: SourceFile) {
    this.#file = file;
    this.#origins = originsOf(file);
    this.#flow = flowOf(file);
  }

  at(node: Node): ExecutionScope {
    const kind = fileKindOf(this.#file);
    if (kind === 'test') return scope('test', ['test file']);
    if (kind === 'browser') return UNKNOWN;
    if (kind === 'script') return scope('startup', ['script']);
    let loop: Node | null = null;
    // The next turn of the loop is a new attempt, not a repetition.
    let attempt = false;
    let child = node;
    for (let parent = node.parent; parent; child = parent, parent = parent.parent) {
      if (isLoop(parent) && runsRepeatedly(parent, child) && !loop) {
        loop = parent;
        attempt = isAttempt(node, parent);
      }
      if (isFunction(parent)) {
        if (immediateCall(parent)) continue;
        return this.#within(this.ofFunction(parent), loop, attempt);
      }
      if (parent.type === 'PropertyDefinition' && child === parent.value && !parent.static) {
        const owner = parent.parent.parent;
        return this.#within(isClass(owner) ? this.ofInstances(owner) : UNKNOWN, loop, attempt);
      }
      if (parent.type === 'Decorator') return scope('startup', ['decorator']);
    }
    return this.#within(scope('module'), loop, attempt);
  }

  #within(outer: ExecutionScope, loop: Node | null, attempt: boolean): ExecutionScope {
    if (!loop || (attempt && outer.kind !== 'request')) return outer;
    const words = `\`${LOOP_WORDS[loop.type] ?? 'loop'}\` loop`;
    if (outer.kind === 'request' || outer.kind === 'test') return { ...outer, loop: words, loopNode: loop };
    return { ...outer, kind: 'iteration', loop: words, loopNode: loop };
  }

  /** When the body of a function runs. */
  ofFunction(fn: FunctionNode): ExecutionScope {
    return this.#once(fn, () => merge(this.#rolesOf(fn)));
  }

  /** When instances of a class are made. */
  ofInstances(owner: ClassNode): ExecutionScope {
    return this.#once(owner.body, () => merge(this.#instanceRoles(owner)));
  }

  #once(key: Node, compute: () => ExecutionScope): ExecutionScope {
    const known = this.#known.get(key);
    if (known) return known;
    if (this.#active.has(key) || this.#calls > MAX_CALLS) {
      this.#provisional = true;
      return UNKNOWN;
    }
    this.#active.add(key);
    this.#calls += 1;
    const before = this.#provisional;
    this.#provisional = false;
    const result = compute();
    this.#calls -= 1;
    this.#active.delete(key);
    // An answer that was cut short, by the depth or by a cycle, may be better when asked for from nearer.
    if (!this.#isProvisional() || this.#active.size === 0) this.#known.set(key, result);
    this.#provisional = this.#isProvisional() || before;
    return result;
  }

  // Read through a method: what `compute` did to the field is not seen otherwise.
  #isProvisional(): boolean {
    return this.#provisional;
  }

  #rolesOf(fn: FunctionNode): readonly ExecutionScope[] {
    const declared = this.#declaredRole(fn);
    if (declared) return [declared];
    const holder = fn.parent;
    if (holder.type === 'MethodDefinition') {
      if (holder.kind === 'constructor') {
        const owner = holder.parent.parent;
        return isClass(owner) ? [this.ofInstances(owner)] : [];
      }
      const role = this.#methodRole(holder);
      if (role) return [role];
      if (holder.kind === 'get') return this.#getterRoles(holder);
    }
    const roles = this.#flow.usesOfFunction(fn).flatMap((use) => this.#rolesOfUse(use, fn, 'call'));
    return roles;
  }

  // Known from the function itself: its annotations and directives.
  #declaredRole(fn: FunctionNode): ExecutionScope | null {
    const first = fn.body.type === 'BlockStatement' ? fn.body.body[0] : null;
    const directive = first?.type === 'ExpressionStatement' ? first.directive : undefined;
    for (const framework of directive ? this.#file.settings.catalog.frameworks : []) {
      for (const entry of framework.directives ?? []) {
        if (entry.directive === directive) return entered(framework, entry, this.#label(entry.label, fn, null));
      }
    }
    for (const parameter of fn.params) {
      const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      const pattern = target.type === 'AssignmentPattern' ? target.left : target;
      const type = pattern.typeAnnotation?.typeAnnotation;
      const match = type ? typedHandlerOf(this.#file, this.#origins, type, 'parameter') : null;
      if (match) return entered(match.framework, match.typed, this.#label(match.typed.label, fn, null));
    }
    const match = annotatedHandlerOf(this.#file, this.#origins, fn);
    return match && entered(match.framework, match.typed, this.#label(match.typed.label, fn, null));
  }

  #methodRole(method: TSESTree.MethodDefinition): ExecutionScope | null {
    const fn = method.value as FunctionNode;
    for (const decorator of decoratorsOf(method)) {
      const role = this.#decoratorRole(decorator, fn);
      if (role) return role;
    }
    const owner = method.parent.parent;
    const name = keyName(method);
    if (!isClass(owner) || name === null) return null;
    for (const base of basesOf(owner)) {
      const origin = this.#origins.of(base);
      if (!origin) continue;
      for (const framework of this.#file.settings.catalog.frameworks) {
        for (const entry of framework.classes ?? []) {
          if (!matchesAnyModule(entry.modules ?? framework.modules, origin.module) || !matchesPath(entry.base, origin.steps))
            continue;
          if (entry.methods.includes(name) || entry.methods.includes('*')) {
            return entered(framework, entry, this.#label(entry.label, fn, null));
          }
        }
      }
    }
    return null;
  }

  #decoratorRole(decorator: TSESTree.Decorator, fn: FunctionNode): ExecutionScope | null {
    const expression = decorator.expression.type === 'CallExpression' ? decorator.expression.callee : decorator.expression;
    const origin = this.#origins.of(expression);
    if (!origin) return null;
    for (const framework of this.#file.settings.catalog.frameworks) {
      for (const entry of framework.decorators ?? []) {
        if (!matchesAnyModule(entry.modules ?? framework.modules, origin.module) || !matchesPath(entry.decorator, origin.steps))
          continue;
        return entered(framework, entry, this.#label(entry.label, fn, expression));
      }
    }
    return null;
  }

  // Reading a getter runs it.
  #getterRoles(getter: TSESTree.MethodDefinition): readonly ExecutionScope[] {
    const owner = getter.parent.parent;
    const name = keyName(getter);
    if (!isClass(owner) || name === null) return [];
    const reads: Node[] = [...(thisMembers(this.#file).get(owner)?.get(name) ?? [])];
    for (const use of this.#flow.usesOfInstances(owner, []))
      if (use.kind === 'member' && use.name === name) reads.push(use.member);
    return reads.map((read) => this.#called(read, `${name} getter`));
  }

  #instanceRoles(owner: ClassNode): readonly ExecutionScope[] {
    const name = owner.id?.name ?? 'class';
    const injected = instantiationOf(this.#file, owner);
    if (injected) {
      const { framework, entry } = injected;
      return [{ ...scope(scopeKind(entry.scope), [entry.label.replaceAll('{name}', name)]), framework }];
    }
    const roles: ExecutionScope[] = [];
    const seen = new Set<ClassNode>();
    const collect = (target: ClassNode): void => {
      if (seen.has(target)) return;
      seen.add(target);
      const variable = target.id ? this.#origins.variable(target.id) : null;
      for (const reference of variable?.references ?? []) {
        const id = reference.identifier as Node;
        const { parent } = id;
        if (parent?.type === 'NewExpression' && parent.callee === id) roles.push(this.#called(parent, `new ${name}()`));
        else if (parent && isClass(parent) && parent.superClass === id) collect(parent);
        else if (!reference.isTypeReference && parent?.type !== 'MemberExpression') roles.push(UNKNOWN);
      }
      if (target.parent.type.startsWith('Export')) roles.push(UNKNOWN);
    };
    collect(owner);
    return roles;
  }

  /**
   * When a function runs that is used like this.
   *
   * @param strength `call`: calls count. `handler`: only where a framework takes it (the function went through a wrapper nobody can
   * see into, which may run it once and remember the result).
   */
  #rolesOfUse(use: Use, fn: FunctionNode, strength: 'call' | 'handler'): readonly ExecutionScope[] {
    switch (use.kind) {
      case 'call':
        return strength === 'call' ? [this.#called(use.call, calledName(fn, use.call))] : [UNKNOWN];
      case 'argument':
        return this.#argumentRoles(use, fn, strength);
      case 'return':
        return this.#returnedRoles(use, fn, strength);
      case 'export':
        return [this.#exportedRole(use.path, fn)];
      case 'store':
        return isOwnField(use) ? [] : [UNKNOWN];
      case 'unknown':
        return [UNKNOWN];
      default:
        return [];
    }
  }

  #exportedRole(path: readonly string[], fn: FunctionNode): ExecutionScope {
    const found = conventionOf(this.#file, path, fn);
    return found ? entered(found.framework, found.convention, this.#label(found.convention.label, fn, null)) : UNKNOWN;
  }

  #called(call: Node, words: string): ExecutionScope {
    const outer = this.at(call);
    return {
      ...outer,
      kind: outer.kind === 'module' ? 'startup' : outer.kind,
      chain: [...outer.chain, `\`${words}\``],
      loop: null,
    };
  }

  #argumentRoles(
    use: Extract<Use, { kind: 'argument' }>,
    fn: FunctionNode,
    strength: 'call' | 'handler',
  ): readonly ExecutionScope[] {
    const { call, index, path } = use;
    const match = registrationOf(this.#file, this.#origins, call, index, path);
    if (match) return [this.#registered(match, fn, call)];
    if (path.length === 0) {
      const origin = this.#origins.of(call.callee);
      const inline = this.#builtIn(call, index, origin?.module ?? null, origin?.steps ?? []);
      if (inline) return [inline];
    }
    if (use.target) {
      const { target } = use;
      return this.#guarded(target.params[index] ?? call, () =>
        this.#flow.usesOfParameter(target, index, path).flatMap((inner) => this.#rolesOfUse(inner, fn, strength)),
      );
    }
    return this.#throughUnknown(call, fn);
  }

  #registered(
    { framework, registration }: RegistrationMatch,
    fn: FunctionNode,
    call: TSESTree.CallExpression | TSESTree.NewExpression,
  ): ExecutionScope {
    const { again, scope: kind } = registration;
    if (again && isRearmed(this.#file, fn, call)) return entered(framework, again, this.#label(again.label, fn, call.callee));
    if (kind === 'inline') return this.at(call);
    const label = this.#label(registration.label, fn, call.callee);
    return kind === 'iteration' ? this.#repeated(this.at(call), label, call) : entered(framework, registration, label);
  }

  #repeated(outer: ExecutionScope, words: string, call: Node): ExecutionScope {
    if (outer.kind === 'request' || outer.kind === 'test') return { ...outer, loop: words, loopNode: call };
    return { ...outer, kind: 'iteration', loop: words, loopNode: call };
  }

  // Array callbacks, promise callbacks and promise executors run with the code around them.
  #builtIn(
    call: TSESTree.CallExpression | TSESTree.NewExpression,
    index: number,
    module: string | null,
    steps: readonly string[],
  ): ExecutionScope | null {
    const callee = unwrap(call.callee);
    if (call.type === 'NewExpression') return module === GLOBAL && steps[0] === 'Promise' ? this.at(call) : null;
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (name === null) return null;
    if (PROMISE_METHODS.has(name)) return this.at(call);
    if (module === GLOBAL && steps.join('.') === 'Array.from' && index === 1) {
      return this.#repeated(this.at(call), '`Array.from` callback', call);
    }
    if (ARRAY_METHODS.has(name) && index === 0 && (module === null || module === GLOBAL)) {
      return this.#repeated(this.at(call), `\`${name}\` callback`, call);
    }
    return null;
  }

  #returnedRoles(
    use: Extract<Use, { kind: 'return' }>,
    fn: FunctionNode,
    strength: 'call' | 'handler',
  ): readonly ExecutionScope[] {
    const { fn: outer, path } = use;
    return this.#guarded(outer, () => {
      const annotated = annotatedHandlerOf(this.#file, this.#origins, outer, path);
      if (annotated) return [entered(annotated.framework, annotated.typed, this.#label(annotated.typed.label, fn, null))];
      const roles: ExecutionScope[] = [];
      for (const made of this.#flow.usesOfFunction(outer)) {
        if (made.kind === 'argument') {
          const match = registrationOf(this.#file, this.#origins, made.call, made.index, made.path, path);
          roles.push(match ? this.#registered(match, fn, made.call) : UNKNOWN);
        } else if (made.kind === 'call') {
          roles.push(...this.#flow.usesOf(made.call, path).flatMap((inner) => this.#rolesOfUse(inner, fn, strength)));
        } else if (made.kind === 'export') roles.push(this.#exportedRole([...made.path, CALL, ...path], fn));
        else if (made.kind === 'unknown') roles.push(UNKNOWN);
      }
      return roles;
    });
  }

  #guarded(key: Node, compute: () => readonly ExecutionScope[]): readonly ExecutionScope[] {
    if (this.#active.has(key) || this.#calls > MAX_CALLS) {
      this.#provisional = true;
      return [];
    }
    this.#active.add(key);
    this.#calls += 1;
    const roles = compute();
    this.#calls -= 1;
    this.#active.delete(key);
    return roles;
  }

  // `app.get('/', asyncHandler(fn))`: what the wrapper returns lands where handlers land. `await withSpan('x', fn)` inside a request:
  // the callback runs with it.
  #throughUnknown(call: TSESTree.CallExpression | TSESTree.NewExpression, fn: FunctionNode): readonly ExecutionScope[] {
    const roles = this.#guarded(call, () => this.#flow.usesOf(call).flatMap((use) => this.#rolesOfUse(use, fn, 'handler')));
    const known = roles.filter((role) => role.kind !== 'unknown');
    if (known.length > 0) return known;
    const outer = this.at(call);
    if (outer.kind !== 'request') return [UNKNOWN];
    return [{ ...outer, throughUnknownCall: true }];
  }

  #label(template: string, fn: FunctionNode, callee: Node | null): string {
    const text = callee ? shortText(this.#file.sourceCode.getText(callee)) : '';
    return template.replaceAll('{callee}', text).replaceAll('{name}', functionName(fn) ?? 'anonymous');
  }
}

const executionScopes = perFile((file: SourceFile) => new ExecutionScopes(file));

/** When the code at `node` runs, with a chain of reasons that a message can print. */
export function executionScopeOf(file: SourceFile, node: Node): ExecutionScope {
  return executionScopes(file).at(node);
}

/** When the body of a function runs. */
export function scopeOfFunction(file: SourceFile, fn: FunctionNode): ExecutionScope {
  return executionScopes(file).ofFunction(fn);
}

/** When instances of a class are made. */
export function scopeOfInstances(file: SourceFile, owner: ClassNode): ExecutionScope {
  return executionScopes(file).ofInstances(owner);
}

function merge(roles: readonly ExecutionScope[]): ExecutionScope {
  const of = (...kinds: readonly ScopeKind[]): ExecutionScope | undefined => roles.find((role) => kinds.includes(role.kind));
  const request = roles.find((role) => role.kind === 'request' && !role.throughUnknownCall) ?? of('request');
  const once = of('startup', 'module', 'test');
  if (request) {
    const calendar = roles.every((role) => role.kind !== 'request' || role.calendar);
    return { ...request, calendar, mixed: request.mixed || once !== undefined };
  }
  const iteration = of('iteration');
  if (iteration) return iteration;
  return of('unknown') ?? of('test') ?? (once ? { ...once, kind: 'startup' } : UNKNOWN);
}

function scopeKind(callback: CallbackScope): ScopeKind {
  return callback === 'inline' ? 'unknown' : callback;
}

function isOwnField(use: Extract<Use, { kind: 'store' }>): boolean {
  return unwrap(use.target.object).type === 'ThisExpression' || enclosingClass(use.target) !== null;
}

const LOOP_WORDS: Readonly<Record<string, string>> = {
  ForStatement: 'for',
  ForInStatement: 'for…in',
  ForOfStatement: 'for…of',
  WhileStatement: 'while',
  DoWhileStatement: 'do…while',
};

function isLoop(node: Node): boolean {
  return node.type in LOOP_WORDS;
}

function runsRepeatedly(loop: Node, child: Node): boolean {
  switch (loop.type) {
    case 'ForStatement':
      return child !== loop.init;
    case 'ForInStatement':
    case 'ForOfStatement':
      return child === loop.body;
    default:
      return true;
  }
}

function calledName(fn: FunctionNode, call: TSESTree.CallExpression | TSESTree.NewExpression): string {
  const callee = unwrap(call.callee);
  const name = functionName(fn) ?? (callee.type === 'Identifier' ? callee.name : 'function');
  return `${name}()`;
}

function shortText(text: string): string {
  const line = text.replace(/\s+/gu, ' ').replace(/\((?:[^()]|\([^()]*\))*\)/gu, '()');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
