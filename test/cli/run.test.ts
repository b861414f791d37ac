import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { poolLint, project } from './support/project.js';

interface JsonResult {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string; readonly line: number }[];
  readonly suppressedMessages: readonly unknown[];
  readonly errorCount: number;
  readonly output?: string;
}

async function findings(args: readonly string[], cwd: string): Promise<string[]> {
  const { stdout } = await poolLint([...args, '--format', 'json'], { cwd });
  return (JSON.parse(stdout) as JsonResult[]).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message, line }) => `${path.basename(filePath)}:${String(line)} ${ruleId ?? ''} ${message}`),
  );
}

describe('exit code and output', () => {
  it('is 0 without findings', async () => {
    const { root } = project({ 'a.ts': 'fine', 'b.js': 'fine' });
    expect(await poolLint([], { cwd: root })).toEqual({ code: 0, stdout: '2 files checked, no findings.\n', stderr: '' });
  });

  it('is 1 with findings, which it shows with short paths and sums up by rule', async () => {
    const { root } = project({ 'src/a.ts': 'risky;\ncareful', 'src/b.ts': 'risky;\nx(1)', 'c.ts': '' });
    expect(await poolLint([], { cwd: root })).toEqual({
      code: 1,
      stdout: `
src/a.ts
  1:1  error    Risky    pool/risky
  2:1  warning  Careful  pool/careful

src/b.ts
  1:1  error  Risky     pool/risky
  2:3  error  Not zero  pool/countdown

✖ 4 problems (3 errors, 1 warning)

3 files checked, 2 with findings:
  2  pool/risky
  1  pool/careful
  1  pool/countdown
Fixable: 2 with --fix, 4 with --fix-all.
`,
      stderr: '',
    });
  });

  it('is 1 with nothing but warnings', async () => {
    const { root } = project({ 'a.ts': 'careful' });
    expect((await poolLint([], { cwd: root })).code).toBe(1);
  });

  it('lets --max-warnings pass, and no more', async () => {
    const { root } = project({ 'a.ts': 'careful;\ncareful' });
    expect(await poolLint(['--max-warnings', '2'], { cwd: root })).toMatchObject({ code: 0, stderr: '' });
    const { code, stderr } = await poolLint(['--max-warnings', '1'], { cwd: root });
    expect(code).toBe(1);
    expect(stderr).toBe('pool-lint: 2 warnings, --max-warnings allows 1\n');
    writeFileSync(path.join(root, 'b.ts'), 'risky');
    expect((await poolLint(['--max-warnings', '5'], { cwd: root })).code).toBe(1);
  });

  it('hides warnings with --quiet, but still counts them for --max-warnings', async () => {
    const { root } = project({ 'a.ts': 'careful', 'b.ts': 'risky' });
    const quiet = await poolLint(['--quiet'], { cwd: root });
    expect(quiet.code).toBe(1);
    expect(quiet.stdout).toContain('✖ 1 problem (1 error, 0 warnings)');
    expect(quiet.stdout).not.toContain('areful');
    expect(await poolLint(['--quiet', 'a.ts'], { cwd: root })).toMatchObject({
      code: 0,
      stdout: '1 file checked, no findings.\n',
    });
    const counted = await poolLint(['--quiet', '--max-warnings', '0', 'a.ts'], { cwd: root });
    expect(counted).toMatchObject({ code: 1, stdout: '1 file checked, no findings.\n' });
    expect(counted.stderr).toBe('pool-lint: 1 warning, --max-warnings allows 0\n');
  });

  it('reports a file that does not parse, and goes on', async () => {
    const { root } = project({ 'a.ts': 'const = 1', 'b.ts': 'risky' });
    const { code, stdout, stderr } = await poolLint([], { cwd: root });
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/a\.ts\n {2}1:\d+ {2}error {2}Parsing error: /u);
    expect(stdout).toContain('  1  does not parse\n  1  pool/risky\n');
  });

  it('names file and rule of a crash in one line, goes on, and exits with 2', async () => {
    const { root } = project({ 'a.ts': 'crashme', 'b.ts': 'risky', 'c.ts': 'crashme' });
    const { code, stdout, stderr } = await poolLint([], { cwd: root });
    expect(code).toBe(2);
    expect(stdout).toContain('pool/risky');
    expect(stderr).toBe('pool-lint: a.ts: rule pool/crash crashed: what happened (and 1 more failure)\n');
  });

  it('colours on a terminal, unless NO_COLOR says otherwise', async () => {
    const { root } = project({ 'a.ts': 'risky' });
    const escape = '\u001B[';
    expect((await poolLint([], { cwd: root, tty: true })).stdout).toContain(escape);
    expect((await poolLint([], { cwd: root, tty: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(escape);
    expect((await poolLint([], { cwd: root, tty: true, env: { TERM: 'dumb' } })).stdout).not.toContain(escape);
    expect((await poolLint([], { cwd: root, env: { FORCE_COLOR: '1' } })).stdout).toContain(escape);
    expect((await poolLint([], { cwd: root })).stdout).not.toContain(escape);
  });

  it('shows progress on a terminal only', async () => {
    const { root } = project({ 'a.ts': '', 'b.ts': '', 'c.ts': '' });
    let clock = 0;
    const now = vi.spyOn(Date, 'now').mockImplementation(() => (clock += 600));
    try {
      expect((await poolLint([], { cwd: root, tty: true })).stderr).toBe(
        '\r\u001B[KChecking files: 1 of 3\r\u001B[KChecking files: 2 of 3\r\u001B[K',
      );
      expect((await poolLint([], { cwd: root })).stderr).toBe('');
    } finally {
      now.mockRestore();
    }
  });

  it('stops between files when the signal says so', async () => {
    const { root } = project({ 'a.ts': 'risky', 'b.ts': 'risky' });
    const { code, stdout, stderr } = await poolLint([], { cwd: root, signal: AbortSignal.abort(15) });
    expect({ code, stdout, stderr }).toEqual({
      code: 143,
      stdout: '',
      stderr: 'pool-lint: stopped after 0 of 2 files, 0 repaired\n',
    });
  });
});

describe('presets', () => {
  it('come as an object or an array, and keep their severities', async () => {
    const { root } = project({ 'a.ts': 'careful;\nplain' });
    expect((await poolLint(['--preset', 'recommended'], { cwd: root })).stdout).toContain('(0 errors, 1 warning)');
    expect((await poolLint(['--preset', 'strict'], { cwd: root })).stdout).toContain('(1 error, 0 warnings)');
    expect((await poolLint(['--preset', 'all'], { cwd: root })).stdout).toContain('(1 error, 1 warning)');
  });

  it('keep their ignores, also for a named file', async () => {
    const { root } = project({ 'a.test.ts': 'risky', 'test/b.ts': 'risky' });
    expect((await poolLint(['.', 'a.test.ts'], { cwd: root })).stdout).toBe('2 files checked, no findings.\n');
  });

  it('need no ESLint config, and do not read one', async () => {
    const { root } = project({
      'eslint.config.js': 'throw new Error("read");',
      '.eslintrc.json': '{',
      'package.json': '{"eslintConfig": 1}',
    });
    expect(await poolLint([], { cwd: root })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('--config', () => {
  it('is the content of settings.pool', async () => {
    const { root } = project({ 's.json': '\uFEFF{ "runtime": "edge" }', 'a.ts': 'settings' });
    expect(await findings(['--config', 's.json'], root)).toEqual(['a.ts:1 pool/settings {"runtime":"edge"}']);
    expect(await findings(['--config', path.join(root, 's.json'), '--fix-all'], root)).toEqual([
      'a.ts:1 pool/settings {"runtime":"edge","autofix":"all"}',
    ]);
  });

  it.each([
    ['missing.json', /^pool-lint: cannot read missing\.json: ENOENT: no such file or directory\n$/u],
    ['bad.json', /^pool-lint: bad\.json is not valid JSON: .+\n$/u],
    ['list.json', /^pool-lint: list\.json: settings\.pool must be an object\n$/u],
    ['unknown.json', /^pool-lint: unknown\.json: settings\.pool\.runtimes is not a setting\n$/u],
    ['value.json', /^pool-lint: value\.json: settings\.pool\.runtime must be one of .+\n$/u],
  ])('refuses %s in one line', async (file, message) => {
    const { root } = project({
      'bad.json': '{\n  "runtime": "edge",\n}',
      'list.json': '[]',
      'unknown.json': '{"runtimes":"edge"}',
      'value.json': '{"runtime":"moon"}',
    });
    const { code, stdout, stderr } = await poolLint(['--config', file], { cwd: root });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });
});

describe('--format', () => {
  it('json: all files, absolute paths, nothing else on stdout', async () => {
    const { root } = project({ 'a.ts': 'risky', 'b.ts': '' });
    const { code, stdout, stderr } = await poolLint(['--format', 'json'], { cwd: root });
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as JsonResult[]).map(({ filePath, errorCount }) => [filePath, errorCount])).toEqual([
      [path.join(root, 'a.ts'), 1],
      [path.join(root, 'b.ts'), 0],
    ]);
    expect(stderr).toBe(
      '1 file checked, 1 with findings:\n'.replace('1 file ', '2 files ') +
        '  1  pool/risky\nFixable: 0 with --fix, 1 with --fix-all.\n',
    );
  });

  it('takes packages beside the current folder and paths, which get the meta of rules from several roots', async () => {
    const source =
      'export default (results, data) => results.length + " " + data.rulesMeta["pool/risky"].type + " " + data.cwd;';
    const { root } = project({
      'home/a.ts': 'risky',
      'home/f.mjs': source,
      'home/node_modules/eslint-formatter-mine/package.json': '{"type":"module","exports":"./index.js"}',
      'home/node_modules/eslint-formatter-mine/index.js': source,
      'other/b.ts': 'risky',
    });
    const home = path.join(root, 'home');
    for (const format of ['mine', './f.mjs', path.join(home, 'f.mjs')]) {
      const { code, stdout } = await poolLint(['a.ts', '../other', '--format', format], { cwd: home });
      expect(stdout).toBe(`2 problem ${home}\n`);
      expect(code).toBe(1);
    }
  });

  it.each([
    [
      'mien',
      "pool-lint: unknown format 'mien': known are stylish, json, html, sarif, an installed eslint-formatter-mien, or a path\n",
    ],
    ['unix', /^pool-lint: cannot load format 'unix': The unix formatter is no longer part of core ESLint\. .*\n$/u],
    ['./nope.js', /^pool-lint: cannot load format '\.\/nope\.js': Cannot find module .*\n$/u],
    ['./none.mjs', /^pool-lint: cannot load format '\.\/none\.mjs': Formatter must be a function.*\n$/u],
    ['sarif', "pool-lint: format 'sarif' needs a package: npm install --save-dev @microsoft/eslint-formatter-sarif\n"],
    ['./throws.mjs', "pool-lint: format './throws.mjs' failed: sorry\n"],
  ])('says what is wrong with %s', async (format, message) => {
    const { root } = project({
      'none.mjs': 'export default 1;',
      'throws.mjs': 'export default () => { throw new Error("sorry\\nmore"); };',
    });
    const { code, stdout, stderr } = await poolLint(['--format', format], { cwd: root });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  it('sarif is the package of that name', async () => {
    const { root } = project({
      'a.ts': 'risky',
      'node_modules/@microsoft/eslint-formatter-sarif/package.json': '{"main":"sarif.js"}',
      'node_modules/@microsoft/eslint-formatter-sarif/sarif.js': 'module.exports = (results) => "sarif " + results.length;',
    });
    expect((await poolLint(['--format', 'sarif'], { cwd: root })).stdout).toBe('sarif 1\n');
  });
});

describe('comments', () => {
  it('switch rules of ours off', async () => {
    const { root } = project({
      'a.ts': '/* eslint-disable pool/risky */\nrisky',
      'b.ts': '// eslint-disable-next-line pool/risky -- why\nrisky;\nrisky',
      'c.ts': '/* eslint pool/risky: off, pool/careful: 2 */\nrisky;\ncareful',
      'd.ts': '/* eslint-disable */\nrisky',
    });
    expect(await findings([], root)).toEqual(['b.ts:3 pool/risky Risky.', 'c.ts:3 pool/careful Careful.']);
  });

  it('about other rules do nothing: unknown, of core, malformed or unused', async () => {
    const code = [
      '/* eslint foo/bar: 2, semi: 2, no-undef: [2, { "wrong": true }] */',
      '/* eslint foo/baz: [2 */',
      '// eslint-disable-next-line foo/bar, no-console, pool/unheard',
      'risky',
      '/* eslint-disable-line foo/qux */',
      '/* eslint-enable foo/bar */',
      '/* global x: nonsense */',
      '/* eslint-env node */',
      '',
    ].join('\n');
    const { root, read } = project({ 'a.js': code });
    expect(await findings([], root)).toEqual(['a.js:4 pool/risky Risky.']);
    // Nor do rules of core that a comment switches on repair anything.
    await poolLint(['--fix-all'], { cwd: root });
    expect(read('a.js')).toBe(code.replace('risky', 'proved'));
  });
});

describe('what parses', () => {
  it.each([
    ['a.ts', 'const x = <number>y; enum E { A } parsed', 'module'],
    ['a.tsx', 'const x = <div<string>>{y as any}</div>; parsed', 'module'],
    ['a.mts', 'import x = require("x"); export = parsed;', 'module'],
    ['a.cts', 'import x = require("x"); export = parsed;', 'module'],
    ['a.js', '#!/usr/bin/env node\nimport x from "x"; const y = <div/>; await parsed', 'module'],
    ['a.jsx', 'export const y = <>{parsed}</>;', 'module'],
    ['a.mjs', 'import x from "x" with { type: "json" }; parsed', 'module'],
    ['a.cjs', 'const x = require("x"); parsed; return', 'commonjs'],
    ['top-return.js', 'const x = require("x"); parsed; return', 'module'],
    ['with.js', 'with (x) { parsed }', 'module'],
    ['octal.js', 'fs.mkdirSync("x", 0755, "\\033"); parsed; return <div/>', 'commonjs'],
    ['octal.cjs', 'const x = 0000; parsed', 'commonjs'],
    ['flow.js', '// @flow\nimport type { A } from "a"; function f(x: ?string) { parsed }', 'module'],
    ['decorated.js', '@x class A { @y z = parsed }', 'module'],
    ['using.ts', 'await using x = y(); parsed', 'module'],
    ['server', '#!/usr/bin/env node\nparsed', 'module'],
    ['bom.ts', '\uFEFFparsed', 'module'],
  ])('%s', async (name, code, sourceType) => {
    const { root } = project({ [name]: code });
    const messages = (await findings([name], root)).filter((line) => !line.includes('Not zero'));
    expect(messages).toEqual([expect.stringMatching(new RegExp(` pool/parsed as ${sourceType}$`, 'u'))]);
  });

  it('not what is wrong in both parsers; the complaint is that of the first', async () => {
    const { root } = project({ 'a.js': 'const = 0755' });
    expect(await findings([], root)).toEqual(['a.js:1  Parsing error: Variable declaration expected.']);
  });
});
