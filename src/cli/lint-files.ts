import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import type { ESLint } from 'eslint';
import writeFileAtomic from 'write-file-atomic';
import { createEngines, type EngineOptions } from './engines.js';
import type { FoundFile } from './find-files.js';
import { lintText } from './lint-text.js';
import { ownFindings } from './own-findings.js';
import { fileSystemReasonOf, reasonOf } from './usage-error.js';

/** What came of checking files. */
export interface Outcome {
  readonly results: ESLint.LintResult[];
  /** How many files were repaired. */
  readonly repaired: number;
  /** What went wrong with single files, one line each. */
  readonly failures: readonly string[];
}

/** What a caller may want to know and do while files are checked. */
export interface Watch {
  readonly signal: AbortSignal;
  /** Called before each file with how many are done. */
  readonly onFile: (done: number) => void;
  /** How a file is called in messages. */
  readonly displayPath: (file: string) => string;
}

/** Checks files one after the other. A file that cannot be read or checked is noted and the rest goes on. */
export async function lintFiles(files: readonly FoundFile[], options: EngineOptions, watch: Watch): Promise<Outcome> {
  const engines = createEngines(options);
  const select = ownFindings(options.plugin);
  const results: ESLint.LintResult[] = [];
  const failures: string[] = [];
  let repaired = 0;

  const lintFile = async (file: FoundFile): Promise<void> => {
    const name = watch.displayPath(file.path);
    let bytes: Buffer;
    try {
      bytes = await readFile(file.path);
    } catch (error) {
      failures.push(`cannot read ${name}: ${fileSystemReasonOf(error)}`);
      return;
    }
    const text = bytes.toString('utf8');
    // Writing another encoding back as UTF-8 would destroy what we could not read.
    const fix = options.fix && isUtf8(bytes);
    try {
      let checked = await lintText(engines, select, file, text, fix);
      if (checked.brokenFix) failures.push(`${name}: a fix would leave code that does not parse; the file was left as it is`);
      if (checked.output !== text) {
        try {
          await writeFileAtomic(file.path, checked.output);
          repaired++;
        } catch (error) {
          failures.push(`cannot write ${name}: ${fileSystemReasonOf(error)}`);
          checked = await lintText(engines, select, file, text, false);
        }
      }
      if (checked.result) results.push(checked.result);
    } catch (error) {
      failures.push(crashLine(name, error));
    }
  };

  for (const [done, file] of files.entries()) {
    if (watch.signal.aborted) break;
    watch.onFile(done);
    await lintFile(file);
  }
  return { results, repaired, failures };
}

function crashLine(name: string, error: unknown): string {
  // ESLint adds the rule to what a rule throws.
  const ruleId = (error as { ruleId?: unknown } | null)?.ruleId;
  return `${name}: ${typeof ruleId === 'string' ? `rule ${ruleId} crashed` : 'crashed'}: ${reasonOf(error)}`;
}
