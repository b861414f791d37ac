/** What becomes of a value that has to be given back. */
import type { Node } from '../ast/nodes.js';

/** How a value leaves the function that took it, so that giving it back is somebody else's. */
export type Escape = 'captured' | 'passed' | 'returned' | 'stored';

/**
 * A way out of the function on which the value is still held.
 *
 * - `return`, `throw`: a written statement. `end`: the end of the function or callback.
 * - `exception`: a call or `await` that may throw.
 * - `overwritten`: the only name of the value gets another one.
 * - `event`: giving back depends on an event that may never come.
 */
export interface Exit {
  readonly node: Node;
  readonly kind: 'end' | 'event' | 'exception' | 'overwritten' | 'return' | 'throw';
}

/** The outcome over all paths. Only the three with exits are worth a report. */
export type Outcome =
  | { readonly kind: 'always' }
  /** Given back on every written path, but not when one of these throws. */
  | { readonly kind: 'unless-throws'; readonly exits: readonly Exit[] }
  /** Given back on some written paths and not on these. */
  | { readonly kind: 'some-paths'; readonly exits: readonly Exit[] }
  | { readonly kind: 'never'; readonly exits: readonly Exit[] }
  | { readonly kind: 'escapes'; readonly how: Escape }
  /** Something was done with it that cannot be followed. */
  | { readonly kind: 'unknown' };
