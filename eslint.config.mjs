// @ts-check
import eslintPlugin from 'eslint-plugin-eslint-plugin';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Which layers a layer may import, with itself; the reasons stand in docs/architecture.md. */
const LAYERS = {
  ast: ['ast'],
  catalog: ['catalog'],
  resolve: ['ast', 'catalog', 'resolve', 'settings'],
  scope: ['ast', 'catalog', 'resolve', 'scope', 'settings'],
  lifetime: ['ast', 'catalog', 'lifetime', 'resolve', 'settings'],
  options: ['ast', 'catalog', 'options', 'resolve', 'settings'],
  fix: ['ast', 'catalog', 'fix'],
  report: ['ast', 'catalog', 'lifetime', 'options', 'report', 'resolve'],
  repair: ['ast', 'catalog', 'fix', 'lifetime', 'options', 'repair', 'resolve', 'scope', 'settings'],
};

const ALL = Object.keys(LAYERS);

export default defineConfig(
  {
    ignores: ['dist/', 'docs/sample-service/', 'test/silent/services/', 'test/fixtures/', 'test/**/.tmp-*/', 'coverage/'],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: false,
        project: ['./tsconfig.json', './test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Node types are compared as strings: the enum would have to be loaded at run time.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['rules/**/*.ts'],
    extends: [eslintPlugin.configs.recommended],
    // Suggestions are attached by the fix layer, which decides per report.
    rules: { 'eslint-plugin/require-meta-has-suggestions': 'off' },
  },
  {
    // Loading the root of the utils package loads ESLint itself: slow, and impossible under oxlint and in a browser.
    files: ['src/**/*.ts', 'rules/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ name: '@typescript-eslint/utils', message: 'Import a subpath at run time.', allowTypeImports: true }] },
      ],
    },
  },
  ...Object.entries(LAYERS).map(([layer, allowed]) => ({
    files: [`src/${layer}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [{ name: '@typescript-eslint/utils', message: 'Import a subpath at run time.', allowTypeImports: true }],
          patterns: [
            {
              group: ALL.filter((other) => !allowed.includes(other)).map((other) => `**/${other}/**`),
              message: `The layer ${layer} does not know that one (docs/architecture.md).`,
            },
            { group: ['**/rules/**', '**/cli/**'], message: 'Layers do not know rules or the runner.' },
          ].filter(({ group }) => group.length > 0),
        },
      ],
    },
  })),
  {
    files: ['rules/*.ts'],
    ignores: ['rules/index.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [{ name: '@typescript-eslint/utils', message: 'Import a subpath at run time.', allowTypeImports: true }],
          patterns: [
            { regex: '^\\./', message: 'Rules do not know each other.' },
            { group: ['**/catalog/libraries/**', '**/catalog/frameworks/**', '**/cli/**'], message: 'Rules know no library.' },
          ],
        },
      ],
    },
  },
);
