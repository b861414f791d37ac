import type { Linter } from 'eslint';

/** The presets one can run. */
export const PRESETS = ['recommended', 'strict', 'all'] as const;

/** Name of a preset. */
export type Preset = (typeof PRESETS)[number];

/** What the runner needs of the plugin; tests hand in one of their own. */
export interface RunnablePlugin {
  readonly meta?: { readonly name?: string | undefined; readonly version?: string | undefined } | undefined;
  // The rules' own types differ from ESLint's, and nothing here calls a rule.
  readonly rules?: Readonly<Record<string, unknown>> | undefined;
  readonly configs: Readonly<Record<Preset, Linter.Config | readonly Linter.Config[]>>;
}

/** The name rules have in findings and in comments. */
export const NAMESPACE = 'pool';
