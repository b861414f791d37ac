/** Which pool is it? Two expressions of a file name the same one if their identities are equal. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, compilePath, matchesPath, NEW, type Step } from '../catalog/api-path.js';
import type { Checkout, Creator, InjectedPool, LibraryDescriptor } from '../catalog/descriptor.js';
import {
  contains,
  enclosingClass,
  isClass,
  keyName,
  memberName,
  unwrap,
  unwrapAwait,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import { returnedExpressions } from '../ast/returns.js';
import { writesOf, type Variable } from '../ast/variables.js';
import { conditionHolds, constantInit } from '../resolve/conditions.js';
import { catalogCallsOf, creationSitesOf } from '../resolve/creations.js';
import { isThisMember, memberSources } from '../resolve/members.js';
import { originsOf, patternPath } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { connectionsAllowed } from './options.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A pool as a file knows it: a variable, a class whose members hold it, the call that makes it, or the one of a library. */
export interface PoolIdentity {
  readonly root: ClassNode | Node | Variable | string;
  /** Names of the members that lead from there to the pool. */
  readonly path: string;
  /** False for what is used as a pool and is none, or may be none: a file, a single connection, what was taken out of a pool. */
  readonly isPool: boolean;
}

/** Do both name the same pool, as far as the file shows? */
export function isSamePool(a: PoolIdentity, b: PoolIdentity): boolean {
  return a.root === b.root && a.path === b.path;
}

/**
 * The pool that an expression is, is a part of (`prisma.user`, `dataSource.getRepository(User)`) or was built on (`drizzle(pool)`).
 *
 * @returns null where the file does not show it: several alternatives, a computed member, a pool made anew by each call.
 */
export function poolIdentityOf(file: SourceFile, node: Node): PoolIdentity | null {
  const known = identities(file);
  const found = known.get(node);
  if (found !== undefined) return found;
  // Negative until proved otherwise: this also ends cycles.
  known.set(node, null);
  const identity = new Search(file).of(node);
  known.set(node, identity);
  return identity;
}

const identities = perFile(() => new Map<Node, PoolIdentity | null>());

/** The pool out of which the receiver of a call takes something: `pool.transaction()`, `new Transaction(pool)`, the pool itself. */
export function poolBehind(file: SourceFile, receiver: Node): PoolIdentity | null {
  const made = unwrapAwait(constantInit(file, receiver));
  return (
    (made.type === 'CallExpression' || made.type === 'NewExpression' ? new Search(file).behind(made) : null) ??
    poolIdentityOf(file, receiver)
  );
}

/** The call that makes the pool, where the file has exactly one. */
function creationOf(file: SourceFile, { root, path }: PoolIdentity): Call | null {
  if (path !== '' || typeof root === 'string') return null;
  if ('references' in root) {
    const values = writesOf(root).map(({ value }) => (value ? unwrapAwait(value) : null));
    const calls = values.filter((value) => value?.type === 'CallExpression' || value?.type === 'NewExpression');
    return calls.length === 1 && calls[0] && originsOf(file).of(calls[0].callee) ? calls[0] : null;
  }
  return root.type === 'CallExpression' || root.type === 'NewExpression' ? root : null;
}

/** Do the options of the pool say that it has a single connection, so that all statements run on that one? */
export function hasOneConnection(file: SourceFile, pool: PoolIdentity): boolean {
  const creation = creationOf(file, pool);
  const site = creation ? creationSitesOf(file).find(({ node }) => node === creation) : undefined;
  return site !== undefined && connectionsAllowed(file, site) === 1;
}

class Search {
  readonly #file: SourceFile;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  of(node: Node): PoolIdentity | null {
    const expression = unwrapAwait(node);
    const shared = this.#shared(expression);
    if (shared) return shared;
    // What was taken out of a pool is not the pool, nor is what is built on it.
    if (this.#isTaken(expression)) return { root: expression, path: '', isPool: false };
    switch (expression.type) {
      case 'Identifier':
        return this.#identifier(expression);
      case 'ThisExpression': {
        const owner = enclosingClass(expression);
        return owner && { root: owner, path: '', isPool: true };
      }
      case 'MemberExpression':
        return this.#member(expression);
      case 'CallExpression':
        return this.#call(expression);
      case 'NewExpression':
        return this.#builtOn(expression) ?? this.#made(expression);
      case 'AssignmentExpression':
        return poolIdentityOf(this.#file, expression.left);
      default:
        return null;
    }
  }

  behind(node: Call): PoolIdentity | null {
    if (!this.#isTaken(node)) return null;
    const callee = unwrap(node.callee);
    const built = this.#builtOn(node);
    if (built || callee.type !== 'MemberExpression') return built;
    return this.#isPart(callee.object) ? poolIdentityOf(this.#file, callee.object) : null;
  }

  // The one pool of a library: `db` and `sql` of one that has no other.
  #shared(node: Node): PoolIdentity | null {
    const origin = originsOf(this.#file).of(node);
    if (!origin) return null;
    for (const library of this.#file.settings.catalog.librariesOf(origin.module)) {
      if (library.globalPool?.some((api) => matchesPath(api, origin.steps))) return globalPoolOf(library);
    }
    return null;
  }

  #isTaken(node: Node): boolean {
    const made = node.type === 'CallExpression' || node.type === 'NewExpression';
    const origin = made ? originsOf(this.#file).of(node.callee) : null;
    if (!made || !origin) return false;
    const steps = [...origin.steps, node.type === 'NewExpression' ? NEW : CALL];
    return this.#file.settings.catalog
      .librariesOf(origin.module)
      .some((library) => library.checkouts?.some((checkout) => isTakenBy(checkout, steps)));
  }

  #identifier(node: TSESTree.Identifier): PoolIdentity | null {
    const variable = originsOf(this.#file).variable(node);
    const [definition] = variable?.defs ?? [];
    if (!variable || !definition) return null;
    const itself: PoolIdentity = { root: variable, path: '', isPool: true };
    if (definition.type === 'ClassName')
      return this.#bound(definition.node, variable) ?? { root: definition.node, path: '', isPool: true };
    if (definition.type === 'Parameter') return this.#injectedParameter(definition.name) ?? itself;
    if (definition.type !== 'Variable') return itself;
    const [write, ...others] = writesOf(variable);
    const { id, init } = definition.node;
    if (!init || others.length > 0 || !write) return itself;
    if (id.type === 'Identifier') return this.#alias(init) ?? itself;
    const path = patternPath(id, variable.name);
    return path ? this.#inside(init, path) : itself;
  }

  // `const db = this.db`: the same pool by another name. `const pool = new Pool()`: the variable stands for what is made.
  #alias(init: Node): PoolIdentity | null {
    const value = unwrapAwait(init);
    switch (value.type) {
      case 'Identifier':
      case 'MemberExpression':
      case 'CallExpression':
      case 'NewExpression':
        return poolIdentityOf(this.#file, value);
      default:
        return null;
    }
  }

  #inside(object: Node, path: readonly string[]): PoolIdentity | null {
    if (this.#isPart(object)) return poolIdentityOf(this.#file, object);
    const value = unwrapAwait(object);
    const [first = ''] = path;
    if (value.type === 'ThisExpression' && path.length === 1) {
      const owner = enclosingClass(value);
      return owner && this.#memberOf(owner, first);
    }
    const base = poolIdentityOf(this.#file, value);
    return base && { ...base, path: [base.path, ...path].filter((name) => name !== '').join('.') };
  }

  // Of a pool or of anything that is made of one; the module itself is none.
  #isPart(object: Node): boolean {
    return originsOf(this.#file).of(object) !== null;
  }

  #member(node: TSESTree.MemberExpression): PoolIdentity | null {
    const name = memberName(node);
    if (name === null) return null;
    if (isThisMember(node)) {
      const owner = enclosingClass(node);
      return owner && this.#memberOf(owner, name);
    }
    const object = unwrapAwait(node.object);
    const literal = constantInit(this.#file, object);
    const found = lookUpProperty(literal, name);
    if (found.found === 'yes') return poolIdentityOf(this.#file, found.value);
    return this.#inside(object, [name]);
  }

  #memberOf(owner: ClassNode, name: string): PoolIdentity {
    const sources = memberSources(owner, name).filter(({ annotation }) => !annotation);
    const [source] = sources;
    const getter = source?.getter ? returnedExpressions(source.getter) : [];
    const value = source?.value ?? (getter.length === 1 ? getter[0] : undefined);
    const itself = this.#injectedMember(owner, name) ?? { root: owner, path: name, isPool: true };
    if (sources.length !== 1 || !value) return itself;
    return this.#alias(value) ?? itself;
  }

  #injectedMember(owner: ClassNode, name: string): PoolIdentity | null {
    for (const source of memberSources(owner, name)) {
      if (source.parameter) return this.#injectedParameter(source.parameter);
    }
    const field = owner.body.body.find((member) => member.type === 'PropertyDefinition' && keyName(member) === name);
    return field?.type === 'PropertyDefinition' ? this.#injected(owner, field, field.typeAnnotation) : null;
  }

  #injectedParameter(id: Node): PoolIdentity | null {
    const owner = enclosingClass(id);
    if (!owner || id.type !== 'Identifier') return null;
    const assigned = id.parent.type === 'AssignmentPattern' ? id.parent : id;
    const declared = assigned.parent.type === 'TSParameterProperty' ? assigned.parent : assigned;
    return this.#injected(owner, declared, id.typeAnnotation);
  }

  // `@InjectRepository(User) users: Repository<User>`, and `dataSource: DataSource` beside it: both of the default pool.
  #injected(owner: ClassNode, declared: Node, annotation: TSESTree.TSTypeAnnotation | undefined): PoolIdentity | null {
    const origin = annotation ? originsOf(this.#file).ofType(annotation.typeAnnotation) : null;
    const constructor = owner.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
    const isField = declared.type === 'PropertyDefinition';
    if (!origin || (!isField && !(constructor && contains(constructor, declared)))) return null;
    for (const library of this.#file.settings.catalog.librariesOf(origin.module)) {
      const { injected = [], name } = library;
      const [own] = injectionsOf(this.#file, declared, injected);
      if (own === undefined && (isField || !isInjecting(this.#file, owner, injected))) continue;
      return { root: `the ${own ?? DEFAULT} pool of ${name}`, path: '', isPool: true };
    }
    return null;
  }

  #call(node: TSESTree.CallExpression): PoolIdentity | null {
    const callee = unwrap(node.callee);
    const origin = originsOf(this.#file).of(callee);
    if (!origin) return this.#returned(callee);
    const built = this.#builtOn(node);
    if (built) return built;
    if (creatorOf(this.#file, node)) return this.#made(node);
    if (callee.type === 'MemberExpression' && (originsOf(this.#file).of(callee.object)?.steps.length ?? 0) > 0)
      return poolIdentityOf(this.#file, callee.object);
    // `getConnection('reports')` of the module: the same name and arguments give the same one.
    if (!origin.steps.includes(CALL) && !origin.steps.includes(NEW)) {
      const given = node.arguments.map((argument) => this.#file.sourceCode.getText(argument)).join();
      return { root: `${origin.module}:${origin.steps.join('.')}(${given})`, path: '', isPool: true };
    }
    return poolIdentityOf(this.#file, callee);
  }

  // `getPool()` where each way gives the same pool, and none of them makes a new one.
  #returned(callee: Node): PoolIdentity | null {
    const target = originsOf(this.#file).functionOf(callee);
    const found = target ? returnedExpressions(target).map((value) => poolIdentityOf(this.#file, value)) : [];
    const [first, ...rest] = found;
    if (!target || !first || isMadeIn(target, first)) return null;
    return rest.every((other) => other !== null && isSamePool(first, other)) ? first : null;
  }

  #made(node: Call): PoolIdentity {
    return { root: node, path: '', isPool: isPoolMadeBy(this.#file, node) };
  }

  /** `drizzle(pool)`, `new Transaction(pool)`: what is made belongs to the pool that was passed. */
  #builtOn(node: Call): PoolIdentity | null {
    const origin = originsOf(this.#file).of(node.callee);
    if (!origin) return null;
    const steps = node.type === 'NewExpression' ? [...origin.steps, NEW] : origin.steps;
    for (const library of this.#file.settings.catalog.librariesOf(origin.module)) {
      for (const { api, argument, property } of library.transfers ?? []) {
        if (!matchesPath(api, steps)) continue;
        const passed = node.arguments[argument];
        if (!passed) {
          if (argument === 0 && node.arguments.length === 0 && library.globalPool) return globalPoolOf(library);
          continue;
        }
        if (passed.type === 'SpreadElement') return null;
        const found = property === undefined ? null : lookUpProperty(constantInit(this.#file, passed), property);
        const value = property === undefined ? passed : found?.found === 'yes' ? found.value : null;
        if (!value) continue;
        const identity = this.#isPart(value) ? poolIdentityOf(this.#file, value) : null;
        if (identity && (!identity.isPool || isOfPool(this.#file, value))) return identity;
        // What opens nothing by itself works on what it was given: that may be a single connection.
        if (!opensItself(this.#file, node)) return { root: node, path: '', isPool: false };
      }
    }
    return null;
  }

  // `User.init(attributes, { sequelize })`: a class that was bound to the pool.
  #bound(owner: Node, variable: Variable): PoolIdentity | null {
    if (!isClass(owner)) return null;
    for (const { node } of catalogCallsOf(this.#file)) {
      const callee = unwrap(node.callee);
      const object = callee.type === 'MemberExpression' ? unwrap(callee.object) : null;
      if (object?.type !== 'Identifier' || originsOf(this.#file).variable(object) !== variable) continue;
      const built = this.#builtOn(node);
      if (built) return built;
    }
    return null;
  }
}

function creatorOf(file: SourceFile, node: Call): Creator | null {
  const origin = originsOf(file).of(node.callee);
  const invoked = node.type === 'NewExpression' ? 'new' : 'call';
  return (origin && file.settings.catalog.creatorAt(origin.module, origin.steps, invoked)?.creator) ?? null;
}

// Not a file, a builder without a connection, or one connection.
function isPoolMadeBy(file: SourceFile, call: Call): boolean {
  const creator = creatorOf(file, call);
  if (!creator) return true;
  if (creator.cheapWhen?.some((condition) => conditionHolds(file, call, condition))) return false;
  return !/^(?:connection|handle|process|threads)$/u.test(creator.makes);
}

function opensItself(file: SourceFile, call: Call): boolean {
  const creator = creatorOf(file, call);
  return creator !== null && (creator.ownsWhen?.some((condition) => conditionHolds(file, call, condition)) ?? true);
}

/** Is the value a pool by what it is made of or by its type, or a part of one? */
function isOfPool(file: SourceFile, value: Node): boolean {
  const origin = originsOf(file).of(value);
  return (
    origin?.steps.some((step, index) => {
      if (step !== CALL && step !== NEW) return false;
      const entry = file.settings.catalog.creatorAt(origin.module, origin.steps.slice(0, index), step === NEW ? 'new' : 'call');
      return entry !== null && /^(?:pool|wrapper)$/u.test(entry.creator.makes);
    }) ?? false
  );
}

// By the call itself, or by a later call of a method (`transaction.begin()`).
function isTakenBy({ api, held }: Checkout, steps: readonly Step[]): boolean {
  if (held !== 'receiver') return steps.at(-1) === CALL && matchesPath(api, steps.slice(0, -1));
  return compilePath(api).some(
    (pattern) =>
      pattern.steps.length === steps.length + 1 && steps.every((step, index) => pattern.steps[index]?.(step) ?? false),
  );
}

const DEFAULT = 'default';

/** The names of the pools that the decorators of a parameter or field ask for. */
function injectionsOf(file: SourceFile, declared: Node, injected: readonly InjectedPool[]): readonly string[] {
  const { decorators = [] } = declared as { readonly decorators?: readonly TSESTree.Decorator[] };
  const found: string[] = [];
  for (const { expression } of decorators) {
    if (expression.type !== 'CallExpression') continue;
    const origin = originsOf(file).of(expression.callee);
    const entry = injected.find(({ module, decorator }) => origin?.module === module && origin.steps.join('.') === decorator);
    if (!entry) continue;
    const name = expression.arguments[entry.name];
    found.push(name ? file.sourceCode.getText(name) : DEFAULT);
  }
  return found;
}

function isInjecting(file: SourceFile, owner: ClassNode, injected: readonly InjectedPool[]): boolean {
  return owner.body.body.some((member) => {
    const declared: readonly Node[] =
      member.type === 'MethodDefinition' && member.kind === 'constructor' ? member.value.params : [member];
    return declared.some((node) => injectionsOf(file, node, injected).length > 0);
  });
}

function globalPoolOf(library: LibraryDescriptor): PoolIdentity {
  return { root: `the pool of ${library.name}`, path: '', isPool: true };
}

function isMadeIn(fn: FunctionNode, { root }: PoolIdentity): boolean {
  const range =
    typeof root === 'string' ? null : 'references' in root ? root.scope.block.range : isClass(root) ? null : root.range;
  return range !== null && fn.range[0] <= range[0] && range[1] <= fn.range[1];
}
