import type { Node } from '../ast/nodes.js';
import type { CreationSite } from '../resolve/creations.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { Dependencies } from './dependencies.js';
import { keepingOf } from './options.js';
import { leakingCheckouts, usagesOf } from './usages.js';

/** Why a person should look before one client serves every request. */
export type Caution =
  | 'depends-on-call'
  | 'depends-on-variable'
  | 'keep-alive-unseen'
  | 'keeps-promise'
  | 'leaks-checkout'
  | 'passed-on'
  | 'returned'
  | 'runs-at-startup'
  | 'stored'
  | 'unread-statement';

/** May one client serve every request? */
export interface Sharing {
  /** False: it is tied to the request, changed by it, or used in a way that cannot be followed. */
  readonly possible: boolean;
  readonly cautions: readonly Caution[];
  /** The checkout that may not be given back. */
  readonly leak: Node | null;
  /** The option without which the shared client would open a connection for each request all the same. */
  readonly missing: { readonly option: string; readonly argument: number } | null;
}

const NO: Sharing = { possible: false, cautions: [], leak: null, missing: null };

/**
 * Whether one client, made once, can stand where one per request is made now.
 *
 * @param dependencies Of the expression that would move.
 * @param runsAtStartup The construction also runs when the process starts.
 */
export function sharingOf(file: SourceFile, site: CreationSite, dependencies: Dependencies, runsAtStartup: boolean): Sharing {
  const usages = usagesOf(file, site);
  if (TIED.has(dependencies.kind)) return NO;
  if (usages.unclear || usages.changed.length > 0 || usages.transferred.length > 0) return NO;
  if (site.creator.makes === 'consumer' || site.creator.makes === 'connection') return NO;
  // One that opens a connection for each request saves nothing by being shared.
  const keeping = keepingOf(file, site);
  if (keeping.kind === 'closed') return NO;
  const cautions: Caution[] = [];
  if (dependencies.kind === 'call') cautions.push('depends-on-call');
  if (dependencies.kind === 'mutable') cautions.push('depends-on-variable');
  if (keeping.kind === 'unseen') cautions.push('keep-alive-unseen');
  if (keepsPromise(file, site)) cautions.push('keeps-promise');
  if (usages.passed.length > 0) cautions.push('passed-on');
  if (usages.handedOut) cautions.push('returned');
  if (usages.stored.length > 0) cautions.push('stored');
  if (runsAtStartup) cautions.push('runs-at-startup');
  const [leak = null] = leakingCheckouts(file, site);
  if (leak) cautions.push('leaks-checkout');
  return { possible: true, cautions, leak, missing: keeping.kind === 'forgotten' ? keeping : null };
}

const TIED: ReadonlySet<string> = new Set(['awaited', 'instance', 'local', 'request']);

/**
 * Is it the promise of an opened client that has to be kept? So where the creator gives a promise, and where the client is opened by a
 * method that may be called only once.
 */
export function keepsPromise(file: SourceFile, site: CreationSite): boolean {
  const { connect, returnsPromise } = site.creator;
  if (returnsPromise) return true;
  return connect !== undefined && !connect.repeatable && (connect.required || usagesOf(file, site).connects.length > 0);
}
