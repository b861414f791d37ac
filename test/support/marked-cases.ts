/**
 * Pieces of code with the reports written into them. A title line begins each (`/// title`, `/// title | file: src/a.cjs | options: [{}]`); a comment
 * `// reports messageId` stands above the line on which something is reported.
 */
import { readFileSync } from 'node:fs';

/** One piece of code. */
export interface MarkedCase {
  readonly title: string;
  readonly code: string;
  readonly filename: string;
  readonly options: readonly unknown[];
  /** `line messageId`, in order. */
  readonly reports: readonly string[];
}

/** The pieces of a file. */
export function readMarkedCases(file: string): readonly MarkedCase[] {
  const [, ...parts] = readFileSync(file, 'utf8').split(/^\/\/\/ /mu);
  return parts.map((part) => {
    const newline = part.indexOf('\n');
    const [title = '', ...header] = part.slice(0, newline).split(' | ');
    const code = part.slice(newline + 1);
    const reports: string[] = [];
    let line = 0;
    let pending: string[] = [];
    for (const text of code.split('\n')) {
      line += 1;
      const [, messageId] = /^\s*\/\/ reports (\w+)$/u.exec(text) ?? [];
      if (messageId !== undefined) pending.push(messageId);
      else {
        reports.push(...pending.map((id) => `${String(line)} ${id}`));
        pending = [];
      }
    }
    const given = (name: string): string | undefined =>
      header.find((item) => item.startsWith(`${name}: `))?.slice(name.length + 2);
    const options = JSON.parse(given('options') ?? '[]') as unknown[];
    return { title, code, filename: given('file') ?? 'src/file.ts', options, reports };
  });
}
