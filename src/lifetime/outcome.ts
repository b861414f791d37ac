/** What becomes of a value that has to be given back. */
import { contains, isFunction, type Node } from '../ast/nodes.js';
import type { Values } from './values.js';

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

/**
 * Is it the exit for a bad status: a `throw`, or a way out in a branch whose condition looks at the response, or in a `catch`?
 *
 * @param values The response.
 */
export function isErrorExit({ node, kind }: Exit, { values }: { readonly values: Values }): boolean {
  if (kind === 'throw' || (kind === 'return' && decidesIn(node, values))) return true;
  let child = node;
  for (let parent = node.parent; parent && !isFunction(parent); child = parent, parent = parent.parent) {
    if (parent.type === 'CatchClause') return true;
    if (parent.type === 'IfStatement' && child !== parent.test && looksAt(parent.test, values)) return true;
    if (parent.type === 'SwitchCase' && looksAt(parent.parent.discriminant, values)) return true;
  }
  return false;
}

function looksAt(test: Node, values: Values): boolean {
  for (const [node, path] of values.entries) if (path.length > 0 && contains(test, node)) return true;
  return false;
}

// `return res.ok ? res.json() : null`
function decidesIn(root: Node, values: Values): boolean {
  for (const [node, path] of values.entries) {
    if (path.length === 0 || !contains(root, node)) continue;
    let child = node;
    for (let parent = node.parent; parent && parent !== root.parent; child = parent, parent = parent.parent) {
      if (parent.type === 'ConditionalExpression' && parent.test === child) return true;
      if (parent.type === 'LogicalExpression' && parent.left === child) return true;
    }
  }
  return false;
}
