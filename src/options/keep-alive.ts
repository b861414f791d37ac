/** Clients and calls that open a connection for every request. */
import { entriesAbout } from '../catalog/option-index.js';
import type { ConnectionPerRequest, KeepAlive } from '../catalog/descriptor.js';
import { unwrap } from '../ast/nodes.js';
import { conditionHolds } from '../resolve/conditions.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { lookUpArgument, type Absent, type Given, type Lookup } from './lookup.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';
import { valuesOf } from './values.js';

/** A client or call without keep-alive. */
export type ClosedConnection = { readonly call: ConfiguredCall } & (
  | { readonly kind: 'asked'; readonly entry: ConnectionPerRequest; readonly given: Given; readonly property: string }
  | { readonly kind: 'off'; readonly fact: KeepAlive; readonly given: Given }
  | { readonly kind: 'left-out'; readonly fact: KeepAlive; readonly absent: Absent; readonly argument: number }
);

/** All of a file, in source order. */
export const closedConnectionsOf = perFile((file: SourceFile): readonly ClosedConnection[] =>
  configuredCallsOf(file).flatMap((call) =>
    isSubclass(file, call) ? [] : (askedFor(file, call) ?? notKept(file, call) ?? []),
  ),
);

/** Is it a class of the file that extends one of the library's? What its constructor passes on is its own business. */
export function isSubclass(file: SourceFile, { node }: ConfiguredCall): boolean {
  const callee = unwrap(node.callee);
  if (callee.type === 'ClassExpression') return true;
  const variable = callee.type === 'Identifier' ? originsOf(file).variable(callee) : null;
  return (
    variable?.defs.some(
      (definition) =>
        definition.type === 'ClassName' || (definition.type === 'Variable' && definition.node.init?.type === 'ClassExpression'),
    ) ?? false
  );
}

function askedFor(file: SourceFile, call: ConfiguredCall): ClosedConnection | null {
  for (const entry of entriesAbout(call.library.connectionPerRequest, call)) {
    for (const condition of entry.when) {
      if (!('property' in condition) || !conditionHolds(file, call.node, condition)) continue;
      const given = lookUpArgument(file, call.node, [condition.argument], [condition.property]);
      if (given.found === 'yes' && given.property) return { kind: 'asked', call, entry, given, property: condition.property };
    }
  }
  return null;
}

function notKept(file: SourceFile, call: ConfiguredCall): ClosedConnection | null {
  for (const { fact, given, argument } of keepAliveOf(file, call)) {
    if (given.found === 'yes' && isOff(file, given)) return { kind: 'off', call, fact, given };
    if (given.found === 'no' && !fact.default) return { kind: 'left-out', call, fact, absent: given, argument };
  }
  return null;
}

function keepAliveOf(
  file: SourceFile,
  call: ConfiguredCall,
): readonly { readonly fact: KeepAlive; readonly given: Lookup; readonly argument: number }[] {
  const { called } = call;
  if (!called) return [];
  return (call.library.keepAlive ?? [])
    .filter(({ of, unless }) => {
      const isOther = unless?.some((condition) => conditionHolds(file, call.node, condition)) ?? false;
      return !isOther && (of === undefined || of.includes(called.api));
    })
    .map((fact) => {
      const argument = fact.argument ?? 0;
      return { fact, argument, given: lookUpArgument(file, call.node, [argument], [fact.option]) };
    });
}

function isOff(file: SourceFile, { value }: Given): boolean {
  const values = valuesOf(file, value);
  return values.length > 0 && values.every((found) => found.value === false);
}

/** Does the client keep connections between requests? What cannot be read proves nothing. */
export function keepsConnections(file: SourceFile, call: ConfiguredCall): boolean {
  return keepAliveOf(file, call).every(({ fact, given }) => {
    if (given.found !== 'yes') return fact.default;
    const values = valuesOf(file, given.value);
    return values.length > 0 && values.every(({ value }) => (value === undefined ? fact.default : Boolean(value)));
  });
}
