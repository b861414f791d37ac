/** Calls on a pool that take a connection, and what of a pool is held while other code runs. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, matchesPath, NEW, type Step } from '../catalog/api-path.js';
import type { ApiPath, LibraryDescriptor, ManagedCheckout, MemberPath, PoolShortcut } from '../catalog/descriptor.js';
import { entriesAt, fitsModule } from '../catalog/path-index.js';
import { contains, enclosingFunction, isFunction, unwrap, type FunctionNode, type Node } from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import { catalogCallsOf, catalogTagsOf, type CatalogCall, type CatalogTag } from '../resolve/creations.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import type { Acquisition } from './acquiring.js';
import { acquisitionsOf } from './acquisitions.js';
import { poolBehind, poolIdentityOf, type PoolIdentity } from './pool-identity.js';

/** A call, construction or tagged template. */
export type UseNode = TSESTree.CallExpression | TSESTree.NewExpression | TSESTree.TaggedTemplateExpression;

/** A call that takes a connection of a pool for itself. */
export interface PoolUse {
  readonly node: UseNode;
  readonly library: LibraryDescriptor;
  readonly kind: 'checkout' | 'managed' | 'shortcut';
  /** The expression on which it is called: the pool or a part of it. */
  readonly receiver: Node;
  readonly pool: PoolIdentity;
  readonly shortcut: PoolShortcut | null;
}

/** All such calls of a file, in source order. */
export const poolUsesOf = perFile((file: SourceFile): readonly PoolUse[] => {
  const found: PoolUse[] = [];
  const taken = new Map(acquisitionsOf(file).map((acquisition) => [acquisition.node as Node, acquisition]));
  for (const call of [...catalogCallsOf(file), ...catalogTagsOf(file)]) {
    const acquisition = taken.get(call.node);
    const use = acquisition?.checkout ? checkoutUse(file, acquisition) : otherUse(file, call);
    if (use?.pool.isPool) found.push(use);
  }
  return found.sort((a, b) => a.node.range[0] - b.node.range[0]);
});

function checkoutUse(file: SourceFile, { node, library, checkout }: Acquisition): PoolUse | null {
  if (!checkout || !isSlot(checkout.takes)) return null;
  const receiver = receiverOf(node);
  const pool = checkout.held === 'receiver' ? poolBehind(file, receiver) : poolIdentityOf(file, receiver);
  return pool && !checkout.chooses ? { node, library, kind: 'checkout', receiver, pool, shortcut: null } : null;
}

// A session and a cursor take no connection of their own while nothing runs in them.
function isSlot(takes: 'connection' | 'cursor' | 'session' | 'transaction' | undefined): boolean {
  return takes !== 'cursor' && takes !== 'session';
}

function otherUse(file: SourceFile, { node, origin }: CatalogCall | CatalogTag): PoolUse | null {
  const steps = node.type === 'NewExpression' ? [...origin.steps, NEW] : origin.steps;
  for (const library of file.settings.catalog.librariesOf(origin.module)) {
    const managed = managedBy(library, origin.module, steps);
    const shortcut = managed ? undefined : library.shortcuts?.find((entry) => isShortcut(entry, node, origin.module, steps));
    if (!managed && !shortcut) continue;
    const receiver = receiverOf(node);
    const pool = managed ? poolBehind(file, receiver) : poolIdentityOf(file, receiver);
    if (pool) return { node, library, kind: managed ? 'managed' : 'shortcut', receiver, pool, shortcut: shortcut ?? null };
  }
  return null;
}

function managedBy(library: LibraryDescriptor, module: string, steps: readonly Step[]): ManagedCheckout | undefined {
  return entriesAt(library.managed, module, steps)[0];
}

function isShortcut(entry: PoolShortcut, node: UseNode, module: string, steps: readonly Step[]): boolean {
  const { api, chains = [], modules, tag, text } = entry;
  // A tag that is called (`sql(values)`) only makes a part of a statement, unless the text may be passed to it as well.
  const invoked = node.type === 'TaggedTemplateExpression' ? tag === true : tag !== true || text !== undefined;
  if (!invoked || !fitsModule(modules, module)) return false;
  return matchesPath(api, chains.length > 0 ? withoutChained(steps, chains) : steps);
}

function withoutChained(steps: readonly Step[], chains: readonly string[]): readonly Step[] {
  return steps.filter((step, index) => {
    const name = step === CALL ? (steps[index - 1] ?? '') : step;
    return !(chains.includes(name) && (step === CALL || steps[index + 1] === CALL));
  });
}

// `pool.query(…)`: the pool; `sql(…)`, `db('users')`: the function called.
function receiverOf(node: UseNode): Node {
  const called = unwrap(node.type === 'TaggedTemplateExpression' ? node.tag : node.callee);
  return called.type === 'MemberExpression' ? unwrap(called.object) : called;
}

/** A connection of a pool that is held while code runs. */
export interface Holding {
  /** The call that took it. */
  readonly taken: UseNode;
  readonly pool: PoolIdentity;
  readonly library: LibraryDescriptor;
  /**
   * - `by-hand`: the function gives it back itself.
   * - `managed`: it is held for as long as what a callback returns is not settled.
   */
  readonly kind: 'by-hand' | 'managed';
  readonly takes: 'connection' | 'transaction';
  /** The function (or program) that runs while it is held. */
  readonly region: FunctionNode | TSESTree.Program;
  /** Is the call, which stands in the region and in no nested function of it, certainly made while it is held? */
  readonly covers: (call: Node) => boolean;
  /** Variables that are the held connection. */
  readonly variables: readonly Variable[];
  /** The option in which the held connection is passed to the pool's own methods. */
  readonly option: string | null;
  /** The API that takes it. */
  readonly api: ApiPath;
  /** Calls of the pool that the held connection answers as the pool does. */
  readonly answers: readonly MemberPath[];
  /** What was taken by hand, with all that is done with it. */
  readonly acquisition: Acquisition | null;
}

/** Connections held in a file: by hand, and for the length of a callback. */
export const holdingsOf = perFile((file: SourceFile): readonly Holding[] => {
  const holdings: Holding[] = [];
  for (const acquisition of acquisitionsOf(file)) {
    const holding = heldByHand(file, acquisition);
    if (holding) holdings.push(holding);
  }
  for (const call of catalogCallsOf(file)) {
    const holding = heldByLibrary(file, call);
    if (holding) holdings.push(holding);
  }
  return holdings.filter((holding) => holding.pool.isPool && !mayBeTaken(file, holding));
});

function heldByHand(file: SourceFile, acquisition: Acquisition): Holding | null {
  const { node, checkout, library, values, evaluation, body } = acquisition;
  const { outcome } = evaluation;
  // Shown to code that may give it back at any time.
  const isLent = outcome.kind === 'escapes' && evaluation.releases.length === 0 && /^(?:captured|passed)$/u.test(outcome.how);
  if (outcome.kind === 'unknown' || isLent) return null;
  const use = checkout ? checkoutUse(file, acquisition) : null;
  if (!checkout || !use) return null;
  const from = checkout.takenBy ? firstUse(acquisition) : 0;
  return {
    taken: node,
    pool: use.pool,
    library,
    kind: 'by-hand',
    takes: checkout.takes === 'transaction' ? 'transaction' : 'connection',
    region: body,
    covers: (call) => call !== node && call.range[0] >= from && evaluation.whileHeld.has(call),
    variables: values.holders,
    option: library.shortcuts?.find(({ option }) => option !== undefined)?.option ?? null,
    api: checkout.api,
    answers: checkout.answers ?? [],
    acquisition,
  };
}

// Where the connection is really taken: at the first call of a method of what was given.
function firstUse({ values }: Acquisition): number {
  let first = Number.POSITIVE_INFINITY;
  for (const [node, path] of values.entries) {
    if (path.length > 0 && node.parent?.type === 'CallExpression' && node.parent.callee === node)
      first = Math.min(first, node.range[1]);
  }
  return first;
}

function heldByLibrary(file: SourceFile, { node, origin }: CatalogCall): Holding | null {
  if (node.type !== 'CallExpression') return null;
  for (const library of file.settings.catalog.librariesOf(origin.module)) {
    const entry = managedBy(library, origin.module, origin.steps);
    const pool = entry && entry.takes !== 'session' ? poolBehind(file, receiverOf(node)) : null;
    const fn = entry ? callbackOf(file, node, entry) : null;
    if (!entry || entry.takes === 'session' || !pool || !fn) continue;
    const parameter = entry.parameter === undefined ? undefined : fn.params[entry.parameter];
    const variable = parameter?.type === 'Identifier' ? originsOf(file).variable(parameter) : null;
    // Where it is not even received, or the file asks for that, the library carries it to the statements.
    if ((entry.option !== undefined && !variable) || isImplicit(file, library)) continue;
    const ended = variable ? endOf(library, fn, variable) : Number.POSITIVE_INFINITY;
    return {
      taken: node,
      pool,
      library,
      kind: 'managed',
      takes: entry.takes,
      region: fn,
      covers: (call) => contains(fn.body, call) && call.range[0] < ended,
      variables: variable ? [variable] : [],
      option: entry.option ?? null,
      api: entry.api,
      answers: entry.answers ?? [],
      acquisition: null,
    };
  }
  return null;
}

function isImplicit(file: SourceFile, { implicit }: LibraryDescriptor): boolean {
  return (
    implicit !== undefined && catalogCallsOf(file).some(({ origin }) => implicit.some((api) => matchesPath(api, origin.steps)))
  );
}

/** The function that a managed checkout runs. */
function callbackOf(file: SourceFile, node: TSESTree.CallExpression, entry: ManagedCheckout): FunctionNode | null {
  for (const position of entry.callback) {
    const argument = node.arguments.at(position);
    const value = argument ? unwrap(argument) : null;
    if (isFunction(value)) return value;
    const named = value?.type === 'Identifier' || value?.type === 'MemberExpression' ? originsOf(file).functionOf(value) : null;
    if (named) return named;
  }
  return null;
}

// `await trx.commit()` inside of the callback ends it early.
function endOf(library: LibraryDescriptor, fn: FunctionNode, variable: Variable): number {
  const ends = new Set(library.checkouts?.flatMap(({ release }) => release));
  let end = Number.POSITIVE_INFINITY;
  for (const { identifier } of variable.references) {
    const member = identifier.parent;
    if (member.type !== 'MemberExpression' || member.property.type !== 'Identifier' || !ends.has(member.property.name))
      continue;
    if (member.parent.type === 'CallExpression' && contains(fn, member)) end = Math.min(end, member.range[1]);
  }
  return end;
}

// A parameter of a type that stands for the pool and for what is taken out of it: then nothing more is taken.
function mayBeTaken(file: SourceFile, { taken, pool: { root, path } }: Holding): boolean {
  if (typeof root === 'string' || !('references' in root) || path !== '') return false;
  const [definition] = root.defs;
  if (definition?.type !== 'Parameter' || definition.node !== enclosingFunction(taken)) return false;
  const origin = originsOf(file).ofVariable(root);
  if (!origin) return false;
  return file.settings.catalog
    .librariesOf(origin.module)
    .some((library) => library.alsoTaken?.some((api) => matchesPath(api, origin.steps)));
}

/** The functions that managed checkouts of a file run: at once, whatever stands around. */
export const managedCallbacksOf = perFile((file: SourceFile): ReadonlySet<FunctionNode> => {
  const found = new Set<FunctionNode>();
  for (const { node, origin } of catalogCallsOf(file)) {
    if (node.type !== 'CallExpression') continue;
    for (const library of file.settings.catalog.librariesOf(origin.module)) {
      const entry = managedBy(library, origin.module, origin.steps);
      const fn = entry ? callbackOf(file, node, entry) : null;
      if (fn) found.add(fn);
    }
  }
  return found;
});
