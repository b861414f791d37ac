import { ESLint } from 'eslint';
import { NAMESPACE, type RunnablePlugin } from './plugin.js';
import { reasonOf, UsageError } from './usage-error.js';

/** Turns results into text. */
export type Formatter = (results: ESLint.LintResult[], color: boolean) => Promise<string>;

const SARIF_PACKAGE = '@microsoft/eslint-formatter-sarif';

/**
 * Finds a formatter the way ESLint does: its own, a package beside the current folder, or a path.
 *
 * @throws UsageError that says what is missing.
 */
export async function loadFormatter(name: string, plugin: RunnablePlugin, cwd: string): Promise<Formatter> {
  const loader = new FormatterLoader(plugin, cwd);
  let formatter: ESLint.LoadedFormatter;
  try {
    formatter = await loader.loadFormatter(name === 'sarif' ? SARIF_PACKAGE : name);
  } catch (error) {
    throw new UsageError(explain(name, error));
  }
  return async (results, color) => {
    try {
      return await formatter.format(results, { color });
    } catch (error) {
      throw new UsageError(`format '${name}' failed: ${reasonOf(error)}`);
    }
  };
}

/** An ESLint that only loads formatters: results come from instances of several roots, and it knows the rules of all. */
class FormatterLoader extends ESLint {
  readonly #rulesMeta: ESLint.LintResultData['rulesMeta'];

  constructor(plugin: RunnablePlugin, cwd: string) {
    super({ cwd, overrideConfigFile: true });
    const rules = Object.entries((plugin.rules ?? {}) as NonNullable<ESLint.Plugin['rules']>);
    this.#rulesMeta = Object.fromEntries(rules.map(([name, rule]) => [`${NAMESPACE}/${name}`, rule.meta ?? {}]));
  }

  override getRulesMetaForResults(): ESLint.LintResultData['rulesMeta'] {
    return this.#rulesMeta;
  }
}

function explain(name: string, error: unknown): string {
  if (name === 'sarif') return `format 'sarif' needs a package: npm install --save-dev ${SARIF_PACKAGE}`;
  const reason = reasonOf(error);
  // ESLint falls back to its own folder for a name it cannot resolve.
  const path = /^There was a problem loading formatter: (.*)$/u.exec(reason)?.[1];
  if (path === undefined) return `cannot load format '${name}': ${reason}`;
  if (!name.includes('/'))
    return `unknown format '${name}': known are stylish, json, html, sarif, an installed eslint-formatter-${name}, or a path`;
  const cause = (error as Error).message.split('\n')[1]?.replace(/^Error: /u, '');
  return `cannot load format '${name}': ${cause ?? path}`;
}
