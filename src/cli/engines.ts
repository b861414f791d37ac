import * as typescriptParser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import type { PoolSettings } from '../settings.js';
import { NAMESPACE, type Preset, type RunnablePlugin } from './plugin.js';

/** What decides how files are checked. */
export interface EngineOptions {
  readonly plugin: RunnablePlugin;
  readonly preset: Preset;
  readonly settings: PoolSettings;
  readonly fix: boolean;
  /** `errors` leaves rules out that only warn; `count` runs them, and repairs nothing of theirs. */
  readonly warnings: 'count' | 'errors' | 'show';
}

/** How one text is to be checked. */
export interface EngineChoice {
  readonly root: string;
  /** `sloppy` reads what only a script may contain: `0755`, HTML comments. */
  readonly syntax: 'modern' | 'sloppy';
  readonly fix: boolean;
}

/** Gives the ESLint for a choice. */
export type Engines = (choice: EngineChoice) => ESLint;

/**
 * ESLint with the plugin and nothing of the user's: no config file, no other rule, and one instance for all files that
 * share a root.
 */
export function createEngines(options: EngineOptions): Engines {
  const engines = new Map<string, ESLint>();
  return (choice) => {
    const key = JSON.stringify([choice.root, choice.syntax, choice.fix]);
    let engine = engines.get(key);
    if (!engine) {
      engine = createEngine(options, choice);
      engines.set(key, engine);
    }
    return engine;
  };
}

function createEngine(options: EngineOptions, { root, syntax, fix }: EngineChoice): ESLint {
  const preset: readonly Linter.Config[] = [options.plugin.configs[options.preset]].flat();
  const ownRules = new Set(Object.keys(options.plugin.rules ?? {}).map((name) => `${NAMESPACE}/${name}`));
  return new ESLint({
    cwd: root,
    overrideConfigFile: true,
    overrideConfig: [
      // Whether a file is checked was decided when it was found; a named file is checked even there.
      { ignores: ['!**/node_modules/', '!.git/'] },
      // A function, because ESLint does not take `**/*` for a reason to check a file.
      { files: [() => true] as unknown as string[] },
      ...preset,
      { settings: { [NAMESPACE]: options.settings } },
      syntax === 'modern' ? MODERN : SLOPPY,
      ...(syntax === 'modern' ? [COMMONJS] : []),
    ],
    fix: fix && ((message) => options.warnings === 'show' || message.severity === 2),
    // Comments may switch on any rule of ESLint's core (`/* eslint semi: 2 */`), and would repair with it.
    ruleFilter: ({ ruleId, severity }) => ownRules.has(ruleId) && (options.warnings !== 'errors' || severity === 2),
    warnIgnored: false,
  });
}

// A comment that switches a rule off for the user's own ESLint has no use here, and need not.
const QUIET_COMMENTS = { reportUnusedDisableDirectives: 'off' } as const;

// For JavaScript too: it reads JSX, decorators, Flow's annotations and `return` at the top, all of which real code has.
const MODERN: Linter.Config = {
  languageOptions: {
    parser: typescriptParser,
    ecmaVersion: 'latest',
    sourceType: 'module',
    parserOptions: { ecmaFeatures: { jsx: true }, jsDocParsingMode: 'none', warnOnUnsupportedTypeScriptVersion: false },
  },
  linterOptions: QUIET_COMMENTS,
};

const COMMONJS: Linter.Config = { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } };

// ESLint's own parser.
const SLOPPY: Linter.Config = {
  languageOptions: { ecmaVersion: 'latest', sourceType: 'commonjs', parserOptions: { ecmaFeatures: { jsx: true } } },
  linterOptions: QUIET_COMMENTS,
};
