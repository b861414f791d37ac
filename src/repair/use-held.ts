import { unwrap } from '../ast/nodes.js';
import type { Safety, TextChange } from '../fix/edit.js';
import type { Holding, PoolUse } from '../lifetime/pool-uses.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/** An edit that runs a statement on the connection that is held. */
export interface UseHeld {
  readonly safety: Safety;
  readonly changes: () => readonly TextChange[] | null;
}

/**
 * The edit that calls the same method on the held connection. Safe where nothing else than the connection changes: for a connection
 * taken by hand, outside of a transaction the statement sees the same data.
 *
 * @returns null where the held connection has no name here, or where the pool's own interface is another one.
 */
export function useHeldConnection(file: SourceFile, use: PoolUse, holding: Holding): UseHeld | null {
  const { name } = holding;
  if (use.kind !== 'shortcut' || name === null || holding.option !== null) return null;
  const { pool } = use;
  if (pool.type !== 'Identifier' && pool.type !== 'MemberExpression') return null;
  const [variable] = holding.variables;
  let visible = false;
  for (let scope = variable ? file.sourceCode.getScope(pool) : null; scope; scope = scope.upper) {
    const found = scope.set.get(name);
    if (found) {
      visible = found === variable;
      break;
    }
  }
  if (!visible || originsOf(file).of(unwrap(pool)) === null) return null;
  return { safety: 'suggest', changes: () => [{ range: pool.range, text: name }] };
}
