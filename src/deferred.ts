/** The rules as the package has them: their descriptions at once, what they do when a file needs it. */
import { createRequire } from 'node:module';
import type { RuleModule } from '@typescript-eslint/utils/ts-eslint';
import type { Vocabulary } from './catalog/module-index.js';
import { Gate } from './resolve/gate.js';

type Rule = Pick<RuleModule<string, readonly unknown[]>, 'create' | 'meta'>;

/** The part of a rule that is plain data. */
export type RuleHead = Pick<Rule, 'meta'>;

/**
 * Rules that load the analysis with the first file that it can concern.
 *
 * @param heads What the rules say about themselves, by name.
 * @param vocabulary What a file mentions if it can concern them.
 * @param analysis Module with the same rules in full, relative to this one, as `rules`.
 */
export function deferredRules(
  heads: Readonly<Record<string, RuleHead>>,
  vocabulary: Vocabulary,
  analysis: string,
): Record<string, Rule> {
  const gate = new Gate(vocabulary);
  let loaded: Readonly<Record<string, Rule>> | null = null;
  // ESLint wants the listeners at once, so that the module cannot be waited for.
  const load = (): Readonly<Record<string, Rule>> =>
    (loaded ??= (createRequire(import.meta.url)(analysis) as { readonly rules: Readonly<Record<string, Rule>> }).rules);
  return Object.fromEntries(
    Object.entries(heads).map(([name, { meta }]) => [
      name,
      { meta, create: (context) => (gate.admits(context) ? (load()[name]?.create(context) ?? {}) : {}) } satisfies Rule,
    ]),
  );
}
