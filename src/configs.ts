import type { Linter } from 'eslint';
import { rules } from '../rules/index.js';
import type { PresetSeverity } from './create-rule.js';
import { TEST_GLOBS } from './scope/file-kind.js';

/** Names of the presets. */
export type PresetName = 'all' | 'recommended' | 'strict';

/**
 * The rules of a preset, derived from what each rule says about itself.
 *
 * @returns Severities by full rule name (`pool/…`).
 */
export function presetRules(preset: PresetName): Record<string, Exclude<PresetSeverity, 'off'>> {
  const entries = Object.entries(rules).flatMap(([name, rule]): [string, Exclude<PresetSeverity, 'off'>][] => {
    const severity = preset === 'all' ? 'error' : (rule.meta.docs?.[preset] ?? 'off');
    return severity === 'off' ? [] : [[`pool/${name}`, severity]];
  });
  return Object.fromEntries(entries);
}

/** A preset as a flat config object. Test files are left out. */
export function preset(name: PresetName, plugin: NonNullable<Linter.Config['plugins']>[string]): Linter.Config {
  return { name: `pool/${name}`, ignores: [...TEST_GLOBS], plugins: { pool: plugin }, rules: presetRules(name) };
}
