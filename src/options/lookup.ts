/** What the arguments of a call say about an option. */
import type { TSESTree } from '@typescript-eslint/utils';
import { isFunction, keyName, unwrap, type Node } from '../ast/nodes.js';
import { isNullish } from '../ast/objects.js';
import { isConstant } from '../ast/variables.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An option that is given. */
export interface Given {
  readonly found: 'yes';
  readonly value: Node;
  /** The property that gives it; null where the argument itself is the value. */
  readonly property: TSESTree.Property | null;
  /** The literal in which it stands. */
  readonly object: TSESTree.ObjectExpression | null;
}

/** An option that is not given. */
export interface Absent {
  readonly found: 'no';
  readonly object: TSESTree.ObjectExpression | null;
  readonly rest: string;
}

/**
 * - `no`: the options are all seen, and it is not among them; `object` is the literal to which it could be added, under the path `rest`, and
 *   is null where there is none yet.
 * - `unknown`: something that is not seen may give it.
 */
export type Lookup = Given | Absent | { readonly found: 'unknown' };

const UNKNOWN: Lookup = { found: 'unknown' };

/** Deep enough for options that are put together in steps, and an end for cycles. */
const MAX_DEPTH = 6;

/**
 * Looks an option up in an expression that stands for an object of options: a literal, a constant, a spread of one.
 *
 * @param path Name, with dots for nesting; empty for the expression itself.
 */
export function lookUpOption(file: SourceFile, expression: Node, path: string, depth = 0): Lookup {
  if (path === '') return { found: 'yes', value: expression, property: null, object: null };
  if (isNullish(expression)) return { found: 'no', object: null, rest: path };
  const object = objectBehind(file, expression);
  if (object?.type !== 'ObjectExpression' || depth > MAX_DEPTH) return UNKNOWN;
  const [name = '', ...rest] = path.split('.');
  let unclear = false;
  for (const property of [...object.properties].reverse()) {
    if (property.type === 'SpreadElement') {
      const inner = lookUpOption(file, property.argument, path, depth + 1);
      if (inner.found === 'yes') return unclear ? UNKNOWN : inner;
      unclear ||= inner.found === 'unknown';
      continue;
    }
    const key = keyName(property);
    if (key === null) unclear = true;
    if (key !== name) continue;
    if (unclear) return UNKNOWN;
    if (rest.length === 0) return { found: 'yes', value: property.value, property, object };
    return lookUpOption(file, property.value, rest.join('.'), depth + 1);
  }
  return unclear ? UNKNOWN : { found: 'no', object, rest: path };
}

/**
 * Looks an option up among the arguments of a call.
 *
 * @param positions Where the object may stand, negative from the end. The first object among them is it.
 * @param names Names under which it is read; the first that is given counts.
 */
export function lookUpArgument(
  file: SourceFile,
  { arguments: args }: TSESTree.CallExpression | TSESTree.NewExpression,
  positions: readonly number[],
  names: readonly string[],
): Lookup {
  if (args.some((argument) => argument.type === 'SpreadElement')) return UNKNOWN;
  let unclear = false;
  for (const position of positions) {
    const argument = args.at(position);
    if (!argument || (position < 0 && args.length < -position)) continue;
    // `http.get(url, callback)`, `axios(url, options)`
    if (isFunction(unwrap(argument)) || (positions.length > 1 && !mayBeOptions(file, argument))) continue;
    const lookups = names.map((name) => lookUpOption(file, argument, name));
    const given = lookups.find((lookup) => lookup.found === 'yes');
    if (given) return given;
    const isUnknown = lookups.some((lookup) => lookup.found === 'unknown');
    // Whatever the others are, this is the object.
    if (objectBehind(file, argument)?.type === 'ObjectExpression') return isUnknown ? UNKNOWN : (lookups[0] ?? UNKNOWN);
    unclear ||= isUnknown;
  }
  return unclear ? UNKNOWN : { found: 'no', object: null, rest: names[0] ?? '' };
}

/** May the argument be an object of options? An address is none; a name that may be either is taken for one where nothing else could be. */
export function mayBeOptions(file: SourceFile, argument: Node): boolean {
  const value = unwrap(objectBehind(file, argument) ?? argument);
  switch (value.type) {
    case 'TemplateLiteral':
    case 'BinaryExpression':
    case 'Literal':
      return false;
    case 'NewExpression':
      return !(value.callee.type === 'Identifier' && value.callee.name === 'URL');
    case 'Identifier':
      return !isAddress(file, value);
    default:
      return true;
  }
}

// `url: string`, `url: URL`
function isAddress(file: SourceFile, id: TSESTree.Identifier): boolean {
  const [definition] = originsOf(file).variable(id)?.defs ?? [];
  const name = definition?.name.type === 'Identifier' ? definition.name : null;
  const annotation = name?.typeAnnotation?.typeAnnotation;
  if (annotation?.type === 'TSStringKeyword') return true;
  return (
    annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier' && annotation.typeName.name === 'URL'
  );
}

/** The expression itself, or what a constant that nobody changes holds; null where that is not known. */
export function objectBehind(file: SourceFile, node: Node, depth = 0): Node | null {
  const expression = unwrap(node);
  if (expression.type === 'CallExpression' && isFrozen(expression) && expression.arguments[0])
    return objectBehind(file, expression.arguments[0], depth + 1);
  if (expression.type !== 'Identifier') return expression;
  const variable = originsOf(file).variable(expression);
  const definition = variable?.defs[0];
  if (!variable || variable.defs.length !== 1 || definition?.type !== 'Variable' || depth > MAX_DEPTH) return null;
  const { id, init } = definition.node;
  if (id.type !== 'Identifier' || !init || !isConstant(variable)) return null;
  const changed = variable.references.some(({ identifier }) => isChange(file, identifier));
  return changed ? null : objectBehind(file, init, depth + 1);
}

// `Object.freeze({ … })`
function isFrozen({ callee }: TSESTree.CallExpression): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Object' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'freeze'
  );
}

// `options.timeout = 5`, `delete options.timeout`, `Object.assign(options, …)`, `complete(options)`.
function isChange(file: SourceFile, id: Node): boolean {
  const { parent } = id;
  if (!parent) return false;
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    if (parent.callee === id) return false;
    // A library reads its options; code that is not seen may write them.
    return !isReader(file, parent.callee);
  }
  if (parent.type !== 'MemberExpression' || parent.object !== id) return false;
  return isWritten(parent);
}

// `options.retry.limit = 2`: out of the members to what is done with them.
function isWritten(member: Node): boolean {
  const { parent } = member;
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.object === member && isWritten(parent);
    case 'AssignmentExpression':
      return parent.left === member;
    case 'UnaryExpression':
      return parent.operator === 'delete';
    default:
      return parent?.type === 'UpdateExpression';
  }
}

// A library of the catalog, and what the platform offers: `console.log(options)`, `JSON.stringify(options)`.
function isReader(file: SourceFile, callee: Node): boolean {
  const origin = originsOf(file).of(callee);
  if (!origin || isAssign(callee)) return false;
  const { catalog } = file.settings;
  if (origin.module !== GLOBAL) return catalog.librariesOf(origin.module).length > 0;
  return origin.steps.length > 1 || catalog.globals.includes(origin.steps[0] ?? '');
}

function isAssign(callee: Node): boolean {
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'assign';
}
