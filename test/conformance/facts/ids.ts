/** Names for the facts of the catalog about options, so that a check can say which of them it asserts. */
import type { LibraryDescriptor, Limit, Timeout } from '../../../src/catalog/descriptor.js';
import { UNUSUAL } from '../../../src/catalog/options.js';

/**
 * Every fact of a library about its options, in the order of the descriptor.
 *
 * - `max: default`, `max: zero`, …: what an option of `limits` or `timeouts` is and does; `max: needs` for what must stand beside it.
 * - `wait for request`, `relation min at-most max`, `recycling`, `ignored timeout`, `per request`, `keep-alive keepAlive`,
 *   `parameter max`, `ignored parameter max`: the entry of that list.
 *
 * Where a library has several entries of one name, the second and later ones have a number behind it: `max#2: default`.
 */
export function factIds(library: LibraryDescriptor): readonly string[] {
  const seen = new Map<string, number>();
  const numbered = (name: string): string => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${String(count)}`;
  };
  const options = [...(library.limits ?? []), ...(library.timeouts ?? [])].flatMap((fact) => {
    const name = numbered(fact.option);
    return aspects(fact).map((aspect) => `${name}: ${aspect}`);
  });
  return [
    ...options,
    ...(library.waits ?? []).map((wait) => numbered(`wait for ${wait.for}`)),
    ...(library.relations ?? []).map(({ kind, left, right }) => numbered(`relation ${left} ${kind} ${right}`)),
    ...(library.recycling ?? []).map(() => numbered('recycling')),
    ...(library.ignored ?? []).map(({ option }) => numbered(`ignored ${option}`)),
    ...(library.connectionPerRequest ?? []).map(() => numbered('per request')),
    ...(library.keepAlive ?? []).map(({ option }) => numbered(`keep-alive ${option}`)),
    ...(library.connectionStrings ?? []).flatMap(({ ignored, parameters }) => [
      ...parameters.map(({ name }) => numbered(`parameter ${name}`)),
      ...ignored.map(({ name }) => numbered(`ignored parameter ${name}`)),
    ]),
  ];
}

function aspects(fact: Limit | Timeout): readonly string[] {
  const values = UNUSUAL.filter((value) => fact[value] !== undefined);
  return ['default', ...values, ...('needs' in fact ? ['needs'] : [])];
}
