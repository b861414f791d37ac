/** Runs the plugin on a piece of code, as ESLint would on a file. */
import parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import plugin from '../../src/index.js';
import type { PoolSettings } from '../../src/settings.js';

export interface LintOptions {
  /** Path below the root of an imaginary project. */
  readonly filename?: string;
  readonly settings?: PoolSettings;
  /** Rule names without prefix; all rules if left out. */
  readonly rules?: readonly string[];
  /** Options given to each of the rules. */
  readonly options?: readonly unknown[];
}

const linter = new Linter({ cwd: '/' });

function configOf({ filename = 'src/file.ts', settings = {}, rules, options = [] }: LintOptions): Linter.Config[] {
  const names = rules ?? Object.keys(plugin.rules);
  const commonjs = /\.c[jt]s$/u.test(filename);
  return [
    {
      files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
      languageOptions: {
        parser,
        sourceType: commonjs ? 'commonjs' : 'module',
        parserOptions: { ecmaFeatures: { jsx: /x$/u.test(filename) } },
      },
      plugins: { pool: plugin },
      rules: Object.fromEntries(names.map((name) => [`pool/${name}`, ['error', ...options] as Linter.RuleEntry])),
      settings: { pool: settings },
    },
  ];
}

/** The messages for a piece of code. */
export function lint(code: string, options: LintOptions = {}): Linter.LintMessage[] {
  return linter.verify(code, configOf(options), { filename: `/project/${options.filename ?? 'src/file.ts'}` });
}

/** The code after all fixes have been applied until nothing changes. */
export function fixed(
  code: string,
  options: LintOptions = {},
): { readonly output: string; readonly messages: Linter.LintMessage[] } {
  const filename = `/project/${options.filename ?? 'src/file.ts'}`;
  const { output, messages } = linter.verifyAndFix(code, configOf(options), { filename });
  return { output, messages };
}
