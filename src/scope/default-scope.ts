/** When the default of a parameter is evaluated: with the calls that leave the argument out. */
import { contains, enclosingClass, enclosingFunction, functionName, type FunctionNode, type Node } from '../ast/nodes.js';
import { isNullish } from '../ast/objects.js';
import { callersOf } from '../resolve/callers.js';
import type { SourceFile } from '../resolve/source-file.js';
import { executionScopeOf, UNKNOWN, type ExecutionScope } from './execution-scope.js';

type Call = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

/**
 * When the node runs, if it stands in the default of a parameter whose callers are known.
 *
 * @returns null where it does not, and where the function is handed to somebody who calls it.
 */
export function defaultScopeOf(file: SourceFile, node: Node): ExecutionScope | null {
  const fn = enclosingFunction(node);
  const index = fn ? fn.params.findIndex((parameter) => contains(parameter, node)) : -1;
  if (!fn || index < 0) return null;
  const { calls, handedOn } = callersOf(file, fn);
  if (handedOn || calls.length === 0) return null;
  const scopes = calls
    .filter((call) => leavesOut(call, index))
    .map((call) => throughCall(executionScopeOf(file, call), fn, call));
  if (scopes.length === 0) return UNKNOWN;
  return scopes.find(({ kind }) => kind === 'request') ?? scopes.find(({ kind }) => kind === 'iteration') ?? scopes[0] ?? null;
}

function leavesOut(call: Call, index: number): boolean {
  const args = call.arguments.slice(0, index + 1);
  if (args.some((argument) => argument.type === 'SpreadElement')) return false;
  const argument = args[index];
  return argument === undefined || (isNullish(argument) && argument.type !== 'Literal');
}

function throughCall(outer: ExecutionScope, fn: FunctionNode, call: Call): ExecutionScope {
  const owner = call.type === 'NewExpression' ? enclosingClass(fn.body)?.id?.name : functionName(fn);
  const words = call.type === 'NewExpression' ? `new ${owner ?? 'class'}()` : `${owner ?? 'function'}()`;
  return {
    ...outer,
    kind: outer.kind === 'module' ? 'startup' : outer.kind,
    chain: [...outer.chain, `\`${words}\``],
  };
}
