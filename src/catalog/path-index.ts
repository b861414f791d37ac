/** Which entries of a descriptor's list lie at some steps from its module. */
import { compilePath, matchesModule, matchesPath, plainModule, type Step } from './api-path.js';
import type { ApiPath } from './descriptor.js';

interface Entry {
  readonly api: ApiPath;
  /** Specifiers to which the entry is limited. */
  readonly modules?: readonly string[] | undefined;
}

// Every call of a client asks every list, and nearly always the answer is none: the last step alone says so.
class PathIndex<T extends Entry> {
  readonly #byLast = new Map<Step, { readonly entry: T; readonly position: number }[]>();
  readonly #any: { readonly entry: T; readonly position: number }[] = [];

  constructor(entries: readonly T[]) {
    for (const [position, entry] of entries.entries()) {
      const lasts = compilePath(entry.api).map(({ last }) => last);
      if (lasts.includes(null)) {
        this.#any.push({ entry, position });
        continue;
      }
      for (const last of new Set(lasts.flatMap((names) => names ?? []))) {
        const list = this.#byLast.get(last);
        if (list) list.push({ entry, position });
        else this.#byLast.set(last, [{ entry, position }]);
      }
    }
  }

  at(module: string, steps: readonly Step[]): readonly T[] {
    const named = this.#byLast.get(steps.at(-1) ?? '');
    if (!named && this.#any.length === 0) return NONE;
    const candidates = [...(named ?? NONE), ...this.#any].sort((a, b) => a.position - b.position);
    return candidates
      .map(({ entry }) => entry)
      .filter(({ api, modules }) => fitsModule(modules, module) && matchesPath(api, steps));
  }
}

const NONE: readonly never[] = [];

// Descriptors do not change: what was made of a list stays true of it.
const indexes = new WeakMap<readonly Entry[], PathIndex<Entry>>();

/** Entries of a list that lie exactly at these steps, in the order of the list. */
export function entriesAt<T extends Entry>(
  entries: readonly T[] | undefined,
  module: string,
  steps: readonly Step[],
): readonly T[] {
  if (!entries || entries.length === 0) return NONE;
  let index = indexes.get(entries) as PathIndex<T> | undefined;
  if (!index) indexes.set(entries, (index = new PathIndex(entries)));
  return index.at(module, steps);
}

/** Is an entry that is limited to some specifiers about this module? */
export function fitsModule(modules: readonly string[] | undefined, module: string): boolean {
  return modules === undefined || modules.some((name) => matchesModule(plainModule(name), plainModule(module)));
}
