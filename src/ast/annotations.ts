/** What a function's place says about its type. */
import type { TSESTree } from '@typescript-eslint/utils';
import { enclosingFunction, isTransparent, keyName, unwrap, type FunctionNode, type Node } from './nodes.js';

/** A type written for what holds a function. */
export interface Annotation {
  /** Arrays are looked through where `path` is not empty. */
  readonly type: TSESTree.TypeNode;
  /** The way to the function inside the object that has the type; empty where the function itself has it. */
  readonly path: readonly string[];
}

/**
 * The types written for a function, or for the object or array of objects that it stands in: annotations of variables, fields and
 * results, casts and `satisfies`. Innermost first.
 */
export function annotationsOf(fn: FunctionNode): readonly Annotation[] {
  const annotations: Annotation[] = [];
  const path: string[] = [];
  const add = (type: TSESTree.TypeNode | undefined): void => {
    if (type) annotations.push({ type: path.length === 0 ? type : elementType(type), path: [...path] });
  };
  let current: Node = fn;
  for (let holder: Node | undefined = current.parent; holder; holder = current.parent) {
    if (isTransparent(holder)) {
      if (holder.type === 'TSAsExpression' || holder.type === 'TSSatisfiesExpression') add(holder.typeAnnotation);
      current = holder;
    } else if (holder.type === 'Property' && holder.value === current && holder.parent.type === 'ObjectExpression') {
      path.unshift(keyName(holder) ?? '*');
      current = holder.parent;
    } else if (holder.type === 'ArrayExpression') {
      current = holder;
    } else {
      add(typeOfHolder(holder, current));
      return annotations;
    }
  }
  return annotations;
}

function typeOfHolder(holder: Node, held: Node): TSESTree.TypeNode | undefined {
  switch (holder.type) {
    case 'VariableDeclarator':
      return holder.id.typeAnnotation?.typeAnnotation;
    case 'PropertyDefinition':
      return holder.typeAnnotation?.typeAnnotation;
    case 'ReturnStatement':
      return enclosingFunction(holder)?.returnType?.typeAnnotation;
    case 'ArrowFunctionExpression':
      return unwrap(holder.body) === unwrap(held) ? holder.returnType?.typeAnnotation : undefined;
    default:
      return undefined;
  }
}

// `T` of `T[]`, `readonly T[]`, `Array<T>` and `ReadonlyArray<T>`; any other type as it is.
function elementType(type: TSESTree.TypeNode): TSESTree.TypeNode {
  if (type.type === 'TSArrayType') return elementType(type.elementType);
  if (type.type === 'TSTypeOperator' && type.typeAnnotation) return elementType(type.typeAnnotation);
  if (
    type.type === 'TSTypeReference' &&
    type.typeName.type === 'Identifier' &&
    /^(?:Readonly)?Array$/u.test(type.typeName.name)
  )
    return type.typeArguments?.params[0] ?? type;
  return type;
}
