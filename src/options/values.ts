/** Which values an expression can have, as far as the file shows. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { UnusualValue } from '../catalog/options.js';
import { memberName, unwrap, type Node } from '../ast/nodes.js';
import { literalValue } from '../ast/objects.js';
import { isConstant } from '../ast/variables.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** A value that an option can take. */
export type Value = boolean | number | string | null | undefined;

/** A value that an expression can have. */
export interface PossibleValue {
  readonly value: Value;
  /** The part that has it. */
  readonly node: Node;
  /**
   * - `always`: nothing else is possible.
   * - `fallback`: where what stands left of `??` or `||` is not there.
   * - `branch`: on one side of a condition.
   */
  readonly when: 'always' | 'branch' | 'fallback';
  /** What has to be missing for a fallback. */
  readonly missing?: Node;
}

const MAX_DEPTH = 8;

/** The values that can be seen. Where other values are possible too, they are left out. */
export function valuesOf(file: SourceFile, node: Node, depth = 0): readonly PossibleValue[] {
  const expression = unwrap(node);
  if (depth > MAX_DEPTH) return [];
  const literal = literalValue(expression);
  if (literal !== undefined) return [{ value: literal, node: expression, when: 'always' }];
  const inner = (part: Node): readonly PossibleValue[] => valuesOf(file, part, depth + 1);
  switch (expression.type) {
    case 'Identifier':
      return ofIdentifier(file, expression, depth);
    case 'MemberExpression': {
      const value =
        NUMBERS[`${expression.object.type === 'Identifier' ? expression.object.name : ''}.${memberName(expression) ?? ''}`];
      return value === undefined ? [] : [{ value, node: expression, when: 'always' }];
    }
    case 'ConditionalExpression':
      return [...inner(expression.consequent), ...inner(expression.alternate)].map((found) => ({
        ...found,
        when: found.when === 'always' ? 'branch' : found.when,
      }));
    case 'LogicalExpression':
      return ofLogical(expression, inner);
    case 'UnaryExpression':
      if (expression.operator === 'void') return [{ value: undefined, node: expression, when: 'always' }];
      if (expression.operator === '+' || expression.operator === '-')
        return converted(inner(expression.argument), (value) => (expression.operator === '-' ? -Number(value) : Number(value)));
      return [];
    case 'BinaryExpression':
      return ofArithmetic(expression, inner);
    case 'CallExpression':
      return ofConversion(file, expression, inner);
    default:
      return [];
  }
}

const NUMBERS: Readonly<Record<string, number>> = {
  'Number.POSITIVE_INFINITY': Number.POSITIVE_INFINITY,
  'Number.NEGATIVE_INFINITY': Number.NEGATIVE_INFINITY,
  'Number.NaN': Number.NaN,
  'Number.MAX_SAFE_INTEGER': Number.MAX_SAFE_INTEGER,
  'Number.MAX_VALUE': Number.MAX_VALUE,
};

function ofIdentifier(file: SourceFile, id: TSESTree.Identifier, depth: number): readonly PossibleValue[] {
  const variable = originsOf(file).variable(id);
  if (!variable || variable.defs.length === 0) {
    if (id.name === 'undefined') return [{ value: undefined, node: id, when: 'always' }];
    if (id.name === 'Infinity') return [{ value: Number.POSITIVE_INFINITY, node: id, when: 'always' }];
    return id.name === 'NaN' ? [{ value: Number.NaN, node: id, when: 'always' }] : [];
  }
  const [definition] = variable.defs;
  if (definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !definition.node.init) return [];
  return isConstant(variable) ? valuesOf(file, definition.node.init, depth + 1) : [];
}

function ofLogical(
  { left, operator, right }: TSESTree.LogicalExpression,
  inner: (part: Node) => readonly PossibleValue[],
): readonly PossibleValue[] {
  if (operator === '&&') return [];
  const first = inner(left).filter(({ value }) => (operator === '||' ? Boolean(value) : value !== null && value !== undefined));
  // A constant on the left decides.
  if (first.some(({ when }) => when === 'always')) return first;
  const fallback = inner(right).map((found): PossibleValue => ({
    ...found,
    when: found.when === 'branch' ? 'branch' : 'fallback',
    missing: found.missing ?? left,
  }));
  return [...first, ...fallback];
}

function ofArithmetic(
  { left, operator, right }: TSESTree.BinaryExpression,
  inner: (part: Node) => readonly PossibleValue[],
): readonly PossibleValue[] {
  const [a, ...others] = inner(left);
  const [b, ...more] = inner(right);
  if (!a || !b || others.length + more.length > 0 || typeof a.value !== 'number' || typeof b.value !== 'number') return [];
  const value = calculate(operator, a.value, b.value);
  return value === null ? [] : [{ value, node: left, when: a.when === 'always' ? b.when : a.when }];
}

function calculate(operator: string, a: number, b: number): number | null {
  switch (operator) {
    case '*':
      return a * b;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '/':
      return a / b;
    case '**':
      return a ** b;
    default:
      return null;
  }
}

// `Number(process.env.MAX ?? 0)`, `parseInt(text, 10)`
function ofConversion(
  file: SourceFile,
  { arguments: args, callee }: TSESTree.CallExpression,
  inner: (part: Node) => readonly PossibleValue[],
): readonly PossibleValue[] {
  const [argument] = args;
  if (!argument || argument.type === 'SpreadElement') return [];
  const origin = originsOf(file).of(callee);
  const name = origin ? (origin.module === GLOBAL ? origin.steps.join('.') : '') : globalPath(file, callee);
  switch (name) {
    case 'Number':
      return converted(inner(argument), Number);
    case 'parseInt':
    case 'Number.parseInt':
      return converted(inner(argument), (value) => Number.parseInt(String(value), 10));
    case 'parseFloat':
    case 'Number.parseFloat':
      return converted(inner(argument), (value) => Number.parseFloat(String(value)));
    default:
      return [];
  }
}

// `Number`, `Number.parseInt`: names that the file declares no other meaning of.
function globalPath(file: SourceFile, node: Node): string {
  const callee = unwrap(node);
  const root = callee.type === 'MemberExpression' ? callee.object : callee;
  if (root.type !== 'Identifier' || (originsOf(file).variable(root)?.defs.length ?? 0) > 0) return '';
  return callee.type === 'MemberExpression' ? `${root.name}.${memberName(callee) ?? ''}` : root.name;
}

function converted(values: readonly PossibleValue[], convert: (value: Value) => number): readonly PossibleValue[] {
  return values.map((found) => ({ ...found, value: convert(found.value) }));
}

/** What kind of unusual value it is; null for a plain positive whole number, and for text and booleans that are no numbers. */
export function unusualKind(value: Value): UnusualValue | null {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  if (value === false) return 'false';
  if (value === true) return null;
  if (typeof value === 'string') return value === '' ? 'empty' : Number.isNaN(Number(value)) ? null : 'text';
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'infinity';
  if (value < 0) return 'negative';
  if (value === 0) return 'zero';
  return Number.isInteger(value) ? null : 'float';
}
