import { matchesPath, type Step } from '../../../src/catalog/api-path.js';
import type { ApiPath } from '../../../src/catalog/descriptor.js';

/**
 * The entry of a descriptor that speaks of an API.
 *
 * @param steps the way to the API from the module, as {@link matchesPath} reads it
 * @param module the module it is reached from, where the library has several that differ
 * @throws if there is none: what is tested here has to stand in the catalog.
 */
export function entryFor<T extends { readonly api: ApiPath; readonly modules?: readonly string[] }>(
  entries: readonly T[] | undefined,
  steps: readonly Step[],
  module?: string,
): T {
  const found = entries?.find(
    ({ api, modules }) => matchesPath(api, steps) && (module === undefined || !modules || modules.includes(module)),
  );
  if (!found) throw new Error(`The catalog has no entry for ${steps.join('.')}.`);
  return found;
}
