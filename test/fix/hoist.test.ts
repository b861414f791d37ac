/**
 * Every fix is applied, compared, parsed, type-checked and linted again.
 *
 * Cases stand in `cases/*.txt`: a title line (`/// title | rule: name | options`), the code, `--- fixed` and what the fix makes of it, or
 * `--- unchanged`. A file begins with `rule: name` where its rule is not no-per-request-client. `UPDATE_CASES=discard` writes the results of
 * the files with that in their names anew, to be read before they are committed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PoolSettings } from '../../src/settings.js';
import { fixed, lint } from '../support/lint.js';
import { typeErrors } from '../support/types.js';

interface Case {
  readonly title: string;
  readonly code: string;
  readonly expected: string | null;
  readonly filename: string;
  readonly settings: PoolSettings;
  readonly rules: readonly string[];
  readonly options: readonly unknown[];
  readonly silent: boolean;
}

const FOLDER = path.join(import.meta.dirname, 'cases');
const SEPARATOR = /^--- (?:fixed|unchanged)\n/mu;

function readCases(file: string): Case[] {
  const [head = '', ...parts] = readFileSync(path.join(FOLDER, file), 'utf8').split(/^\/\/\/ /mu);
  const rule = /^rule: (.+)$/mu.exec(head)?.[1] ?? 'no-per-request-client';
  return parts.map((part) => {
    const newline = part.indexOf('\n');
    const header = part.slice(0, newline).split(' | ');
    const body = part.slice(newline + 1);
    const [input = '', output] = body.split(SEPARATOR);
    const option = (name: string): string | undefined =>
      header.find((item) => item.startsWith(`${name}: `))?.slice(name.length + 2);
    const ends = (text: string): string => (header.includes('crlf') ? text.replaceAll('\n', '\r\n') : text);
    return {
      title: header.join(' | '),
      code: ends(input),
      expected: output === undefined || /^--- unchanged$/mu.test(body) ? null : ends(output),
      filename: option('file') ?? 'src/file.ts',
      settings: JSON.parse(option('settings') ?? '{}') as PoolSettings,
      rules: [rule],
      options: JSON.parse(option('options') ?? '[]') as unknown[],
      silent: header.includes('silent'),
    };
  });
}

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'));

const updated = process.env['UPDATE_CASES'];
if (updated) {
  for (const file of files.filter((name) => name.includes(updated))) {
    const [head = ''] = readFileSync(path.join(FOLDER, file), 'utf8').split(/^\/\/\/ /mu);
    const text = readCases(file).map((item) => {
      const { output } = fixed(item.code, item);
      const result = output === item.code ? '--- unchanged\n' : `--- fixed\n${output.replaceAll('\r\n', '\n')}`;
      return `/// ${item.title}\n${item.code.replaceAll('\r\n', '\n')}${result}`;
    });
    writeFileSync(path.join(FOLDER, file), head + text.join(''));
  }
}

for (const file of files) {
  const cases = readCases(file);
  describe(file, () => {
    it.each(cases.map((item) => [item.title, item] as const))('%s', (_, item) => {
      const before = lint(item.code, item);
      expect(before.filter(({ fatal }) => fatal)).toEqual([]);
      expect(before.length > 0).toBe(!item.silent);
      const { output, messages } = fixed(item.code, item);
      expect(output).toBe(item.expected ?? item.code);
      if (item.expected !== null) {
        expect(messages).toEqual([]);
        expect(fixed(output, item).output).toBe(output);
      }
    });

    it('makes code that type-checks wherever the input did', () => {
      const inputs: Record<string, string> = {};
      const outputs: Record<string, string> = {};
      for (const [index, item] of cases.entries()) {
        const name = `${String(index)}${path.extname(item.filename)}`;
        inputs[name] = item.code;
        outputs[name] = fixed(item.code, item).output;
      }
      const before = typeErrors(inputs);
      const after = [...typeErrors(outputs)].filter(([name]) => !before.has(name));
      expect(after).toEqual([]);
      // Cases that import files which do not exist are the only ones that may not check.
      const broken = [...before].filter(([, errors]) => !errors.every((error) => /Cannot find module/u.test(error)));
      expect(broken).toEqual([]);
    });
  });
}

describe('the suite itself', () => {
  const all = files.flatMap(readCases);
  it('has at least 60 cases, of which 20 assert that nothing is changed', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
    expect(all.filter(({ expected }) => expected === null).length).toBeGreaterThanOrEqual(20);
  });
});
