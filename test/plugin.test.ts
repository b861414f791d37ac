/** What the package promises to those who load it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import plugin from '../src/index.js';
import { readSettings } from '../src/settings.js';
import { lint } from './support/lint.js';

const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
  name: string;
  version: string;
};

describe('the plugin object', () => {
  it('says what it is', () => {
    expect(plugin.meta).toEqual({ name: manifest.name, version: manifest.version, namespace: 'pool' });
  });

  it.each(Object.entries(plugin.configs))('has a preset %s that ESLint takes', (_, preset) => {
    const linter = new Linter();
    const code = `import { Pool } from 'pg'; import express from 'express'; express().get('/', () => { new Pool(); });`;
    expect(linter.verify(code, [preset], { filename: 'src/a.js' }).map(({ ruleId }) => ruleId)).toContain(
      'pool/no-per-request-client',
    );
    expect(linter.verify(code, [preset, { files: ['**/*.js'] }], { filename: 'src/a.test.js' })).toEqual([]);
    expect(linter.verify(code, [preset, { files: ['**/*.js'] }], { filename: 'test/a.js' })).toEqual([]);
  });

  it('derives the presets from the rules', () => {
    for (const [name, rule] of Object.entries(plugin.rules)) {
      const docs = rule.meta?.docs as { recommended: string; strict: string; strictOptions?: readonly unknown[] };
      const strict = (severity: string): unknown => (docs.strictOptions ? [severity, ...docs.strictOptions] : severity);
      expect(plugin.configs.recommended.rules?.[`pool/${name}`] ?? 'off').toBe(docs.recommended);
      expect(plugin.configs.strict.rules?.[`pool/${name}`] ?? 'off').toEqual(strict(docs.strict));
      expect(plugin.configs.all.rules?.[`pool/${name}`]).toEqual(strict('error'));
    }
  });
});

const WRAPPER = `import { createDb } from '@acme/db'; import express from 'express';
express().get('/', async (req, res) => { const db = createDb(); await db.load(); await db.shutdown(); });`;

describe('settings.pool', () => {
  it('knows wrappers of the user', () => {
    const libraries = [{ name: 'our db', modules: ['@acme/db'], creators: [{ api: 'createDb', close: ['shutdown'] }] }];
    expect(lint(WRAPPER)).toEqual([]);
    expect(lint(WRAPPER, { settings: { libraries } })).toHaveLength(1);
  });

  it.each([
    [{ runtime: 'browser' }, 'settings.pool.runtime must be one of auto, node, serverless, edge'],
    [{ autofix: true }, 'settings.pool.autofix must be one of safe, all'],
    [{ hoist: 'up' }, 'settings.pool.hoist must be one of auto, eager, lazy, global-this'],
    [{ libraries: {} }, 'settings.pool.libraries must be an array'],
    [{ libraries: [{ name: 'x' }] }, 'settings.pool.libraries[0].modules must be an array of import specifiers'],
    [{ libraries: [{ modules: ['x'] }] }, 'settings.pool.libraries[0].name must be a string'],
    [
      { libraries: [{ name: 'x', modules: ['x'], creators: [{}] }] },
      'settings.pool.libraries[0].creators[0].api must be a string',
    ],
    [{ owners: [{ name: 'x' }] }, 'settings.pool.owners[0].from must be one of file, package'],
    [{ owners: [{ from: 'file' }] }, 'settings.pool.owners[0].name must be a string or an array of strings'],
    [{ pools: 1 }, 'settings.pool.pools is not a setting'],
  ])('refuses %j with the property named', (pool, message) => {
    expect(() => readSettings({ pool })).toThrow(new TypeError(message));
  });
});
