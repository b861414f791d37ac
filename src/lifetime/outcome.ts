/** What becomes of a value that has to be given back. */
import { isFunction, type Node } from '../ast/nodes.js';
import { constantInit } from '../resolve/conditions.js';
import type { SourceFile } from '../resolve/source-file.js';
import { looksAtSize } from './status.js';
import type { Values } from './values.js';
import { identifiersWithin } from './within.js';

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
  /** It is held only where its status was seen to be bad. */
  readonly failed: boolean;
  /** It is held only where something failed before that may fail anywhere, and was caught. */
  readonly rescued: boolean;
  /** It is held on every way that comes here. */
  readonly sure: boolean;
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

/**
 * Is it the exit for a bad status: a `throw`, a way out that comes only where the status was seen to be bad, or one in a `catch`? What is
 * refused for its size is none.
 *
 * @param values The response.
 */
export function isErrorExit(file: SourceFile, { node, kind, failed }: Exit, { values }: { readonly values: Values }): boolean {
  if (failed) return true;
  for (let current = node; current.parent && !isFunction(current); current = current.parent) {
    const { parent } = current;
    if (parent.type === 'CatchClause') return true;
    if (kind === 'throw' && parent.type === 'IfStatement' && isAboutSize(file, parent.test, values)) return false;
  }
  return kind === 'throw';
}

function isAboutSize(file: SourceFile, test: Node, values: Values): boolean {
  if (looksAtSize(test, values)) return true;
  return identifiersWithin(file, test).some((id) => {
    const init = constantInit(file, id);
    return init !== id && looksAtSize(init, values);
  });
}
