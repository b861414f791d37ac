import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { TextChange } from './edit.js';

/** Takes one more property out of an object that is taken apart. */
export function addToPattern(
  sourceCode: TSESLint.SourceCode,
  pattern: TSESTree.ObjectPattern,
  name: string,
): readonly TextChange[] {
  const last = pattern.properties.at(-1);
  if (!last) return [];
  // Each on a line of its own, as the others.
  const before = sourceCode.text.slice(pattern.range[0] + 1, pattern.properties[0]?.range[0]);
  const gap = /\r?\n[ \t]*$/u.exec(before)?.[0] ?? ' ';
  return [{ range: [last.range[1], last.range[1]], text: `,${gap}${name}` }];
}
