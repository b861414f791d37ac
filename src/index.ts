import type { ESLint, Linter } from 'eslint';
import { rules } from '../rules/index.js';
import { preset, type PresetName } from './configs.js';
import { VERSION } from './version.js';

export type { LibrarySettings, PoolSettings } from './settings.js';

/** The plugin object. */
export interface PoolPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: NonNullable<ESLint.Plugin['rules']>;
  readonly configs: Record<PresetName, Linter.Config>;
}

// The context types of typescript-eslint and ESLint differ in ways that do not matter at run time; this is the one place that says so.
const plugin: PoolPlugin = {
  meta: { name: 'eslint-plugin-pool', version: VERSION, namespace: 'pool' },
  rules: rules as unknown as NonNullable<ESLint.Plugin['rules']>,
  configs: {} as Record<PresetName, Linter.Config>,
};
Object.assign(plugin.configs, {
  recommended: preset('recommended', plugin),
  strict: preset('strict', plugin),
  all: preset('all', plugin),
});

export default plugin;
export { plugin as 'module.exports' };
