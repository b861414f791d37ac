/** Calls on a pool that take a connection, and what of the same pool is held around them. */
import type { TSESTree } from '@typescript-eslint/utils';
import { matchesModule, matchesPath, NEW, plainModule } from '../catalog/api-path.js';
import type { LibraryDescriptor, ManagedCheckout, PoolShortcut } from '../catalog/descriptor.js';
import {
  contains,
  enclosingClass,
  isFunction,
  memberName,
  unwrap,
  wrapped,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import type { Variable } from '../ast/variables.js';
import { catalogCallsOf, type CatalogCall } from '../resolve/creations.js';
import { flowOf } from '../resolve/flow.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { acquisitionsOf } from './acquisitions.js';
import { textOf } from './protocol.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** A call that takes a connection of a pool for itself. */
export interface PoolUse {
  readonly node: Call;
  readonly library: LibraryDescriptor;
  readonly kind: 'checkout' | 'managed' | 'shortcut';
  /** The expression that is the pool. */
  readonly pool: Node;
  readonly shortcut: PoolShortcut | null;
}

/** All such calls of a file, in source order. */
export const poolUsesOf = perFile((file: SourceFile): readonly PoolUse[] => {
  const found: PoolUse[] = [];
  const taken = new Set(
    acquisitionsOf(file)
      .filter(({ checkout }) => checkout !== null)
      .map(({ node }) => node),
  );
  for (const call of catalogCallsOf(file)) {
    const { node, origin } = call;
    for (const library of file.settings.catalog.librariesOf(origin.module)) {
      const steps = node.type === 'NewExpression' ? [...origin.steps, NEW] : origin.steps;
      const fits = ({ api, modules }: { readonly api: string; readonly modules?: readonly string[] }): boolean =>
        (modules === undefined || modules.some((name) => matchesModule(plainModule(name), origin.module))) &&
        matchesPath(api, steps);
      const pool = poolOf(node);
      if (!pool) continue;
      const shortcut = library.shortcuts?.find(fits) ?? null;
      if (taken.has(node)) found.push({ node, library, kind: 'checkout', pool, shortcut: null });
      else if (library.managed?.some(fits)) found.push({ node, library, kind: 'managed', pool, shortcut: null });
      else if (shortcut) found.push({ node, library, kind: 'shortcut', pool, shortcut });
    }
  }
  return found;
});

// `pool.query(…)`: the pool; `sql(…)`, `db('users')`: the function called.
function poolOf({ callee }: Call): Node | null {
  const called = unwrap(callee);
  return called.type === 'MemberExpression' ? unwrap(called.object) : called;
}

/** The text of the statement a shortcut runs; null where it cannot be read. */
export function statementText({ node, shortcut }: PoolUse): string | null {
  if (!shortcut) return null;
  const argument = shortcut.text === undefined ? undefined : node.arguments[shortcut.text];
  if (!argument) return null;
  if (shortcut.property !== undefined && unwrap(argument).type === 'ObjectExpression') {
    const found = lookUpProperty(argument, shortcut.property);
    return found.found === 'yes' ? textOf(found.value) : null;
  }
  return textOf(argument);
}

/** A connection of a pool that is held while code runs. */
export interface Holding {
  /** The call that took it. */
  readonly taken: Call;
  readonly pool: Node;
  /** Is the call certainly made while it is held? */
  readonly covers: (call: Node) => boolean;
  /** Name of the held connection, where it has one. */
  readonly name: string | null;
  /** Variables that are the held connection. */
  readonly variables: readonly Variable[];
  /** The option in which the held connection is passed to the pool's own methods. */
  readonly option: string | null;
  readonly library: LibraryDescriptor;
  readonly kind: 'checkout' | 'managed';
}

/** Connections held in a file: by hand, and for the length of a callback. */
export const holdingsOf = perFile((file: SourceFile): readonly Holding[] => {
  const holdings: Holding[] = [];
  for (const { node, checkout, library, values, evaluation } of acquisitionsOf(file)) {
    const pool = checkout && checkout.takes !== 'cursor' && checkout.takes !== 'session' ? poolOf(node) : null;
    if (!pool) continue;
    const [name = null] = values.holders.map((variable) => variable.name);
    holdings.push({
      taken: node,
      pool,
      covers: (call) => call !== node && evaluation.whileHeld.has(call),
      name,
      variables: values.holders,
      option: library.shortcuts?.find(({ option }) => option !== undefined)?.option ?? null,
      library,
      kind: 'checkout',
    });
  }
  for (const call of catalogCallsOf(file)) {
    const managed = managedAt(file, call);
    if (!managed) continue;
    const pool = poolOf(call.node);
    const callback = managed.entry.callback
      .map((position) => call.node.arguments.at(position))
      .find((node) => node !== undefined);
    const fn = callback ? functionOf(file, callback) : null;
    if (!pool || !fn) continue;
    const parameter = managed.entry.parameter === undefined ? undefined : fn.params[managed.entry.parameter];
    const variable = parameter?.type === 'Identifier' ? originsOf(file).variable(parameter) : null;
    holdings.push({
      taken: call.node,
      pool,
      covers: (node) => contains(fn, node) && runsWith(fn, node),
      name: variable?.name ?? null,
      variables: variable ? [variable] : [],
      option: managed.entry.option ?? null,
      library: managed.library,
      kind: 'managed',
    });
  }
  return holdings;
});

function managedAt(
  file: SourceFile,
  { node, origin }: CatalogCall,
): { readonly entry: ManagedCheckout; readonly library: LibraryDescriptor } | null {
  if (node.type !== 'CallExpression') return null;
  for (const library of file.settings.catalog.librariesOf(origin.module)) {
    const entry = library.managed?.find(
      ({ api, modules }) =>
        (modules === undefined || modules.some((name) => matchesModule(plainModule(name), origin.module))) &&
        matchesPath(api, origin.steps),
    );
    if (entry) return { entry, library };
  }
  return null;
}

function functionOf(file: SourceFile, argument: Node): FunctionNode | null {
  const value = unwrap(argument);
  return isFunction(value) ? value : originsOf(file).functionOf(value);
}

// In the callback itself, or in a function that an expression of it calls at once; a listener or timer runs later.
function runsWith(fn: FunctionNode, node: Node): boolean {
  for (let current: Node | undefined = node; current && current !== fn; current = current.parent) {
    if (!isFunction(current)) continue;
    const call = wrapped(current).parent;
    if (call?.type !== 'CallExpression') return false;
    const callee = unwrap(call.callee);
    const name = callee.type === 'MemberExpression' ? memberName(callee) : null;
    if (callee !== current && !(name !== null && AT_ONCE.test(name))) return false;
  }
  return true;
}

const AT_ONCE = /^(?:every|filter|find|findIndex|flatMap|forEach|map|reduce|some|then|catch|finally)$/u;

/** Does an expression certainly name the pool, or a part of it? */
export function samePool(file: SourceFile, a: Node, b: Node): boolean {
  if (a.type === 'Identifier' && b.type === 'Identifier') {
    const variable = originsOf(file).variable(a);
    return variable !== null && variable.defs.length > 0 && variable === originsOf(file).variable(b);
  }
  if (a.type !== 'MemberExpression') return false;
  // `prisma.user.create(…)`: a part of the pool stands for it.
  if (b.type === 'Identifier') return samePool(file, unwrap(a.object), b);
  if (b.type !== 'MemberExpression') return false;
  const name = memberName(a);
  if (name === null || name !== memberName(b)) return samePool(file, unwrap(a.object), b);
  const [left, right] = [unwrap(a.object), unwrap(b.object)];
  if (left.type === 'ThisExpression' && right.type === 'ThisExpression') return enclosingClass(a) === enclosingClass(b);
  return samePool(file, left, right);
}

/** Is one of the variables used in the arguments of the call, or in what is chained to it (`.transacting(trx)`)? */
export function mentions(call: Node, variables: readonly Variable[]): boolean {
  let root: Node = call;
  for (let outer = wrapped(root).parent; outer; outer = wrapped(root).parent) {
    if (outer.type === 'MemberExpression' && outer.object === wrapped(root)) root = outer;
    else if (outer.type === 'CallExpression' && outer.callee === wrapped(root)) root = outer;
    else break;
  }
  return variables.some((variable) => variable.references.some(({ identifier }) => contains(root, identifier)));
}

/** Is what a query builder gives handed on instead of run here (assigned, returned, passed)? */
export function isRun(file: SourceFile, call: Node): boolean {
  let root: Node = wrapped(call);
  for (let outer = root.parent; outer; outer = root.parent) {
    if (outer.type === 'MemberExpression' && outer.object === root) root = wrapped(outer);
    else if (outer.type === 'CallExpression' && outer.callee === root) root = wrapped(outer);
    else break;
  }
  if (root.parent?.type === 'AwaitExpression' || root.parent?.type === 'ExpressionStatement') return true;
  const name = root.type === 'CallExpression' ? unwrap(root.callee) : null;
  if (name?.type === 'MemberExpression' && /^(?:then|catch|finally)$/u.test(memberName(name) ?? '')) return true;
  if (root.parent?.type === 'ReturnStatement' || root.parent?.type === 'ArrowFunctionExpression') return true;
  if (root.parent?.type === 'ArrayExpression') return true;
  return flowOf(file)
    .usesOf(root)
    .some((use) => use.kind === 'look');
}
