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
  const keys = visitorKeys[root.type];
  if (!keys) return;
  const children = root as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>;
  for (const key of keys) {
    const child = children[key];
    if (!child) continue;
    if (isList(child)) {
      for (const item of child) if (item) walk(item, visitorKeys, enter);
    } else walk(child, visitorKeys, enter);
  }
}

function isList(child: Node | readonly (Node | null)[]): child is readonly (Node | null)[] {
  return Array.isArray(child);
}
