/** The files as they are published, next to the sources they are made of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Linter } from 'eslint';
import { rolldown, type OutputOptions } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import config from '../rolldown.config.js';
import plugin, { type PoolPlugin } from '../src/index.js';
import { denseCorpus } from './bench/dense.js';

const folder = mkdtempSync(path.join(import.meta.dirname, '.tmp-package-'));
let built: PoolPlugin;

beforeAll(async () => {
  for (const { output, ...input } of config as readonly { output: OutputOptions }[]) {
    const bundle = await rolldown(input);
    await bundle.write({ ...output, dir: folder, cleanDir: false });
    await bundle.close();
  }
  ({ default: built } = (await import(pathToFileURL(path.join(folder, 'index.js')).href)) as { readonly default: PoolPlugin });
});

afterAll(() => rmSync(folder, { recursive: true }));

function messages(
  tested: PoolPlugin,
  name: string,
  code: string,
  settings: Linter.Config['settings'] = {},
): Linter.LintMessage[] {
  return new Linter().verify(code, [{ ...tested.configs.all, files: ['**'], settings }], { filename: name });
}

function isAnalysisLoaded(): boolean {
  return path.join(folder, 'analysis.cjs') in createRequire(import.meta.url).cache;
}

// In this order: what was loaded once stays loaded.
describe('the package', () => {
  it('has the rules and presets of the sources', () => {
    const data = ({ rules, configs, meta }: PoolPlugin): unknown => [
      meta,
      Object.entries(rules).map(([name, rule]) => [name, rule.meta]),
      Object.entries(configs).map(([name, preset]) => [name, preset.rules, preset.ignores]),
    ];
    expect(data(built)).toEqual(data(plugin));
  });

  it('loads the analysis with the first file that it can concern', () => {
    expect(messages(built, 'src/a.js', "import fs from 'node:fs'; fs.statSync('x'); require('./pg');")).toEqual([]);
    expect(isAnalysisLoaded()).toBe(false);
    messages(built, 'src/b.js', "import { Pool } from 'pg'; export const pool = new Pool();");
    expect(isAnalysisLoaded()).toBe(true);
  });

  it('reports what the sources report', () => {
    const files = denseCorpus(1, 'careless').filter(({ name }) => !name.endsWith('.ts'));
    expect(files.flatMap(({ name, text }) => messages(built, name, text)).length).toBeGreaterThan(3);
    for (const { name, text } of files) expect(messages(built, name, text)).toEqual(messages(plugin, name, text));
  });

  it('refuses wrong settings whatever the file', () => {
    expect(() => messages(built, 'src/c.js', 'export {};', { pool: { hoist: 'up' } })).toThrow('settings.pool.hoist');
  });
});
