import type { TSESTree } from '@typescript-eslint/utils';

/** The directives at the head of a file (`use strict`, `use server`). */
export function directivesOf(program: TSESTree.Program): readonly string[] {
  const directives: string[] = [];
  for (const statement of program.body) {
    if (statement.type !== 'ExpressionStatement' || statement.directive === undefined) break;
    directives.push(statement.directive);
  }
  return directives;
}
