import type { Linter } from 'eslint';
import { rules } from '../rules/index.js';
import type { RuleDocs } from './create-rule.js';
import { TEST_GLOBS } from './scope/test-globs.js';

/** Names of the presets. */
export type PresetName = 'all' | 'recommended' | 'strict';

/**
 * The rules of a preset, derived from what each rule says about itself.
 *
 * @returns Severities, with options where a preset has its own, by full rule name (`pool/…`).
 */
export function presetRules(preset: PresetName): Record<string, Linter.RuleEntry> {
  const entries = Object.entries(rules).flatMap(([name, rule]): [string, Linter.RuleEntry][] => {
    const docs: RuleDocs | undefined = rule.meta.docs;
    const severity = preset === 'all' ? 'error' : (docs?.[preset] ?? 'off');
    if (severity === 'off') return [];
    const options = preset === 'recommended' ? undefined : docs?.strictOptions;
    return [[`pool/${name}`, options ? [severity, ...options] : severity]];
  });
  return Object.fromEntries(entries);
}

/** A preset as a flat config object. Test files are left out. */
export function preset(name: PresetName, plugin: NonNullable<Linter.Config['plugins']>[string]): Linter.Config {
  return { name: `pool/${name}`, ignores: [...TEST_GLOBS], plugins: { pool: plugin }, rules: presetRules(name) };
}
