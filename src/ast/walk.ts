import type { TSESLint } from '@typescript-eslint/utils';
import type { Node } from './nodes.js';

/**
 * Visits `root` and everything below it in source order.
 *
 * @param enter Called with each node; `false` leaves its children out.
 */
export function walk(
  root: Node,
  visitorKeys: TSESLint.SourceCode['visitorKeys'],
  enter: (node: Node) => boolean | undefined,
): void {
  if (enter(root) === false) return;
  for (const key of visitorKeys[root.type] ?? []) {
    const child = (root as unknown as Record<string, unknown>)[key];
    if (Array.isArray(child)) {
      for (const item of child) if (isNode(item)) walk(item, visitorKeys, enter);
    } else if (isNode(child)) walk(child, visitorKeys, enter);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
