/** Every example of the rule pages is linted: incorrect ones are reported, correct ones are not. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import plugin from '../../src/index.js';
import { lint } from '../support/lint.js';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/rules');

interface Example {
  readonly title: string;
  readonly code: string;
  readonly filename: string;
  readonly incorrect: boolean;
  /** Options of the rule, from a comment `options: […]` on a line of its own. */
  readonly options: readonly unknown[];
}

function examplesOf(rule: string): Example[] {
  const text = readFileSync(path.join(FOLDER, `${rule}.md`), 'utf8');
  const examples: Example[] = [];
  for (const section of text.split(/^(?=#{2,3} )/mu)) {
    const heading = /^#{2,3} (.*)$/mu.exec(section)?.[1] ?? '';
    if (heading !== 'Incorrect' && heading !== 'Correct') continue;
    for (const [, language = '', code = ''] of section.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)) {
      const filename = /^\/\/ file: (\S+)$/mu.exec(code)?.[1] ?? `src/file.${language}`;
      const options = /^\/\* options: (.*) \*\/$/mu.exec(code)?.[1] ?? '[]';
      examples.push({
        title: `${heading} ${String(examples.length + 1)}`,
        code,
        filename,
        incorrect: heading === 'Incorrect',
        options: JSON.parse(options) as unknown[],
      });
    }
  }
  return examples;
}

describe.each(Object.keys(plugin.rules))('docs/rules/%s.md', (rule) => {
  it('is there, with examples of both kinds', () => {
    expect(existsSync(path.join(FOLDER, `${rule}.md`))).toBe(true);
    expect(new Set(examplesOf(rule).map(({ incorrect }) => incorrect))).toEqual(new Set([true, false]));
  });

  it.each(examplesOf(rule))('$title', ({ code, filename, incorrect, options }) => {
    const messages = lint(code, { filename, rules: [rule], options });
    expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
    expect(messages.map(({ ruleId }) => ruleId).includes(`pool/${rule}`)).toBe(incorrect);
  });
});
