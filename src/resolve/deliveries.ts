/** What a call of the catalog hands to a node-style callback: `pool.getConnection((error, connection) => …)`. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL } from '../catalog/api-path.js';
import type { CheckoutCallback } from '../catalog/descriptor.js';
import { entriesAt } from '../catalog/path-index.js';
import type { Node } from '../ast/nodes.js';
import type { Origin } from './module-path.js';
import type { SourceFile } from './source-file.js';

/** A callback among the arguments of a call, and what it receives. */
export interface CallbackDelivery {
  readonly callback: Node;
  /** Which of its parameters. */
  readonly parameter: number;
  /** Where that comes from: the call itself. */
  readonly origin: Origin;
}

/**
 * The callback to which the call delivers what it takes out.
 *
 * @param callee Where the function called comes from.
 */
export function deliveryOf(file: SourceFile, call: TSESTree.CallExpression, callee: Origin): CallbackDelivery | null {
  for (const library of file.settings.catalog.librariesOf(callee.module)) {
    for (const { callback } of entriesAt(library.checkouts, callee.module, callee.steps))
      if (callback) return delivered(call, callee, callback);
  }
  return null;
}

function delivered(
  call: TSESTree.CallExpression,
  callee: Origin,
  { argument, parameter }: CheckoutCallback,
): CallbackDelivery | null {
  const callback = call.arguments.at(argument);
  return callback ? { callback, parameter, origin: { module: callee.module, steps: [...callee.steps, CALL] } } : null;
}
