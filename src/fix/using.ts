/** Edits that let a declaration give back what it declares. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { arrange, type TextChange } from './edit.js';
import { removeStatement } from './remove-statement.js';

/**
 * Turns a `const` into `await using`, and takes out the statements that gave the value back so far.
 *
 * @returns null if a comment would be lost.
 */
export function declareWithUsing(
  sourceCode: TSESLint.SourceCode,
  declaration: TSESTree.VariableDeclaration,
  removed: readonly TSESTree.Statement[],
): readonly TextChange[] | null {
  const start = declaration.range[0];
  const changes: TextChange[] = [{ range: [start, start + declaration.kind.length], text: 'await using' }];
  for (const statement of removed) {
    const change = removeStatement(sourceCode, statement);
    if (!change) return null;
    changes.push(change);
  }
  return arrange(changes);
}
