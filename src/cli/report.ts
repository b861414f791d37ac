import type { ESLint } from 'eslint';
import type { Host } from './host.js';
import type { Formatter } from './load-formatter.js';
import { formatSummary, type Summary } from './summary.js';

/** What is to be told at the end of a run. */
export interface Report {
  readonly results: ESLint.LintResult[];
  readonly summary: Summary;
  readonly format: Formatter;
  /** Is the format one for people? A machine reads the others from stdout, where nothing else may stand. */
  readonly forPeople: boolean;
  readonly displayPath: (file: string) => string;
}

/** Prints the findings in their format, then the summary. */
export async function printReport(report: Report, host: Host): Promise<void> {
  const { results, summary, format, forPeople, displayPath } = report;
  const text = await format(forPeople ? results.map((result) => forReading(result, displayPath)) : results, usesColor(host));
  if (text.length > 0) host.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  const reader = forPeople ? host.stdout : host.stderr;
  reader.write(`${forPeople && text.length > 0 ? '\n' : ''}${formatSummary(summary)}`);
}

/** A result with a short path, and without the count of fixes, which the summary gives in full. */
function forReading(result: ESLint.LintResult, displayPath: (file: string) => string): ESLint.LintResult {
  return { ...result, filePath: displayPath(result.filePath), fixableErrorCount: 0, fixableWarningCount: 0 };
}

function usesColor({ stdout, env }: Host): boolean {
  if (env['NO_COLOR']) return false;
  return env['FORCE_COLOR'] === undefined ? stdout.isTTY === true && env['TERM'] !== 'dumb' : env['FORCE_COLOR'] !== '0';
}
