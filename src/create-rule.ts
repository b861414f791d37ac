import type { ESLintUtils, TSESLint } from '@typescript-eslint/utils';
import { vocabulary } from './catalog/catalog.js';
import { Gate } from './resolve/gate.js';

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
export type PoolRule<MessageId extends string, Options extends readonly unknown[]> = Omit<
  TSESLint.RuleModule<MessageId, Options, RuleDocs>,
  'defaultOptions'
> & { readonly name: string };

/** Address of a rule's page. */
export function ruleUrl(name: string): string {
  return `https://github.com/eslint-plugin-pool/eslint-plugin-pool/blob/main/docs/rules/${name}.md`;
}

const gate = new Gate(vocabulary);

/**
 * Makes a rule with its page's address filled in, which looks only at files that can concern it.
 *
 * The `RuleCreator` of typescript-eslint is not used at run time: it clones the default options of every rule for every file, which for
 * files without a client would be the largest part of what the plugin costs.
 */
export function createRule<Options extends readonly unknown[], MessageId extends string>({
  create,
  meta,
  name,
}: Readonly<ESLintUtils.RuleWithMetaAndName<Options, MessageId, RuleDocs>>): PoolRule<MessageId, Options> {
  return {
    name,
    meta: { ...meta, docs: { ...meta.docs, url: ruleUrl(name) } },
    create: (context) => (gate.admits(context) ? create(context, withDefaults(context.options, meta.defaultOptions)) : {}),
  };
}

// ESLint merges the defaults itself since 9.15.
function withDefaults<Options extends readonly unknown[]>(given: Options, defaults: Options | undefined): Options {
  if (!defaults) return given;
  return defaults.map((value, index) => {
    const own = given[index];
    return isRecord(value) && isRecord(own) ? { ...value, ...own } : (own ?? value);
  }) as unknown as Options;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
