import path from 'node:path';
import type { PoolSettings } from '../settings.js';
import { findFiles } from './find-files.js';
import type { Host } from './host.js';
import { isInside } from './lint-root.js';
import { parseArguments, type Arguments } from './parse-arguments.js';
import type { RunnablePlugin } from './plugin.js';
import { createProgress } from './progress.js';
import { readSettingsFile } from './read-settings-file.js';
import { printReport } from './report.js';
import { plural, summarize } from './summary.js';
import { reasonOf, UsageError } from './usage-error.js';

// A shell adds the signal's number to `stopped`.
const EXIT = { clean: 0, findings: 1, failure: 2, stopped: 128 } as const;

/** Runs pool-lint and gives its exit code. Never throws: what goes wrong is one line on stderr. */
export async function run(args: readonly string[], plugin: RunnablePlugin, host: Host): Promise<number> {
  try {
    const parsed = parseArguments(args, plugin.meta?.version ?? 'unknown', host.stdout);
    return parsed ? await check(parsed, plugin, host) : EXIT.clean;
  } catch (error) {
    tell(host, error instanceof UsageError ? error.message : `crashed: ${reasonOf(error)}`);
    return EXIT.failure;
  }
}

async function check(args: Arguments, plugin: RunnablePlugin, host: Host): Promise<number> {
  const settings = await settingsOf(args, host.cwd);
  // ESLint and the parser take a third of a second to load; help and a wrong option need not wait for them.
  const { loadFormatter } = await import('./load-formatter.js');
  const { lintFiles } = await import('./lint-files.js');
  const { onlyErrors } = await import('./own-findings.js');
  const format = await loadFormatter(args.format, plugin, host.cwd);
  const { files, empty, failures: unreadFolders } = await findFiles(args.paths, host.cwd);

  const progress = createProgress(host.stderr, files.length);
  const displayPath = (file: string): string => (isInside(file, host.cwd) ? path.relative(host.cwd, file) : file);
  const { results, repaired, failures } = await lintFiles(
    files,
    {
      plugin,
      preset: args.preset,
      settings,
      fix: args.fix !== 'none',
      warnings: !args.quiet ? 'show' : args.maxWarnings === undefined ? 'errors' : 'count',
    },
    { signal: host.signal, onFile: progress.update, displayPath },
  );
  progress.clear();
  if (host.signal.aborted) {
    tell(host, `stopped after ${String(results.length)} of ${plural(files.length, 'file')}, ${String(repaired)} repaired`);
    return EXIT.stopped + Number(host.signal.reason);
  }

  const warnings = results.reduce((sum, result) => sum + result.warningCount, 0);
  if (args.quiet) results.forEach(onlyErrors);
  const errors = results.reduce((sum, result) => sum + result.errorCount, 0);
  await printReport(
    { results, summary: summarize(results, repaired), format, forPeople: args.format === 'stylish', displayPath },
    host,
  );

  for (const folder of empty) tell(host, `no JavaScript or TypeScript files in ${folder}`);
  const limit = args.maxWarnings ?? 0;
  if (args.maxWarnings !== undefined && warnings > limit)
    tell(host, `${plural(warnings, 'warning')}, --max-warnings allows ${String(limit)}`);
  const [failure, ...more] = [...unreadFolders, ...failures];
  if (failure !== undefined) {
    tell(host, `${failure}${more.length > 0 ? ` (and ${plural(more.length, 'more failure')})` : ''}`);
    return EXIT.failure;
  }
  return errors > 0 || warnings > limit ? EXIT.findings : EXIT.clean;
}

async function settingsOf(args: Arguments, cwd: string): Promise<PoolSettings> {
  const settings = args.config === undefined ? {} : await readSettingsFile(args.config, cwd);
  return args.fix === 'all' ? { ...settings, autofix: 'all' } : settings;
}

function tell(host: Host, line: string): void {
  host.stderr.write(`pool-lint: ${line}\n`);
}
