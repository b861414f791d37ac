/** Something taken that has to be given back, and what stands around the call that takes it. */
import type { TSESTree } from '@typescript-eslint/utils';
import { NEW, type Step } from '../catalog/api-path.js';
import type { Checkout, Creator, LibraryDescriptor, ResponseSemantics, TransactionBegin } from '../catalog/descriptor.js';
import { enclosingFunction, isFunction, unwrap, type FunctionNode, type Node } from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import type { CatalogCall } from '../resolve/creations.js';
import type { Origin } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { Evaluation } from './evaluate.js';
import type { Values } from './values.js';

export type Call = TSESTree.CallExpression | TSESTree.NewExpression;

/** Something taken that has to be given back, and what becomes of it. */
export interface Acquisition {
  /** The acquiring call. */
  readonly node: Call;
  /** Where the callee comes from. */
  readonly origin: Origin;
  readonly library: LibraryDescriptor;
  readonly kind: 'checkout' | 'connection' | 'response' | 'transaction';
  /** Function or program on whose paths it is followed. */
  readonly body: FunctionNode | TSESTree.Program;
  readonly checkout: Checkout | null;
  readonly creator: Creator | null;
  readonly transaction: TransactionBegin | null;
  readonly response: ResponseSemantics | null;
  /** It stands for several responses, in an array. */
  readonly many: boolean;
  /** Expressions and variables that are the value. */
  readonly values: Values;
  readonly evaluation: Evaluation;
}

/** The steps to what is called. A construction is written `new X()` in API paths: the call of a class has NEW where a call has nothing. */
export function stepsOf({ node, origin }: CatalogCall): readonly Step[] {
  return node.type === 'NewExpression' ? [...origin.steps, NEW] : origin.steps;
}

/** Is it a call that gives back by itself? What may be a function makes it one. */
export function isManaged(call: Call, positions: readonly number[] | undefined): boolean {
  return (positions ?? []).some((position) => {
    const argument = call.arguments.at(position);
    return argument !== undefined && !isPlainValue(argument);
  });
}

function isPlainValue(node: Node): boolean {
  return /^(?:ObjectExpression|Literal|TemplateLiteral|ArrayExpression)$/u.test(unwrap(node).type);
}

/** The function or program directly around a node. */
export function bodyOf(file: SourceFile, node: Node): FunctionNode | TSESTree.Program {
  return enclosingFunction(node) ?? file.ast;
}

/** The function at a position of the arguments, as far as the file shows it. */
export function functionArgument(file: SourceFile, call: Call, position: number): FunctionNode | null {
  const argument = call.arguments.at(position);
  if (!argument) return null;
  const value = unwrap(argument);
  if (isFunction(value)) return value;
  return value.type === 'Identifier' ? originsOf(file).functionOf(value) : null;
}

/** The variable of a parameter. */
export function parameterVariable(file: SourceFile, fn: FunctionNode, index: number): Variable | null {
  const parameter = fn.params[index];
  return parameter?.type === 'Identifier' ? originsOf(file).variable(parameter) : null;
}
