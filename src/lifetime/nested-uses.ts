/** Connections that are taken while one of the same pool is held, and waited for. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, type FunctionNode, type Node } from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { joinsConnection, mentions } from './joining.js';
import { isSamePool, poolIdentityOf, type PoolIdentity } from './pool-identity.js';
import { holdingsOf, poolUsesOf, type Holding, type PoolUse } from './pool-uses.js';
import { poolStatementsOf } from './session-statements.js';
import { callsAround, isWaitedFor, type Region } from './waiting.js';
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
  // A `COMMIT` through the pool has lost its transaction: that is another mistake.
  const misled = new Set<Node>(poolStatementsOf(file).map(({ node }) => node));
  for (const use of poolUsesOf(file)) {
    if (misled.has(use.node)) continue;
    // The innermost one is what the statement should run on.
    const around = holdings
      .filter((holding) => isNestedIn(file, use, holding))
      .sort((a, b) => b.region.range[0] - a.region.range[0])[0];
    if (around) found.set(use, { use, holding: around, through: [] });
  }
  for (const holding of holdings) {
    for (const { use, call } of throughHelpers(file, holding)) {
      if (misled.has(use.node)) continue;
      const known = found.get(use);
      if (!known) found.set(use, { use, holding, through: [call] });
      else if (known.through.length > 0) found.set(use, { ...known, through: [...known.through, call] });
    }
  }
  return [...found.values()].sort((a, b) => a.use.node.range[0] - b.use.node.range[0]);
}

function isNestedIn(file: SourceFile, use: PoolUse, holding: Holding): boolean {
  if (use.node === holding.taken || !isSamePool(use.pool, holding.pool) || !contains(holding.region, use.node)) return false;
  return isMadeWhile(file, holding, use.node) && !joinsConnection(file, use, holding.variables);
}

/** Is the call certainly made while the connection is held, and does the holder wait for it? */
function isMadeWhile(file: SourceFile, holding: Holding, node: Node): boolean {
  const { calls, isComplete } = callsAround(file, holding.region, node);
  // What the evaluation of the holder's paths has seen stands in the region or is its continuation.
  if ((!isComplete && holding.kind === 'managed') || !calls.some((call) => holding.covers(call))) return false;
  const releases = holding.acquisition?.evaluation.releases.map(({ range }) => range[0]) ?? [];
  const until = Math.min(...releases.filter((position) => position > node.range[1]), Number.POSITIVE_INFINITY);
  const region: Region = { fn: holding.region, returns: holding.kind === 'managed', held: holding.variables, until };
  return isWaitedFor(file, region, node) && !isStreaming(holding, node);
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
  const region: Region = { fn: target, returns: true, held: [], until: Number.POSITIVE_INFINITY };
  const isMade = (node: Node): boolean => callsAround(file, target, node).isComplete && isWaitedFor(file, region, node);
  const found = poolUsesOf(file).filter(
    (use) =>
      contains(target, use.node) &&
      isSamePool(givenPool(file, use, target, call), holding.pool) &&
      isMade(use.node) &&
      !joinsConnection(file, use, holding.variables),
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
