import { contains, walkStatements, type Node } from '../ast/nodes.js';

/**
 * Is the construction a new attempt in a loop that ends with the first success (`for (;;) { try { …; break; } catch {} }`)? A client
 * that failed to connect cannot be used again, so each attempt needs its own.
 *
 * @param loop The loop around it, if there is one.
 */
export function isRepeatedAttempt(node: Node, loop: Node | null): boolean {
  if (!loop || !('body' in loop) || Array.isArray(loop.body) || !loop.body || typeof loop.body === 'string') return false;
  let found = false;
  walkStatements(loop.body, (statement) => {
    if (statement.type !== 'TryStatement' || !contains(statement.block, node)) return;
    walkStatements(statement.block, (inner) => {
      if (inner.type === 'BreakStatement' || inner.type === 'ReturnStatement') found = true;
    });
  });
  return found;
}
