/** Clients that open any number of connections, because nobody said otherwise. */
import type { Limit } from '../catalog/descriptor.js';
import { boundedText } from '../catalog/options.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { optionOf, placesOf } from './given.js';
import { isSubclass } from './keep-alive.js';
import type { Absent } from './lookup.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';

/** A creation without a limit. */
export interface UnlimitedClient {
  readonly call: ConfiguredCall;
  /** Limits, any of which would do. */
  readonly limits: readonly Limit[];
  /** What is not limited, in words. */
  readonly what: string;
  /** Where the first of them can be added. */
  readonly absent: Absent;
  readonly argument: number;
}

/** All of a file, in source order. */
export const unlimitedClientsOf = perFile((file: SourceFile): readonly UnlimitedClient[] =>
  configuredCallsOf(file).flatMap((call) => {
    if (!call.creator || isSubclass(file, call)) return [];
    const taken = (call.library.limits ?? []).filter(
      ({ bounds, ...limit }) => (bounds === 'connections' || bounds === 'per-host') && placesOf(file, call, limit).length > 0,
    );
    const lookups = taken.map((limit) => ({ limit, lookup: optionOf(file, call, limit) }));
    const open = lookups.filter(({ limit }) => limit.default === 'unlimited');
    const [first] = open;
    // One limit is enough: on all connections, or on those to each host.
    if (!first || lookups.some(({ limit, lookup }) => lookup.found !== 'no' || typeof limit.default === 'number')) return [];
    const { limit, lookup } = first;
    const argument = placesOf(file, call, limit)[0]?.positions.find((position) => position >= call.node.arguments.length);
    if (lookup.found !== 'no') return [];
    return [
      { call, limits: open.map((entry) => entry.limit), what: boundedText(limit), absent: lookup, argument: argument ?? -1 },
    ];
  }),
);
