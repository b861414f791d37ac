import type { ESLint } from 'eslint';
import type { Engines } from './engines.js';
import type { FoundFile } from './find-files.js';
import { isParseError, type Selection } from './own-findings.js';

/** What is known of a text after checking, and after repairing it if that was asked for. */
export interface CheckedText {
  /** Undefined for a file that the preset leaves out altogether. */
  readonly result: ESLint.LintResult | undefined;
  /** The text as it should be; the same as before where nothing was repaired. */
  readonly output: string;
  /** Repairing led to text that does not parse; it was dropped. */
  readonly brokenFix: boolean;
}

// ESLint stops after 10 passes over a text. Fixes that wait for each other in a long file need more.
const MAX_ROUNDS = 10;

/** Checks a text; with `fix`, repairs it until nothing more can be repaired. */
export async function lintText(
  engines: Engines,
  select: Selection,
  file: FoundFile,
  text: string,
  fix: boolean,
): Promise<CheckedText> {
  let current = text;
  let result = await lintOnce(engines, file, current, fix);
  for (let round = 1; result?.output !== undefined && result.output !== current; round++) {
    current = result.output;
    if (round === MAX_ROUNDS || !result.messages.some((message) => message.fix)) break;
    result = await lintOnce(engines, file, current, fix);
  }
  // What is written to disk must parse if it did before: a broken fix is worse than none.
  const brokenFix = current !== text && result?.messages.some(isParseError) === true;
  if (brokenFix) {
    current = text;
    result = await lintOnce(engines, file, text, false);
  }
  if (result) {
    select(result);
    if (current !== text) result.output = current;
  }
  return { result, output: current, brokenFix };
}

async function lintOnce(engines: Engines, file: FoundFile, text: string, fix: boolean): Promise<ESLint.LintResult | undefined> {
  const lint = async (syntax: 'modern' | 'sloppy') => {
    const [result] = await engines({ root: file.root, syntax, fix }).lintText(text, { filePath: file.path });
    return result;
  };
  const modern = await lint('modern');
  if (!modern || couldRead(modern) || !/\.(?:js|cjs|jsx)$/u.test(file.path)) return modern;
  const sloppy = await lint('sloppy');
  // If neither parser reads it, the first one's complaint is about the language people meant.
  return sloppy && couldRead(sloppy) ? sloppy : modern;
}

/** Did the text parse as it came? After a fix the messages speak of the repaired text. */
function couldRead(result: ESLint.LintResult): boolean {
  return result.output !== undefined || !result.messages.some(isParseError);
}
