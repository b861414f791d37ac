/** Connections that are taken while one of the same pool is held, and waited for. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, memberName, unwrap, type FunctionNode, type Node } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import type { Variable } from '../ast/variables.js';
import { constantInit } from '../resolve/conditions.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { isSamePool, poolIdentityOf, type PoolIdentity } from './pool-identity.js';
import { holdingsOf, poolUsesOf, type Holding, type PoolUse } from './pool-uses.js';
import { callsAround, isWaitedFor, wholeChain, type Region } from './waiting.js';
import { callsWithin } from './within.js';

/** A connection that is taken while another one of the pool is held. */
export interface NestedUse {
  readonly use: PoolUse;
  readonly holding: Holding;
  /** The calls made while it is held that lead to a function which takes it; empty where it is taken on the spot. */
  readonly through: readonly TSESTree.CallExpression[];
}

// Functions of the file that are followed, one behind the other.
const MAX_DEPTH = 2;

/** All of a file, in source order; each call once. */
export function nestedUsesOf(file: SourceFile): readonly NestedUse[] {
  const holdings = holdingsOf(file);
  if (holdings.length === 0) return [];
  const found = new Map<PoolUse, NestedUse>();
  for (const use of poolUsesOf(file)) {
    // The innermost one is what the statement should run on.
    const around = holdings
      .filter((holding) => isNestedIn(file, use, holding))
      .sort((a, b) => b.region.range[0] - a.region.range[0])[0];
    if (around) found.set(use, { use, holding: around, through: [] });
  }
  for (const holding of holdings) {
    for (const { use, call } of throughHelpers(file, holding)) {
      const known = found.get(use);
      if (!known) found.set(use, { use, holding, through: [call] });
      else if (known.through.length > 0) found.set(use, { ...known, through: [...known.through, call] });
    }
  }
  return [...found.values()].sort((a, b) => a.use.node.range[0] - b.use.node.range[0]);
}

function isNestedIn(file: SourceFile, use: PoolUse, holding: Holding): boolean {
  if (use.node === holding.taken || !isSamePool(use.pool, holding.pool) || !contains(holding.region, use.node)) return false;
  return isMadeWhile(file, holding, use.node) && !runsOnHeld(file, use, holding.variables) && !isStreaming(holding, use.node);
}

/** Is the call certainly made while the connection is held, and does the holder wait for it? */
function isMadeWhile(file: SourceFile, holding: Holding, node: Node): boolean {
  // What the evaluation of the holder's paths has seen stands in the region or is its continuation.
  const isSeen = holding.kind === 'by-hand' && holding.covers(node);
  if (!isSeen && !(callsAround(file, holding.region, node)?.some((call) => holding.covers(call)) ?? false)) return false;
  const region: Region = { fn: holding.region, returns: holding.kind === 'managed', held: holding.variables };
  return isWaitedFor(file, region, node);
}

// ---- what runs on the held connection after all ----

/** Does the statement run on a connection that is passed to it, or may it? */
function runsOnHeld(file: SourceFile, use: PoolUse, held: readonly Variable[]): boolean {
  if (mentions(file, use.node, held)) return true;
  const { shortcut, node } = use;
  if (shortcut?.chain !== undefined && isChainedTo(file, node, shortcut.chain, held)) return true;
  if (shortcut?.option === undefined || node.type === 'TaggedTemplateExpression') return false;
  const { arguments: args } = node;
  if (args.some((argument) => argument.type === 'SpreadElement')) return true;
  const options = args[shortcut.optionArgument ?? 0];
  return options !== undefined && lookUpProperty(constantInit(file, options), shortcut.option).found !== 'no';
}

/** Is one of the variables used in the arguments of the call, or in what is chained to it (`.transacting(trx)`)? */
function mentions(file: SourceFile, call: Node, variables: readonly Variable[]): boolean {
  const root = wholeChain(call);
  const inside = (node: Node, seen: number): boolean => {
    if (isFunction(node)) return false;
    if (variables.some(({ references }) => references.some(({ identifier }) => isDirectly(node, identifier)))) return true;
    // `const options = { transaction: t }`
    return (
      seen < 2 &&
      argumentsIn(node).some((argument) => isAlias(file, argument) && inside(constantInit(file, argument), seen + 1))
    );
  };
  return inside(root, 0);
}

function isAlias(file: SourceFile, node: Node): boolean {
  return unwrap(node).type === 'Identifier' && constantInit(file, node) !== unwrap(node);
}

// Not in a callback: that runs afterwards.
function isDirectly(root: Node, node: Node): boolean {
  if (!contains(root, node)) return false;
  for (let current: Node | undefined = node; current && current !== root; current = current.parent) {
    if (isFunction(current)) return false;
  }
  return true;
}

function argumentsIn(chain: Node): readonly Node[] {
  const found: Node[] = [];
  for (let current = unwrap(chain); ;) {
    if (current.type === 'MemberExpression') current = unwrap(current.object);
    else if (current.type === 'CallExpression') {
      found.push(...current.arguments);
      current = unwrap(current.callee);
    } else return found;
  }
}

// `db('users').transacting(trx)`, also later: `query.transacting(trx)`.
function isChainedTo(file: SourceFile, call: Node, method: string, held: readonly Variable[]): boolean {
  const chains = [wholeChain(call)];
  const declarator = chains[0]?.parent;
  if (declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier') {
    const variable = originsOf(file).variable(declarator.id);
    for (const { identifier } of variable?.references ?? []) chains.push(wholeChain(identifier));
  }
  return chains.some((chain) => {
    if (mentions(file, chain, held)) return true;
    for (let current = unwrap(chain); ;) {
      if (current.type === 'CallExpression') current = unwrap(current.callee);
      else if (current.type === 'MemberExpression') {
        if (memberName(current) === method) return true;
        current = unwrap(current.object);
      } else return false;
    }
  });
}

const STREAMS = /^(?:stream|queryStream|cursor|pipe|iterate)$/u;

// While rows are read from the held connection it can run nothing else: a second one is needed.
function isStreaming({ acquisition, variables }: Holding, node: Node): boolean {
  for (let current: Node | undefined = node; current && !isFunction(current); current = current.parent) {
    if (current.type !== 'ForOfStatement' || !current.await) continue;
    const { right } = current;
    if (variables.some(({ references }) => references.some(({ identifier }) => contains(right, identifier)))) return true;
  }
  for (const [member, path] of acquisition?.values.entries ?? []) {
    if (path.some((name) => STREAMS.test(name))) return true;
    // `client.query(new Cursor(…))`
    const { parent } = member;
    if (
      path.length === 1 &&
      path[0] === 'query' &&
      parent?.type === 'CallExpression' &&
      parent.arguments[0]?.type === 'NewExpression'
    )
      return true;
  }
  return false;
}

// ---- through functions of the file ----

interface Reached {
  readonly use: PoolUse;
  /** The call made while the connection is held. */
  readonly call: TSESTree.CallExpression;
}

function throughHelpers(file: SourceFile, holding: Holding): readonly Reached[] {
  const found: Reached[] = [];
  for (const call of callsWithin(file, holding.region)) {
    const target = helperOf(file, call, holding.variables);
    if (!target || !isMadeWhile(file, holding, call)) continue;
    for (const use of usesIn(file, { target, call, holding, seen: [target] })) found.push({ use, call });
  }
  return found;
}

// A function that is given the connection runs its statements on it, or decides.
function helperOf(file: SourceFile, call: TSESTree.CallExpression, held: readonly Variable[]): FunctionNode | null {
  const target = originsOf(file).functionOf(call.callee);
  return target && !target.generator && !mentions(file, call, held) ? target : null;
}

/** A function of the file that is called while a connection is held. */
interface Helper {
  readonly target: FunctionNode;
  readonly call: TSESTree.CallExpression;
  readonly holding: Holding;
  /** The functions on the way to it, with itself. */
  readonly seen: readonly FunctionNode[];
}

/** The connections of the held one's pool that a helper takes, and for which it waits. */
function usesIn(file: SourceFile, { target, call, holding, seen }: Helper): readonly PoolUse[] {
  const region: Region = { fn: target, returns: true, held: [] };
  const isMade = (node: Node): boolean => callsAround(file, target, node) !== null && isWaitedFor(file, region, node);
  const found = poolUsesOf(file).filter(
    (use) =>
      contains(target, use.node) &&
      isSamePool(givenPool(file, use, target, call), holding.pool) &&
      isMade(use.node) &&
      !runsOnHeld(file, use, holding.variables),
  );
  if (seen.length >= MAX_DEPTH) return found;
  for (const inner of callsWithin(file, target)) {
    const next = helperOf(file, inner, holding.variables);
    if (!next || seen.includes(next) || !isMade(inner)) continue;
    found.push(...usesIn(file, { target: next, call: inner, holding, seen: [...seen, next] }));
  }
  return found;
}

// `async function log(text, db = pool)`, called without it.
function givenPool(file: SourceFile, { pool }: PoolUse, fn: FunctionNode, call: TSESTree.CallExpression): PoolIdentity {
  const index = fn.params.findIndex(
    (parameter) =>
      parameter.type === 'AssignmentPattern' &&
      parameter.left.type === 'Identifier' &&
      originsOf(file).variable(parameter.left) === pool.root,
  );
  const parameter = fn.params[index];
  const isLeftOut = call.arguments.length <= index && !call.arguments.some((argument) => argument.type === 'SpreadElement');
  return (parameter?.type === 'AssignmentPattern' && isLeftOut && poolIdentityOf(file, parameter.right)) || pool;
}
