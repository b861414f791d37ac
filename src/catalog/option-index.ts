/** Which facts about options a call can be about, found by its place and not by asking each of them. */
import type { Step } from './api-path.js';
import type { ApiPath, Creator, LibraryDescriptor, Limit, Subject, Timeout } from './descriptor.js';
import { entriesAt, fitsModule } from './path-index.js';

/** What is called, and what it makes. */
export interface Called {
  readonly creator: Creator | null;
  readonly module: string;
  readonly steps: readonly Step[];
}

interface At<T> {
  readonly api: ApiPath;
  readonly modules?: readonly string[] | undefined;
  readonly entry: T;
}

const NONE: readonly never[] = [];

// Descriptors do not change: what was made of a list stays true of it.
const numbers = new WeakMap<LibraryDescriptor, readonly (Limit | Timeout)[]>();
const places = new WeakMap<LibraryDescriptor, readonly At<Limit | Timeout>[]>();
const calls = new WeakMap<readonly Subject[], readonly At<Subject>[]>();

/** The limits and times of a library. */
export function numberFactsOf(library: LibraryDescriptor): readonly (Limit | Timeout)[] {
  let facts = numbers.get(library);
  if (!facts) numbers.set(library, (facts = [...(library.limits ?? []), ...(library.timeouts ?? [])]));
  return facts;
}

/** Those of them that the call may take, by its place alone. */
export function numberFactsAt(library: LibraryDescriptor, { creator, module, steps }: Called): readonly (Limit | Timeout)[] {
  const facts = numberFactsOf(library);
  let known = places.get(library);
  if (!known) {
    known = facts.flatMap((entry) =>
      (entry.at ?? []).map(({ api, modules }) => ({ api, modules: modules ?? entry.modules, entry })),
    );
    places.set(library, known);
  }
  const byCall = entriesAt(known, module, steps).map(({ entry }) => entry);
  if (!creator) return byCall;
  return facts.filter((fact) => fact.of === undefined || fact.of.includes(creator.api) || byCall.includes(fact));
}

/** The entries of a list that are about the call. */
export function entriesAbout<T extends Subject>(entries: readonly T[] | undefined, called: Called): readonly T[] {
  if (!entries || entries.length === 0) return NONE;
  let known = calls.get(entries) as readonly At<T>[] | undefined;
  if (!known) {
    known = entries.flatMap((entry) => (entry.calls ?? []).map((api) => ({ api, modules: entry.modules, entry })));
    calls.set(entries, known);
  }
  const { creator, module, steps } = called;
  const byCall = entriesAt(known, module, steps).map(({ entry }) => entry);
  if (!creator) return byCall.length > 1 ? [...new Set(byCall)] : byCall;
  return entries.filter((entry) => {
    const { calls: apis, modules, of } = entry;
    if (byCall.includes(entry)) return true;
    return fitsModule(modules, module) && (of ? of.includes(creator.api) : apis === undefined);
  });
}
