import { RuleCreator } from '@typescript-eslint/utils/eslint-utils';
import type { TSESLint } from '@typescript-eslint/utils';

/** How severe a preset makes a rule; `off` leaves it out. */
export type PresetSeverity = 'error' | 'off' | 'warn';

/** What every rule says about itself; presets, tables and page headers are derived from it. */
export interface RuleDocs {
  /** Severity in `recommended`. */
  readonly recommended: PresetSeverity;
  /** Severity in `strict`. */
  readonly strict: PresetSeverity;
  /** Options in `strict`, where they differ from the defaults. */
  readonly strictOptions?: readonly unknown[];
}

/** A rule of this plugin. */
export type PoolRule<MessageId extends string, Options extends readonly unknown[]> = TSESLint.RuleModule<
  MessageId,
  Options,
  RuleDocs
>;

/** Address of a rule's page. */
export function ruleUrl(name: string): string {
  return `https://github.com/eslint-plugin-pool/eslint-plugin-pool/blob/main/docs/rules/${name}.md`;
}

/** Makes a rule with its page's address filled in. */
export const createRule = RuleCreator<RuleDocs>(ruleUrl);
