import type { ESLint } from 'eslint';

/** The numbers of a run. */
export interface Summary {
  readonly files: number;
  readonly filesWithFindings: number;
  readonly repaired: number;
  /** Findings by rule, most frequent first. */
  readonly byRule: readonly (readonly [rule: string, count: number])[];
  /** Findings that `--fix` would repair. */
  readonly fixable: number;
  /** Findings that `--fix-all` would repair, those of `--fix` among them. */
  readonly fixableWithAll: number;
}

const DOES_NOT_PARSE = 'does not parse';

/** Counts what results hold. */
export function summarize(results: readonly ESLint.LintResult[], repaired: number): Summary {
  const messages = results.flatMap((result) => result.messages);
  const counts = new Map<string, number>();
  for (const { ruleId } of messages) {
    const rule = ruleId ?? DOES_NOT_PARSE;
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const fixable = messages.filter(({ fix }) => fix).length;
  // The same condition under which `autofix: 'all'` turns a suggestion into a fix.
  const suggested = messages.filter(({ fix, suggestions }) => !fix && suggestions?.length === 1).length;
  return {
    files: results.length,
    filesWithFindings: results.filter((result) => result.messages.length > 0).length,
    repaired,
    byRule: [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
    fixable,
    fixableWithAll: fixable + suggested,
  };
}

/** The numbers as lines to read. */
export function formatSummary(summary: Summary): string {
  const { files, filesWithFindings, repaired, byRule, fixable, fixableWithAll } = summary;
  const lines: string[] = [];
  if (byRule.length === 0) {
    lines.push(`${plural(files, 'file')} checked, no findings.`);
  } else {
    lines.push(`${plural(files, 'file')} checked, ${String(filesWithFindings)} with findings:`);
    const width = String(byRule[0]?.[1] ?? 0).length;
    for (const [rule, count] of byRule) lines.push(`  ${String(count).padStart(width)}  ${rule}`);
  }
  if (fixableWithAll > 0) lines.push(`Fixable: ${String(fixable)} with --fix, ${String(fixableWithAll)} with --fix-all.`);
  if (repaired > 0) lines.push(`${plural(repaired, 'file')} repaired.`);
  return `${lines.join('\n')}\n`;
}

/** A number with its noun. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
