/** Runs all rules over code that nobody wrote for them, and looks at what they do to it. */
import type { Linter } from 'eslint';
import { parse, type Source } from '../bench/parse.js';
import { pluginArm, verify, type Arm, type Plugin } from '../bench/measure.js';

/** What went wrong with a file. */
export interface Failure {
  readonly kind: 'broken fix' | 'crash';
  readonly path: string;
  readonly message: string;
}

/** What happened to a file: null if it does not parse, and so is nobody's business. */
export type Outcome = { readonly reports: readonly Linter.LintMessage[]; readonly failures: readonly Failure[] } | null;

/** Asks the plugin about a source. */
export type Survival = (source: Source) => Outcome;

/** All rules on, on a server: where code runs is a question that would keep the rules from most files. */
export async function survival(plugin: Plugin): Promise<Survival> {
  const arm = await pluginArm(plugin, { pool: { runtime: 'node' } });
  return (source) => check(source, arm);
}

function check(source: Source, arm: Arm): Outcome {
  const code = parsed(source);
  if (!code) return null;
  try {
    // ESLint complains about comments for other rules, too.
    const reports = verify(code, arm, source.path).filter((report) => report.ruleId !== null);
    return { reports, failures: reports.flatMap((report) => brokenEdits(source, report)) };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { reports: [], failures: [{ kind: 'crash', path: source.path, message }] };
  }
}

function parsed(source: Source): ReturnType<typeof parse> | null {
  try {
    return parse(source);
  } catch {
    return null;
  }
}

// Each edit by itself: some linters make only one pass, so that none may count on another one.
function brokenEdits(source: Source, report: Linter.LintMessage): readonly Failure[] {
  const edits = [report.fix, ...(report.suggestions ?? []).map(({ fix }) => fix)].filter((edit) => edit !== undefined);
  return edits.flatMap(({ range, text }): readonly Failure[] => {
    const output = source.text.slice(0, range[0]) + text + source.text.slice(range[1]);
    if (parsed({ ...source, text: output })) return [];
    const message = `${String(report.line)}:${String(report.column)} ${report.ruleId ?? ''}: ${JSON.stringify(text)}`;
    return [{ kind: 'broken fix', path: source.path, message }];
  });
}
