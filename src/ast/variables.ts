import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Node } from './nodes.js';

export type Variable = TSESLint.Scope.Variable;

/**
 * The variable an identifier stands for.
 *
 * @returns null for an unresolved name (a global that nobody declares).
 */
export function variableOf(sourceCode: TSESLint.SourceCode, id: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | null {
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(id);
  // The name of a class is declared twice, inside and outside of it; everybody else refers to the outer one. So does a function
  // declaration's, whose parameters may hide it inside.
  const { parent } = id;
  if (parent.type === 'ClassDeclaration' && parent.id === id) scope = sourceCode.getScope(parent).upper;
  if (parent.type === 'FunctionDeclaration' && parent.id === id) scope = sourceCode.getScope(parent).upper;
  return declaredIn(scope, id.name);
}

/** The variable that a name would stand for in a statement. */
export function variableNamed(sourceCode: TSESLint.SourceCode, name: string, statement: Node): Variable | null {
  return declaredIn(sourceCode.getScope(statement.parent ?? statement), name);
}

function declaredIn(innermost: TSESLint.Scope.Scope | null, name: string): Variable | null {
  for (let scope = innermost; scope; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable) return variable;
  }
  return null;
}

/** Is the variable declared at the top level of the file? */
export function isModuleLevel(variable: Variable): boolean {
  const block = variable.scope.block.type;
  return (
    block === 'Program' &&
    (variable.scope.type === 'module' || variable.scope.type === 'global' || variable.scope.type === 'function')
  );
}

/** A place that gives a variable a value. */
export interface Write {
  readonly identifier: Node;
  /** The value, where the whole of it is assigned. */
  readonly value: Node | null;
}

/** The declaration or assignment a write stands in: what is right of it gives the value, or the whole that is taken apart. */
export function statementOfWrite({ identifier }: Write): Node {
  let current = identifier;
  while (current.parent && (current.type === 'Identifier' || /Pattern$|^Property$|^RestElement$/u.test(current.type)))
    current = current.parent;
  return current;
}

/** Places that give the variable a value, with the value where it is known (`null` for destructuring, loops, parameters). */
export function writesOf(variable: Variable): readonly Write[] {
  return variable.references
    .filter((reference) => reference.isWrite())
    .map((reference) => ({
      identifier: reference.identifier,
      value: isWholeWrite(reference) ? (reference.writeExpr ?? null) : null,
    }));
}

function isWholeWrite(reference: TSESLint.Scope.Reference): boolean {
  const parent = (reference.identifier as Node).parent;
  if (parent?.type === 'VariableDeclarator') return parent.id === reference.identifier && parent.init === reference.writeExpr;
  return parent?.type === 'AssignmentExpression' && parent.left === reference.identifier;
}

/** Never assigned after its declaration. */
export function isConstant(variable: Variable): boolean {
  return (
    writesOf(variable).length <= 1 && variable.references.every((reference) => !reference.isWrite() || reference.init === true)
  );
}
