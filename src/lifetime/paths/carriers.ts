import type { TSESTree } from '@typescript-eslint/utils';
import { keyName, unwrap, unwrapAwait, wrapped, type Node } from '../../ast/nodes.js';
import { writesOf, type Variable } from '../../ast/variables.js';
import { Closures } from './closures.js';
import { literalParts } from './shape.js';

/** What has the value inside: literals, and objects that wrap it. */
export abstract class Carriers extends Closures {
  // `return new UnitOfWork(client)`, or the variable that holds one: who has the wrapper has what it wraps.
  protected isCarrier(node: Node): boolean {
    const value = unwrapAwait(node);
    if (this.wraps(value)) return true;
    const variable = value.type === 'Identifier' ? this.origins.variable(value) : null;
    return variable !== null && this.holdsCarrier(variable);
  }

  protected holdsCarrier(variable: Variable): boolean {
    return writesOf(variable).some(({ value }) => value !== null && this.wraps(unwrapAwait(value)));
  }

  // `new UnitOfWork(client)`, `drizzle(client)`
  protected wraps(value: Node): boolean {
    if (value.type !== 'NewExpression' && value.type !== 'CallExpression') return false;
    return value.arguments.some(
      (argument, index) =>
        (value.type === 'NewExpression' || this.protocol.borrows(unwrap(value.callee), index)) &&
        (this.isEssential(argument) || this.isLiteralOfValue(argument)),
    );
  }

  // `{ client }`, `[client]`: passed by itself, or as a part of something that lives longer?
  protected isLiteralOfValue(node: Node): boolean {
    if (this.protocol.passing !== 'lends' || this.valueOf(node) !== null) return false;
    return literalParts(node).some((part) => this.isEssential(part) || this.isLiteralOfValue(part));
  }

  // Names under which an object literal has the value; one that is not known has no name.
  protected keysOfValue(literal: TSESTree.ObjectExpression): string[] {
    return literal.properties
      .filter((property) => literalParts(literal).length > 0 && this.holdsValue(property))
      .map((property) => (property.type === 'Property' ? (keyName(property) ?? '') : ''));
  }

  protected holdsValue(property: TSESTree.ObjectLiteralElement): boolean {
    const value = property.type === 'Property' ? property.value : property.argument;
    return this.isEssential(value) || this.isLiteralOfValue(value);
  }

  // Is the literal an argument of a call, or a part of one, so that the call decides what becomes of what is in it?
  protected isPassedLiteral(literal: Node): boolean {
    if (this.protocol.passing !== 'lends') return false;
    let node = wrapped(literal);
    while (/^(?:Property|ObjectExpression|ArrayExpression)$/u.test(node.parent?.type ?? ''))
      node = wrapped(node.parent as Node);
    const { parent } = node;
    return (
      (parent?.type === 'CallExpression' || parent?.type === 'NewExpression') &&
      parent.arguments.includes(node as TSESTree.Expression)
    );
  }
}
