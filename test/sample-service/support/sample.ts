import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import plugin from '../../../src/index.js';
import { poolLint } from '../../cli/support/project.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The folder of the sample service. */
export const SAMPLE = path.join(ROOT, 'docs', 'sample-service');

/** A copy of the sample service, with the dependencies of the original. */
export interface SampleCopy {
  readonly folder: string;
  readonly remove: () => void;
}

/** Copies the sample service to a temporary folder, where it can be repaired, compiled and run. */
export function copySample(): SampleCopy {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'sample-service-')));
  const folder = path.join(parent, 'sample-service');
  cpSync(SAMPLE, folder, { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(parent, 'node_modules'), 'junction');
  return { folder, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** A finding, told by the code it is on, in one line, and not by numbers, which every edit of the sample would change. */
export interface Finding {
  readonly file: string;
  readonly rule: string;
  readonly code: string;
  readonly messageId: string;
  /** When the code runs, as the message of the rule for it says. */
  readonly runs?: string;
}

interface JsonResult {
  readonly filePath: string;
  readonly messages: readonly {
    readonly ruleId: string | null;
    readonly messageId?: string;
    readonly message: string;
    readonly line: number;
    readonly column: number;
    readonly endLine?: number;
    readonly endColumn?: number;
  }[];
}

/** What a run of pool-lint on a folder with the sample found. */
export interface LintRun {
  readonly code: number;
  readonly findings: readonly Finding[];
}

// How the messages of no-per-request-client say when something runs.
const WHEN =
  /(?:runs for every \w+|is configured from the \w+|runs in every turn of the) \(?(?<when>.+?)\)?(?:: each| and never)/u;

/** Runs pool-lint on the sample service or a copy of it. */
export async function lintSample(folder: string, ...options: readonly string[]): Promise<LintRun> {
  const { code, stdout, stderr } = await poolLint([...options, '--format', 'json'], { cwd: folder, plugin });
  if (code > 1) throw new Error(`pool-lint failed: ${stderr}`);
  const results = JSON.parse(stdout) as JsonResult[];
  const findings = results.flatMap(({ filePath, messages }) => {
    // A result has the text from before a repair, its positions are those of the text after it.
    const lines = readFileSync(filePath, 'utf8').split('\n');
    return messages.map(({ ruleId, messageId, message, line, column, endLine = line, endColumn = column }): Finding => {
      const text = lines.slice(line - 1, endLine).join('\n');
      const end = text.length - (lines[endLine - 1] ?? '').length + endColumn - 1;
      const runs = WHEN.exec(message)?.groups?.['when'];
      return {
        rule: ruleId?.replace('pool/', '') ?? '',
        file: path.relative(folder, filePath).split(path.sep).join('/'),
        code: text.slice(column - 1, end).replaceAll(/\s+/gu, ' '),
        messageId: messageId ?? message,
        ...(runs !== undefined && { runs }),
      };
    });
  });
  return { code, findings };
}
