/** Connections that a client keeps for ever. */
import { entriesAbout } from '../catalog/option-index.js';
import type { Phase, Recycling, Timeout } from '../catalog/descriptor.js';
import { effectOf } from '../catalog/options.js';
import { servers } from '../catalog/servers.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { amountOf, factFor } from './amounts.js';
import { optionOf } from './given.js';
import { isSubclass, keepsConnections } from './keep-alive.js';
import type { Given } from './lookup.js';
import { familyOf } from './sizing.js';
import { configuredCallsOf, type ConfiguredCall } from './subjects.js';
import { unusualKind, valuesOf } from './values.js';

/** A client whose unused connections nobody closes and nobody tries. */
export interface StaleConnections {
  readonly call: ConfiguredCall;
  readonly recycling: Recycling;
  /** The option that says so; null where it is the default. */
  readonly given: (Given & { readonly fact: Timeout }) | null;
  /** How many stay, and what says so, if that is not the default; null for all. */
  readonly kept: { readonly option: string; readonly count: number; readonly given: Given | null } | null;
  /** The options that would bound it. */
  readonly bounds: readonly Timeout[];
}

/** All of a file, in source order. */
export const staleConnectionsOf = perFile((file: SourceFile): readonly StaleConnections[] =>
  configuredCallsOf(file).flatMap((call) => {
    if (!call.creator || isSubclass(file, call) || !keepsConnections(file, call)) return [];
    const recycling = entriesAbout(call.library.recycling, call)[0];
    // A server that is asked, or watched, does not let a dead connection through.
    if (!recycling || recycling.validates === 'ping' || recycling.validates === 'monitor') return [];
    return judge(file, call, recycling) ?? [];
  }),
);

type Bound = 'bounded' | 'default' | 'endless' | 'unknown';

function judge(file: SourceFile, call: ConfiguredCall, recycling: Recycling): StaleConnections | null {
  const facts = recycling.boundedBy.flatMap((option): Timeout[] => {
    const fact = factFor(file, call, option);
    return fact && 'covers' in fact ? [fact] : [];
  });
  const states = facts.map((fact) => ({ fact, ...stateOf(file, call, fact) }));
  if (states.some(({ state }) => state === 'unknown')) return null;
  const has = (phase: Phase, state: Bound) =>
    states.find((entry) => entry.state === state && entry.fact.covers.includes(phase));
  // Replaced by age: it cannot get old.
  if (has('lifetime', 'bounded') || (recycling.lifetime !== 'none' && !has('lifetime', 'endless'))) return null;
  const endless = has('idle', 'endless');
  const base = { call, recycling, bounds: facts };
  if (endless?.given) return { ...base, given: { ...endless.given, fact: endless.fact }, kept: null };
  const isClosed = has('idle', 'bounded') !== undefined || recycling.idle !== 'none';
  if (!isClosed) return facts.length === 0 ? null : { ...base, given: null, kept: null };
  return keptAlive(file, call, recycling, base);
}

// Those that a minimum keeps are never idle for too long.
function keptAlive(
  file: SourceFile,
  call: ConfiguredCall,
  { keeps }: Recycling,
  base: Pick<StaleConnections, 'bounds' | 'call' | 'recycling'>,
): StaleConnections | null {
  if (typeof keeps !== 'string') return null;
  const size = (call.library.limits ?? []).find(({ bounds, servers }) => bounds === 'connections' && servers !== undefined);
  const family = size ? familyOf(file, call, size) : null;
  // A client whose one connection serves all opens it again by itself.
  if (family === null || servers[family].multiplexes) return null;
  const minimum = amountOf(file, call, keeps);
  const bounds = base.bounds.filter(({ covers }) => covers.includes('lifetime'));
  return minimum && minimum.value > 0
    ? { ...base, bounds, given: null, kept: { option: keeps, count: minimum.value, given: minimum.given } }
    : null;
}

function stateOf(
  file: SourceFile,
  call: ConfiguredCall,
  fact: Timeout,
): { readonly state: Bound; readonly given: Given | null } {
  const lookup = optionOf(file, call, fact);
  if (lookup.found === 'unknown') return { state: 'unknown', given: null };
  if (lookup.found === 'no') return { state: 'default', given: null };
  const values = valuesOf(file, lookup.value);
  const [only] = values;
  if (values.length !== 1 || only?.when !== 'always') return { state: 'unknown', given: null };
  const kind = unusualKind(only.value);
  if (kind === null) return { state: 'bounded', given: lookup };
  const effect = effectOf(fact, kind);
  if (effect?.means === 'unlimited') return { state: 'endless', given: lookup };
  return { state: effect?.means === 'default' ? 'default' : 'unknown', given: lookup };
}
