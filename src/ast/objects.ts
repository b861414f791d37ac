/** Object literals and static values. */
import type { TSESTree } from '@typescript-eslint/utils';
import { keyName, unwrap, type Node } from './nodes.js';

/** `unknown`: a spread or computed key may or may not supply the property. */
export type PropertyLookup =
  { readonly found: 'yes'; readonly value: Node; readonly property: TSESTree.Property } | { readonly found: 'no' | 'unknown' };

/**
 * Looks a property up in an object literal.
 *
 * @param path Name, with dots for nested literals.
 */
export function lookUpProperty(object: Node, path: string): PropertyLookup {
  const dot = path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  const literal = unwrap(object);
  if (literal.type !== 'ObjectExpression') return { found: 'unknown' };
  let unknown = false;
  for (const property of [...literal.properties].reverse()) {
    if (property.type === 'SpreadElement') {
      unknown = true;
      continue;
    }
    const key = keyName(property);
    if (key === null) unknown = true;
    else if (key === name) {
      if (unknown) return { found: 'unknown' };
      if (dot < 0) return { found: 'yes', value: property.value, property };
      return lookUpProperty(property.value, path.slice(dot + 1));
    }
  }
  return { found: unknown ? 'unknown' : 'no' };
}

/** The value of a literal, a template without holes, or a signed number; `undefined` if it is not one. */
export function literalValue(node: Node): string | number | boolean | null | undefined {
  const expression = unwrap(node);
  if (expression.type === 'Literal') {
    const { value } = expression;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null
      ? value
      : undefined;
  }
  if (expression.type === 'TemplateLiteral' && expression.expressions.length === 0) return expression.quasis[0]?.value.cooked;
  if (expression.type === 'UnaryExpression' && expression.operator === '-') {
    const value = literalValue(expression.argument);
    return typeof value === 'number' ? -value : undefined;
  }
  return undefined;
}

/** Is it `null`, `undefined` or `void 0`? */
export function isNullish(node: Node): boolean {
  const expression = unwrap(node);
  if (expression.type === 'Literal') return expression.value === null && expression.raw === 'null';
  if (expression.type === 'Identifier') return expression.name === 'undefined';
  return expression.type === 'UnaryExpression' && expression.operator === 'void';
}
