/** Correct services in every large framework: all rules are on, and none of them may say anything. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import parser from '@typescript-eslint/parser';
import { Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import plugin from '../../src/index.js';
import { mentionsCatalog } from '../../src/resolve/creations.js';
import { sourceFileOf } from '../../src/resolve/source-file.js';
import type { PoolSettings } from '../../src/settings.js';
import { MUTATIONS } from './mutations.js';

const SERVICES = path.join(import.meta.dirname, 'services');
const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/u;

// Whatever the plugin has, whether a preset names it or not.
const ALL_RULES = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`pool/${name}`, 'error' as const]));

/** Which files the analysis does not give up at the first gate. */
const considered = new Set<string>();

const probe: NonNullable<Linter.Config['plugins']>[string] = {
  rules: {
    considered: {
      create(context) {
        type Context = Parameters<typeof sourceFileOf>[0];
        if (mentionsCatalog(sourceFileOf(context as unknown as Context)).answer) considered.add(context.filename);
        return {};
      },
    },
  },
};

interface Service {
  readonly name: string;
  /** Paths of its source files, with forward slashes, below its root. */
  readonly files: readonly string[];
  readonly read: (file: string) => string;
  readonly lint: (file: string, code?: string, settings?: PoolSettings) => Linter.LintMessage[];
}

function serviceIn(name: string): Service {
  const root = path.join(SERVICES, name);
  const linter = new Linter({ cwd: root });
  const isModule = /"type":\s*"module"/u.test(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  return {
    name,
    files: readdirSync(root, { recursive: true, encoding: 'utf8' })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => SOURCE.test(file))
      .sort(),
    read,
    lint: (file, code = read(file), settings = {}) =>
      linter.verify(
        code,
        [
          {
            files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
            languageOptions: {
              parser,
              sourceType: /\.c[jt]s$/u.test(file) || (file.endsWith('.js') && !isModule) ? 'commonjs' : 'module',
              parserOptions: { ecmaFeatures: { jsx: /x$/u.test(file) } },
            },
            plugins: { pool: plugin, probe },
            rules: { ...ALL_RULES, 'probe/considered': 'error' },
            settings: { pool: settings },
          },
        ],
        { filename: path.join(root, file) },
      ),
  };
}

const services = readdirSync(SERVICES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => serviceIn(entry.name));

const inWords = (messages: readonly Linter.LintMessage[]): string[] =>
  messages.map(({ line, column, ruleId, message }) => `${String(line)}:${String(column)} ${ruleId ?? 'parser'}: ${message}`);

test('there are services, and every mutation is of one of them', () => {
  expect(services.length).toBeGreaterThanOrEqual(16);
  expect(Object.keys(MUTATIONS).sort()).toEqual(services.map(({ name }) => name).sort());
});

describe.each(services)('$name', ({ name, files, read, lint }) => {
  test.each(files)('%s: nothing to report', (file) => {
    expect(inWords(lint(file))).toEqual([]);
  });

  test('the analysis looks into at least one file', () => {
    for (const file of files) lint(file);
    const root = path.join(SERVICES, name) + path.sep;
    expect([...considered].filter((file) => file.startsWith(root))).not.toEqual([]);
  });

  // The silence is not deafness: one careless edit, and the rule speaks.
  for (const { file, why, edits, rule, messageId, settings, missed, silent } of MUTATIONS[name] ?? []) {
    const title = `${rule} in ${file}: ${why}`;

    /** The code after the edits. A rule of the design that the plugin does not have yet waits for it. */
    const edit = (skip: (note: string) => never): string => {
      let code = read(file);
      for (const [from, to] of edits) {
        expect(code.split(from), `occurrences of ${JSON.stringify(from)}`).toHaveLength(2);
        code = code.replace(from, () => to);
      }
      const broken = lint(file, code, settings).filter(({ fatal }) => fatal);
      expect(inWords(broken)).toEqual([]);
      return rule in plugin.rules ? code : skip('no such rule yet');
    };

    const found = (code: string): Linter.LintMessage[] =>
      lint(file, code, settings).filter(({ ruleId }) => ruleId === `pool/${rule}`);

    if (silent !== undefined) {
      test(`${title} (stays silent: ${silent})`, ({ skip }) => {
        expect(inWords(found(edit(skip)))).toEqual([]);
      });
    } else if (missed === undefined) {
      test(title, ({ skip }) => {
        const messages = found(edit(skip));
        expect(messages).not.toEqual([]);
        if (messageId !== undefined) expect(messages.map((message) => message.messageId)).toContain(messageId);
      });
    } else {
      test(`${title} (not noticed yet: ${missed})`, ({ skip }) => {
        expect(inWords(found(edit(skip))), 'noticed now: `missed` can go').toEqual([]);
      });
    }
  }
});
