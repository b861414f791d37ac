/** Who calls a function. */
import { enclosingClass, isClass, type FunctionNode, type Node } from '../ast/nodes.js';
import { flowOf } from './flow.js';
import { originsOf } from './origin.js';
import type { SourceFile } from './source-file.js';

type Call = Extract<Node, { type: 'CallExpression' | 'NewExpression' }>;

/** The callers of a function, as far as the file shows them. */
export interface Callers {
  readonly calls: readonly Call[];
  /** Other files may call it as well. */
  readonly exported: boolean;
  /** It is used as a value, so that somebody else may call it. */
  readonly handedOn: boolean;
}

/** Calls of a function, a method or, for a constructor, of its class. */
export function callersOf(file: SourceFile, fn: FunctionNode): Callers {
  if (fn.parent.type === 'MethodDefinition' && fn.parent.kind === 'constructor') return constructions(file, fn);
  const uses = flowOf(file).usesOfFunction(fn);
  return {
    calls: uses.flatMap((use) => (use.kind === 'call' ? [use.call] : [])),
    exported: uses.some(({ kind }) => kind === 'export'),
    handedOn: uses.some(({ kind }) => kind !== 'call' && kind !== 'bind' && kind !== 'export'),
  };
}

function constructions(file: SourceFile, fn: FunctionNode): Callers {
  const owner = enclosingClass(fn.body);
  const variable = owner?.id ? originsOf(file).variable(owner.id) : null;
  const calls: Call[] = [];
  let exported = owner?.parent.type.startsWith('Export') ?? false;
  let handedOn = !variable;
  for (const { identifier, isTypeReference } of variable?.references ?? []) {
    const id = identifier as Node;
    const { parent } = id;
    if (parent?.type === 'NewExpression' && parent.callee === id) calls.push(parent);
    else if (parent?.type === 'ExportSpecifier') exported = true;
    else if (!isTypeReference || isClass(parent)) handedOn = true;
  }
  return { calls, exported, handedOn };
}
