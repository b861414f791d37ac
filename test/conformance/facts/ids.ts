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
  return factEntries(library).flatMap(({ ids }) => ids);
}

/** The entries of the descriptor with the names of what they say. */
export function factEntries(
  library: LibraryDescriptor,
): readonly { readonly entry: object; readonly ids: readonly string[] }[] {
  const seen = new Map<string, number>();
  const numbered = (name: string): string => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}#${String(count)}`;
  };
  const named = <T extends object>(entries: readonly T[] | undefined, name: (entry: T) => string) =>
    (entries ?? []).map((entry) => ({ entry, ids: [numbered(name(entry))] }));
  const options = [...(library.limits ?? []), ...(library.timeouts ?? [])].map((fact) => {
    const name = numbered(fact.option);
    return { entry: fact, ids: aspects(fact).map((aspect) => `${name}: ${aspect}`) };
  });
  return [
    ...options,
    ...named(library.waits, (wait) => `wait for ${wait.for}`),
    ...named(library.relations, ({ kind, left, right }) => `relation ${left} ${kind} ${right}`),
    ...named(library.recycling, () => 'recycling'),
    ...named(library.ignored, ({ option }) => `ignored ${option}`),
    ...named(library.connectionPerRequest, () => 'per request'),
    ...named(library.keepAlive, ({ option }) => `keep-alive ${option}`),
    ...(library.connectionStrings ?? []).flatMap(({ ignored, parameters }) => [
      ...named(parameters, ({ name }) => `parameter ${name}`),
      ...named(ignored, ({ name }) => `ignored parameter ${name}`),
    ]),
  ];
}

/**
 * What the descriptor says about the clients it makes: for each creator `Pool: connects`, `Pool: close`, `Pool: dispose` and
 * `Pool: error event`, the last two where it says something, and `holds process` for the library. Creators of one name are numbered.
 */
export function creatorIds(library: LibraryDescriptor): readonly string[] {
  const seen = new Map<string, number>();
  const ids = library.creators.flatMap(({ api, dispose, errorEvent }) => {
    const count = (seen.get(api) ?? 0) + 1;
    seen.set(api, count);
    const name = count === 1 ? api : `${api}#${String(count)}`;
    return [
      `${name}: connects`,
      `${name}: close`,
      ...(dispose ? [`${name}: dispose`] : []),
      ...(errorEvent ? [`${name}: error event`] : []),
    ];
  });
  return library.holdsProcess === 'unknown' ? ids : [...ids, 'holds process'];
}

function aspects(fact: Limit | Timeout): readonly string[] {
  const values = UNUSUAL.filter((value) => fact[value] !== undefined);
  return ['default', ...values, ...('needs' in fact ? ['needs'] : [])];
}
