/** How many connections the pools of a file open, given or by default. */
import type { ServerFamily } from '../catalog/descriptor.js';
import type { Node } from '../ast/nodes.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { connectionsOf } from './amounts.js';
import { givenParametersOf } from './connection-strings.js';
import { optionOf, placesOf } from './given.js';
import { familyOf } from './sizing.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';

/** The size of a pool. */
export interface PoolSize {
  readonly call: ConfiguredCall;
  readonly connections: number;
  readonly family: ServerFamily;
  readonly option: string;
  /** The property or the connection string that gives it, else the creation. */
  readonly node: Node;
}

/** All of a file whose server is known, in source order. */
export const poolSizesOf = perFile((file: SourceFile): readonly PoolSize[] => {
  const byUrl = givenParametersOf(file).flatMap(({ call, fact, name, node, parameter, value }): PoolSize[] => {
    const connections = Number(value);
    const isSize = parameter && fact && 'bounds' in fact && (fact.bounds === 'connections' || fact.bounds === 'per-host');
    const family = isSize ? familyOf(file, call, fact) : null;
    return family && connections > 0 ? [{ call, connections, family, option: `?${name}=${value}`, node }] : [];
  });
  const byOption = configuredCallsOf(file).flatMap((call) => {
    const sizes = connectionsOf(file, call).flatMap(({ fact, given, value }): PoolSize[] => {
      const family = familyOf(file, call, fact);
      if (!family || !Number.isFinite(value)) return [];
      return [{ call, connections: value, family, option: fact.option, node: given?.property ?? given?.value ?? call.node }];
    });
    // A default holds where the size is given in no way, and once.
    const given = sizes.filter(({ node }) => node !== call.node);
    if (given.length > 0 || byUrl.some((size) => size.call.node === call.node)) return given;
    return isGivenOtherwise(file, call) ? [] : sizes.slice(0, 1);
  });
  return [...byUrl, ...byOption].sort((a, b) => a.node.range[0] - b.node.range[0]);
});

// By one of several options for it, whose value is not known.
function isGivenOtherwise(file: SourceFile, call: ConfiguredCall): boolean {
  return (call.library.limits ?? []).some(
    (limit) =>
      (limit.bounds === 'connections' || limit.bounds === 'per-host') &&
      familyOf(file, call, limit) !== null &&
      placesOf(file, call, limit).length > 0 &&
      optionOf(file, call, limit).found !== 'no',
  );
}
