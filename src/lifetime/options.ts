/** What the arguments of a creation say about its options. */
import { connectionsLimit } from '../catalog/cost.js';
import { unwrap, type Node } from '../ast/nodes.js';
import { literalValue, lookUpProperty } from '../ast/objects.js';
import { isConstant } from '../ast/variables.js';
import type { CreationSite } from '../resolve/creations.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** The number of connections that the options of the creation allow; undefined where they do not say, or not in numbers. */
export function connectionsAllowed(file: SourceFile, site: CreationSite): number | undefined {
  const limit = connectionsLimit(site.library, site.creator);
  if (!limit) return undefined;
  for (const argument of site.node.arguments) {
    const found = lookUpProperty(literalOf(file, argument), limit.option);
    const value = found.found === 'yes' ? literalValue(found.value) : undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  }
  return undefined;
}

/**
 * How the creation keeps its connections open between requests, where the library does not by itself.
 *
 * - `kept`: it does, or the library does.
 * - `closed`: the options say that it does not.
 * - `forgotten`: the options do not say so, and can be completed where they stand.
 * - `unseen`: the options cannot be read.
 */
export type Keeping =
  | { readonly kind: 'closed' | 'kept' | 'unseen' }
  | { readonly kind: 'forgotten'; readonly option: string; readonly argument: number };

/** Whether a client that is made here reuses its connections at all. */
export function keepingOf(file: SourceFile, site: CreationSite): Keeping {
  const fact = site.library.keepAlive?.find(
    (entry) => !entry.default && (entry.of === undefined || entry.of.includes(site.creator.api)),
  );
  if (!fact) return { kind: 'kept' };
  const index = fact.argument ?? 0;
  const args = site.node.arguments;
  if (args.some((argument) => argument.type === 'SpreadElement')) return { kind: 'unseen' };
  const argument = args[index];
  if (!argument) return args.length < index ? { kind: 'unseen' } : { kind: 'forgotten', option: fact.option, argument: index };
  const found = lookUpProperty(literalOf(file, argument), fact.option);
  if (found.found === 'yes') return { kind: literalValue(found.value) === false ? 'closed' : 'kept' };
  return found.found === 'no' && argument.type === 'ObjectExpression'
    ? { kind: 'forgotten', option: fact.option, argument: index }
    : { kind: 'unseen' };
}

// The object literal itself, or the one that a constant holds.
function literalOf(file: SourceFile, argument: Node): Node {
  const expression = unwrap(argument);
  if (expression.type !== 'Identifier') return expression;
  const variable = originsOf(file).variable(expression);
  const [definition] = variable?.defs ?? [];
  const init = definition?.type === 'Variable' && variable && isConstant(variable) ? definition.node.init : null;
  return init ? unwrap(init) : expression;
}
