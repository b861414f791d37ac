/** Asks the layers about a piece of code without going through a rule. */
import parser from '@typescript-eslint/parser';
import type { TSESTree } from '@typescript-eslint/utils';
import { Linter, type Rule } from 'eslint';
import { walk } from '../../src/ast/walk.js';
import { SourceFile, type RuleContextLike } from '../../src/resolve/source-file.js';
import type { PoolSettings } from '../../src/settings.js';

const linter = new Linter({ cwd: '/project' });

/**
 * Parses a piece of code and hands the analysis object to `ask`.
 *
 * @param filename Path below the project's root.
 * @throws whatever `ask` throws, and an error for code that does not parse.
 */
export function inspect<T>(
  code: string,
  ask: (file: SourceFile) => T,
  { filename = 'src/file.ts', settings = {} }: { readonly filename?: string; readonly settings?: PoolSettings } = {},
): T {
  const answers: T[] = [];
  const failures: unknown[] = [];
  const rule: Rule.RuleModule = {
    create: (context) => ({
      'Program:exit'() {
        try {
          answers.push(ask(new SourceFile(context as unknown as RuleContextLike)));
        } catch (error) {
          failures.push(error);
        }
      },
    }),
  };
  const [message] = linter.verify(
    code,
    [
      {
        files: ['**/*'],
        languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: /x$/u.test(filename) } } },
        plugins: { test: { rules: { inspect: rule } } },
        rules: { 'test/inspect': 'error' },
        settings: { pool: settings },
      },
      { files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'] },
    ],
    { filename: `/project/${filename}` },
  );
  if (failures.length > 0) throw failures[0] as Error;
  if (answers.length === 0) throw new Error(message?.message ?? 'the code was not looked at');
  return answers[0] as T;
}

/** The first call of a function of that name (`HERE()`). */
export function callOf(file: SourceFile, name: string): TSESTree.CallExpression {
  let found: TSESTree.CallExpression | undefined;
  walk(file.ast, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === name) found ??= node;
    return found === undefined;
  });
  if (!found) throw new Error(`no call of ${name}`);
  return found;
}
