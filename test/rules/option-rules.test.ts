/** What the rules about options report and what they do not (`cases/<rule>.txt`). */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Catalog } from '../../src/catalog/catalog.js';
import { lint } from '../support/lint.js';
import { readMarkedCases } from '../support/marked-cases.js';

const catalog = new Catalog([]);

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
    const modules = cases.flatMap(({ code }) =>
      [...code.matchAll(/(?:from |require\(|import\()['"]([^'"]+)['"]/gu)].map((match) => match[1] ?? ''),
    );
    const known = modules.flatMap((module) => catalog.librariesOf(module)).map(({ name }) => name);
    expect(new Set(known).size).toBeGreaterThanOrEqual(12);
  });
});

describe('require-timeout: an instance with a timeout', () => {
  const afterSuggestion = (code: string): string | null => {
    const [message] = lint(code, { rules: ['require-timeout'] });
    const fix = message?.suggestions?.find(({ messageId }) => messageId === 'instance')?.fix;
    return fix ? code.slice(0, fix.range[0]) + fix.text + code.slice(fix.range[1]) : null;
  };

  it.each([
    [
      'axios',
      "import axios from 'axios';\n\nexport const load = () => axios.get('https://example.com');\n",
      "import axios from 'axios';\n\nconst client = axios.create({ timeout: 10000 });\n\nexport const load = () => client.get('https://example.com');\n",
    ],
    [
      'got, where the name is taken',
      "import got from 'got';\n\nexport const load = (client) => got(`https://example.com/${client.id}`);\n",
      "import got from 'got';\n\nconst sharedClient = got.extend({ timeout: { request: 10000 } });\n\nexport const load = (client) => sharedClient(`https://example.com/${client.id}`);\n",
    ],
    [
      'require',
      "const got = require('got');\n\nexport const load = () => got('https://example.com');\n",
      "const got = require('got');\n\nconst client = got.extend({ timeout: { request: 10000 } });\n\nexport const load = () => client('https://example.com');\n",
    ],
    [
      'not where it is an instance already',
      "import axios from 'axios';\nconst api = axios.create();\nexport const load = () => api.get('/x');\n",
      null,
    ],
    ['not for fetch, which has none', "export const load = () => fetch('https://example.com');\n", null],
  ])('%s', (_, code, expected) => {
    const output = afterSuggestion(code);
    expect(output).toBe(expected);
    if (output !== null) expect(lint(output, { rules: ['require-timeout'] }).filter(({ fatal }) => fatal)).toEqual([]);
  });
});
