/** Parameters in the queries of connection strings. */
import { entriesAbout, numberFactsOf } from '../catalog/option-index.js';
import type { ConnectionParameter, IgnoredParameter } from '../catalog/descriptor.js';
import { positionsOf } from '../catalog/options.js';
import type { Node } from '../ast/nodes.js';
import { conditionHolds, constantInit } from '../resolve/conditions.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import type { NumberFact } from './given.js';
import { lookUpArgument } from './lookup.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';

/** A parameter that stands in a connection string. */
export interface GivenParameter {
  readonly call: ConfiguredCall;
  /** The literal or template. */
  readonly node: Node;
  readonly name: string;
  readonly value: string;
  /** What the library makes of it; null for one that it does not read. */
  readonly parameter: ConnectionParameter | null;
  readonly ignored: IgnoredParameter | null;
  /** The option that it sets. */
  readonly fact: NumberFact | null;
}

/** All that the catalog knows, in the connection strings that can be read, in source order. */
export const givenParametersOf = perFile((file: SourceFile): readonly GivenParameter[] => {
  const found: GivenParameter[] = [];
  for (const call of configuredCallsOf(file)) {
    for (const entry of entriesAbout(call.library.connectionStrings, call)) {
      if (entry.when && !entry.when.some((condition) => conditionHolds(file, call.node, condition))) continue;
      const given = lookUpArgument(file, call.node, positionsOf(entry), [entry.property ?? '']);
      if (given.found !== 'yes') continue;
      const node = constantInit(file, given.value);
      for (const [name, value] of queryOf(file, node)) {
        const parameter = entry.parameters.find((known) => known.name === name) ?? null;
        const ignored = entry.ignored.find((known) => known.name === name) ?? null;
        const fact = numberFactsOf(call.library).find(({ option }) => option === parameter?.option) ?? null;
        if (parameter || ignored) found.push({ call, node, name, value, parameter, ignored, fact });
      }
    }
  }
  return found;
});

// `postgres://host/db?max=20`, also where the part in front of the query has holes in it.
function queryOf(file: SourceFile, node: Node): readonly (readonly [name: string, value: string])[] {
  const text = textWithHoles(file, node);
  const start = text?.indexOf('?') ?? -1;
  if (text === null || start < 0 || !/^[\w+.-]+:\/\/|^\uFFFC/u.test(text)) return [];
  return [...new URLSearchParams(text.slice(start + 1))].filter(
    ([name, value]) => !name.includes(HOLE) && !value.includes(HOLE),
  );
}

// Stands in a text for what is put into it.
const HOLE = '\uFFFC';

const MAX_DEPTH = 8;

function textWithHoles(file: SourceFile, node: Node, depth = 0): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked ?? value.raw).join(HOLE);
  if (node.type !== 'BinaryExpression' || node.operator !== '+' || depth > MAX_DEPTH) return null;
  const part = (operand: Node): string => textWithHoles(file, constantInit(file, operand), depth + 1) ?? HOLE;
  return `${part(node.left)}${part(node.right)}`;
}
