/** What a file does with a client from its creation on. */
import type { TSESTree } from '@typescript-eslint/utils';
import { matchesPath, NEW } from '../catalog/api-path.js';
import { entriesAt } from '../catalog/path-index.js';
import type { Checkout, Creator, OwnershipTransfer } from '../catalog/descriptor.js';
import {
  contains,
  isFunction,
  keyName,
  memberName,
  unwrap,
  unwrapAwait,
  wrapped,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { literalValue } from '../ast/objects.js';
import type { Variable } from '../ast/variables.js';
import { callersOf } from '../resolve/callers.js';
import { flowOf, type Use } from '../resolve/flow.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import type { CreationSite } from '../resolve/creations.js';
import { Placements } from './placements.js';

/** A call of a method on the client. */
export interface MethodUse {
  readonly call: TSESTree.CallExpression;
  readonly method: string;
}

/** Everything a file does with one client. */
export interface ClientUsages {
  /** Calls that end the client. */
  readonly closes: readonly MethodUse[];
  /** Calls of the method that opens it. */
  readonly connects: readonly MethodUse[];
  /** `client.on(event, …)`. */
  readonly listeners: readonly (MethodUse & { readonly event: string | null })[];
  /** Other method calls. */
  readonly calls: readonly MethodUse[];
  /** Local variables that hold the client itself. */
  readonly variables: readonly Variable[];
  /** Functions of unknown code that receive the client. */
  readonly passed: readonly Node[];
  /** The client is handed to something that closes it. */
  readonly transferred: readonly Node[];
  /** Returned from a function whose callers are not all in the file. */
  readonly handedOut: boolean;
  /** Put on an object (`req.db = client`). */
  readonly stored: readonly Node[];
  /** Changed: a property assigned, an interceptor added. */
  readonly changed: readonly Node[];
  /** Something that cannot be followed was done with it. */
  readonly unclear: boolean;
  /** Declared with `using` or `await using`. */
  readonly disposed: boolean;
}

const LISTEN = new Set(['addListener', 'off', 'on', 'once', 'prependListener', 'removeListener']);
// Methods by which a client gets state that its next user would see.
const CHANGING = new Set(['$on', '$use', 'add', 'addRelativeTo', 'addMiddleware', 'eject', 'setHeader', 'use']);

/** What the file does with the client that a creation site makes. */
export function usagesOf(file: SourceFile, site: CreationSite): ClientUsages {
  return usages(file).of(site);
}

const usages = perFile((file: SourceFile) => {
  const known = new Map<Node, ClientUsages>();
  return {
    of(site: CreationSite): ClientUsages {
      const found = known.get(site.node) ?? collect(file, site);
      known.set(site.node, found);
      return found;
    },
  };
});

// What is handed to an owner at once is used, and closed, through the owner.
function collect(file: SourceFile, site: CreationSite): ClientUsages {
  const owner = owningExpression(file, site);
  if (owner === site.node || (owner.type !== 'NewExpression' && owner.type !== 'CallExpression')) {
    return new Collector(file, site.creator).run(site.node);
  }
  const origin = originsOf(file).of(owner.callee);
  const entry =
    origin && file.settings.catalog.creatorAt(origin.module, origin.steps, owner.type === 'NewExpression' ? 'new' : 'call');
  return new Collector(file, entry?.creator ?? site.creator).run(owner);
}

class Collector {
  readonly #file: SourceFile;
  readonly #creator: Creator;
  readonly #seen = new Set<Node>();
  readonly #seenFunctions = new Set<FunctionNode>();
  readonly #placements: Placements;
  readonly #found = {
    closes: [] as MethodUse[],
    connects: [] as MethodUse[],
    listeners: [] as (MethodUse & { event: string | null })[],
    calls: [] as MethodUse[],
    variables: new Set<Variable>(),
    passed: [] as Node[],
    transferred: [] as Node[],
    handedOut: false,
    stored: [] as Node[],
    changed: [] as Node[],
    unclear: false,
    disposed: false,
  };

  constructor(file: SourceFile, creator: Creator) {
    this.#file = file;
    this.#creator = creator;
    this.#placements = new Placements(file);
  }

  run(node: Node): ClientUsages {
    this.#follow(node, []);
    const closes = this.#found.closes.map(({ call }) => call);
    if (closes.length > 0 && isDefault(node)) this.#found.unclear = true;
    if (this.#placements.isEnded((name) => this.#endsIt(name), closes)) this.#found.unclear = true;
    return { ...this.#found, variables: [...this.#found.variables] };
  }

  #follow(node: Node, path: readonly string[]): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    for (const use of flowOf(this.#file).usesOf(node, path)) this.#use(use);
  }

  #use(use: Use): void {
    switch (use.kind) {
      case 'member':
        this.#member(use.member, use.name, use.call);
        return;
      case 'argument':
        this.#argument(use);
        return;
      case 'bind':
        if (use.path.length === 0) {
          this.#found.variables.add(use.variable);
          const declaration = use.variable.defs[0]?.parent;
          if (declaration?.type === 'VariableDeclaration' && declaration.kind.endsWith('using')) this.#found.disposed = true;
        }
        return;
      case 'store':
        this.#found.stored.push(use.target);
        this.#placements.store(use);
        return;
      case 'return':
        this.#returned(use);
        return;
      case 'destructure':
        if (
          use.pattern.type === 'ObjectPattern' &&
          use.pattern.properties.every((property) => property.type === 'Property' && !this.#endsIt(keyName(property)))
        ) {
          return;
        }
        this.#found.unclear = true;
        return;
      case 'export':
      case 'unknown':
        this.#found.unclear = true;
        return;
      case 'call':
      case 'look':
    }
  }

  #endsIt(name: string | null): boolean {
    return name === null || this.#creator.close.some(({ method }) => method.split('.').at(-1) === name);
  }

  #member(member: TSESTree.MemberExpression, name: string | null, call: TSESTree.CallExpression | null): void {
    if (name === null) {
      // `client[Symbol.asyncDispose]()`, `client[method]()`
      this.#found.unclear = true;
      return;
    }
    if (!call) {
      this.#property(member, [name]);
      return;
    }
    if (this.#creator.close.some(({ method }) => method === name)) {
      this.#found.closes.push({ call, method: name });
      return;
    }
    if (this.#creator.connect?.method === name) {
      this.#found.connects.push({ call, method: name });
      if (this.#creator.connect.returnsClient) this.#follow(call, []);
      return;
    }
    if (LISTEN.has(name)) {
      const event = call.arguments[0] ? literalValue(call.arguments[0]) : undefined;
      this.#found.listeners.push({ call, method: name, event: typeof event === 'string' ? event : null });
      this.#follow(call, []);
      return;
    }
    if ((name === 'then' || name === 'catch' || name === 'finally') && this.#isPromise(member)) {
      const [callback] = call.arguments;
      if (name === 'then' && callback) this.#callback(callback);
      if (name !== 'then') this.#follow(call, []);
      return;
    }
    if (CHANGING.has(name) && name.startsWith('$')) this.#found.changed.push(member);
    this.#found.calls.push({ call, method: name });
  }

  #isPromise(member: TSESTree.MemberExpression): boolean {
    if (this.#creator.returnsPromise) return true;
    const object = unwrap(member.object);
    return object.type === 'CallExpression' && this.#found.connects.some(({ call }) => call === object);
  }

  #callback(callback: Node): void {
    const fn = isFunction(unwrap(callback)) ? (unwrap(callback) as FunctionNode) : originsOf(this.#file).functionOf(callback);
    if (!fn) {
      this.#found.unclear = true;
      return;
    }
    for (const use of flowOf(this.#file).usesOfParameter(fn, 0)) this.#use(use);
  }

  // `client.pool.end()`, `client.defaults.headers.x = y`, `client.interceptors.request.use(f)`
  #property(member: TSESTree.MemberExpression, names: readonly string[]): void {
    const outer = wrapped(member);
    const { parent } = outer;
    if (this.#endsIt(names.at(-1) ?? null) && !(parent?.type === 'CallExpression' && parent.callee === outer)) {
      // The closing itself is handed around: `client.end.bind(client)`, `res.on('close', client.end)`.
      this.#found.unclear = true;
      return;
    }
    if (parent?.type === 'MemberExpression' && parent.object === outer) {
      const name = memberName(parent);
      this.#property(parent, [...names, name ?? '*']);
      return;
    }
    if (parent?.type === 'AssignmentExpression' && parent.left === outer) this.#found.changed.push(outer);
    else if (parent?.type === 'UnaryExpression' && parent.operator === 'delete') this.#found.changed.push(outer);
    else if (parent?.type === 'CallExpression' && parent.callee === outer) {
      const last = names.at(-1) ?? '';
      const dotted = names.join('.');
      if (this.#creator.close.some(({ method }) => method === dotted))
        this.#found.closes.push({ call: parent, method: dotted });
      else if (this.#endsIt(last)) this.#found.unclear = true;
      else if (CHANGING.has(last)) this.#found.changed.push(outer);
      else this.#found.calls.push({ call: parent, method: dotted });
    }
  }

  #argument(use: Extract<Use, { kind: 'argument' }>): void {
    if (use.target) {
      if (this.#seenFunctions.has(use.target)) return;
      this.#seenFunctions.add(use.target);
      const before = this.#found.closes.length;
      for (const inner of flowOf(this.#file).usesOfParameter(use.target, use.index, use.path)) this.#use(inner);
      // What it closes is not always this client.
      if (this.#found.closes.length > before && this.#servesOthers(use.target)) this.#found.unclear = true;
      return;
    }
    const origin = originsOf(this.#file).of(use.call.callee);
    const libraries = origin ? this.#file.settings.catalog.librariesOf(origin.module) : [];
    const steps = origin ? calledSteps(origin.steps, use.call) : [];
    const transfer = libraries
      .flatMap((library) => entriesAt(library.transfers, origin?.module ?? '', steps))
      .find((entry) => isAt(entry, use));
    if (transfer?.takesOver) {
      this.#found.transferred.push(use.call);
      return;
    }
    if (!transfer) {
      this.#found.passed.push(use.call);
      this.#placements.pass(use);
      // `Pool.prototype.end.call(client)`, `pools.close(client)`
      if (namesIn(use.call.callee).some((name) => this.#endsIt(name))) this.#found.unclear = true;
    }
    this.#wrapper(use.call);
  }

  #servesOthers(fn: FunctionNode): boolean {
    const { calls, exported, handedOn } = callersOf(this.#file, fn);
    return exported || handedOn || calls.length > 1;
  }

  // What wraps the client may go on into an owner (`new Kysely({ dialect: new PostgresDialect({ pool }) })`), or be closed in the
  // client's place (`const db = drizzle(pool); await db.$client.end()`).
  #wrapper(call: Node): void {
    if (this.#seen.has(call)) return;
    this.#seen.add(call);
    for (const use of flowOf(this.#file).usesOf(call)) {
      if (use.kind === 'argument' && !use.target) this.#argument(use);
      if (use.kind === 'member' && this.#leadsToClose(use.member)) this.#found.unclear = true;
    }
  }

  #leadsToClose(member: TSESTree.MemberExpression): boolean {
    if (this.#endsIt(memberName(member))) return true;
    const outer = wrapped(member);
    return outer.parent?.type === 'MemberExpression' && outer.parent.object === outer && this.#leadsToClose(outer.parent);
  }

  #returned(use: Extract<Use, { kind: 'return' }>): void {
    if (this.#seenFunctions.has(use.fn)) return;
    this.#seenFunctions.add(use.fn);
    for (const made of flowOf(this.#file).usesOfFunction(use.fn)) {
      if (made.kind === 'call') this.#follow(made.call, use.path);
      else if (made.kind === 'export' || made.kind === 'argument' || made.kind === 'unknown' || made.kind === 'store')
        this.#found.handedOut = true;
    }
  }
}

// The default of a parameter: callers may pass a client of their own.
function isDefault(node: Node): boolean {
  for (let current = node; current.parent && !isFunction(current); current = current.parent)
    if (current.parent.type === 'AssignmentPattern' && current.parent.right === current) return true;
  return false;
}

// The names in a chain of members.
function namesIn(node: Node): readonly string[] {
  const expression = unwrap(node);
  if (expression.type === 'Identifier') return [expression.name];
  if (expression.type !== 'MemberExpression') return [];
  return [...namesIn(expression.object), memberName(expression) ?? ''];
}

/** A checkout of a client's connections that is not certain to be given back. */
export function leakingCheckouts(file: SourceFile, site: CreationSite): readonly Node[] {
  const origin = originsOf(file).of(site.node);
  const checkouts = site.library.checkouts ?? [];
  if (!origin || checkouts.length === 0) return [];
  return usagesOf(file, site)
    .calls.filter(({ call, method }) => {
      const checkout = checkouts.find(({ api }) => matchesPath(api, [...origin.steps, method]));
      return checkout !== undefined && !isGivenBack(file, call, checkout);
    })
    .map(({ call }) => call);
}

// Given back for certain: released in a `finally`, or disposed by its declaration.
function isGivenBack(file: SourceFile, call: TSESTree.CallExpression, checkout: Checkout): boolean {
  const uses = flowOf(file).usesOf(call);
  return uses.some((use) => {
    if (use.kind === 'bind') {
      const declaration = use.variable.defs[0]?.parent;
      return declaration?.type === 'VariableDeclaration' && declaration.kind.endsWith('using');
    }
    return (
      use.kind === 'member' &&
      use.call !== null &&
      use.name !== null &&
      checkout.release.includes(use.name) &&
      insideFinally(use.call)
    );
  });
}

function insideFinally(node: Node): boolean {
  for (let current: Node = node; current.parent; current = current.parent) {
    if (current.parent.type === 'TryStatement' && current.parent.finalizer === current) return true;
    if (isFunction(current)) return false;
  }
  return false;
}

/** Is the client claimed for one purpose (subscriptions, blocking reads), so that it cannot be shared? */
export function isDedicated(file: SourceFile, site: CreationSite): boolean {
  const claims = site.creator.dedicatedUses ?? [];
  if (claims.length === 0) return false;
  const { calls, listeners } = usagesOf(file, site);
  return (
    calls.some(
      ({ method, call }) =>
        claims.includes(method) || claims.some((claim) => claim.startsWith('text:') && queryStarts(call, claim.slice(5))),
    ) || listeners.some(({ event }) => event !== null && claims.includes(`on:${event}`))
  );
}

// `client.query('LISTEN …')`
function queryStarts(call: TSESTree.CallExpression, word: string): boolean {
  const [query] = call.arguments;
  if (!query) return false;
  const value = unwrapAwait(query);
  const text = value.type === 'TemplateLiteral' ? value.quasis[0]?.value.raw : literalValue(value);
  return typeof text === 'string' && text.trimStart().toUpperCase().startsWith(word);
}

/** The outermost expression that owns what the site makes: `new Kysely(…)` around `new Pool()`. */
export function owningExpression(file: SourceFile, site: CreationSite): Node {
  let owner: Node = site.node;
  for (;;) {
    const uses = flowOf(file).usesOf(owner);
    const handed = uses.find(
      (use): use is Extract<Use, { kind: 'argument' }> => use.kind === 'argument' && contains(use.call, owner),
    );
    if (!handed || uses.some((use) => use.kind === 'bind')) return owner;
    const origin = originsOf(file).of(handed.call.callee);
    if (!origin) return owner;
    const steps = calledSteps(origin.steps, handed.call);
    const takes = file.settings.catalog
      .librariesOf(origin.module)
      .flatMap((library) => entriesAt(library.transfers, origin.module, steps))
      .some((entry) => entry.takesOver && isAt(entry, handed));
    if (!takes) return owner;
    owner = handed.call;
  }
}

function isAt(entry: OwnershipTransfer, use: Extract<Use, { kind: 'argument' }>): boolean {
  return entry.argument === use.index && (entry.property ?? '') === use.path.join('.');
}

// Transfers name a construction by what it makes and a call by what is called.
function calledSteps(steps: readonly string[], call: Node): readonly string[] {
  return call.type === 'NewExpression' ? [...steps, NEW] : steps;
}
