/** What the rules about options report and what they do not (`cases/<rule>.txt`). */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lint } from '../support/lint.js';
import { readMarkedCases } from '../support/marked-cases.js';

const RULES = [
  'consistent-pool-limits',
  'no-disabled-keep-alive',
  'no-ignored-option',
  'no-oversized-pool',
  'no-stale-connections',
  'no-zero-limit',
  'require-explicit-limit',
  'require-timeout',
];

describe.each(RULES)('%s', (rule) => {
  const cases = readMarkedCases(path.join(import.meta.dirname, `cases/${rule}.txt`));

  it.each(cases.map((item) => [item.title, item] as const))('%s', (_, { code, filename, options, reports }) => {
    const messages = lint(code, { filename, rules: [rule], options });
    expect(messages.map(({ line, messageId, message }) => `${String(line)} ${messageId ?? message}`)).toEqual(reports);
  });

  it('has 40 cases, half of them without a report, over many libraries', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(cases.filter(({ reports }) => reports.length === 0).length).toBeGreaterThanOrEqual(20);
  });
});
