import { spawn } from 'node:child_process';
import { chmodSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { project } from './support/project.js';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const BIN = here('../../src/cli/index.ts');
const TINY_BIN = here('support/bin.ts');

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface StartOptions {
  readonly cwd: string;
  readonly uid?: number;
}

function start(bin: string, args: readonly string[], options: StartOptions) {
  const child = spawn(process.execPath, ['--import', TSX, bin, ...args], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, ended };
}

const SERVICE = `import express from 'express';
import { Pool } from 'pg';
const app = express();
app.get('/', async (req, res) => {
  const pool = new Pool({ connectionString: 'postgres://db' });
  res.json((await pool.query('select 1')).rows);
});
`;

describe('pool-lint as a process', { timeout: 60_000 }, () => {
  it('runs the real plugin on a folder outside, and hands the findings on in its exit code', async () => {
    const { root } = project({ 'home/x': '', 'service/server.ts': SERVICE, 'service/README.md': '' });
    const { code, stdout, stderr } = await start(BIN, ['../service'], { cwd: path.join(root, 'home') }).ended;
    expect(stderr).toBe('');
    expect(stdout).toContain(path.join(root, 'service/server.ts'));
    expect(stdout).toContain('pool/no-per-request-client');
    expect(stdout).toContain('1 file checked, 1 with findings:');
    expect(code).toBe(1);
  });

  it('repairs with the real plugin, after which nothing is found', async () => {
    const { root, read } = project({ 'server.ts': SERVICE });
    await start(BIN, ['--fix-all', '--quiet'], { cwd: root }).ended;
    expect(read('server.ts')).not.toBe(SERVICE);
    const { code, stdout } = await start(BIN, ['--quiet'], { cwd: root }).ended;
    expect(stdout).toBe('1 file checked, no findings.\n');
    expect(code).toBe(0);
  });

  it('exits with 2 and one line without a stack', async () => {
    const { root } = project({});
    expect(await start(BIN, ['nope'], { cwd: root }).ended).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr: 'pool-lint: cannot read nope: no such file or folder\n',
    });
  });

  it('delivers a report larger than a pipe holds', async () => {
    const { root } = project({ 'a.ts': 'risky;\n'.repeat(5000) });
    const { code, stdout } = await start(TINY_BIN, ['--format', 'json'], { cwd: root }).ended;
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as { errorCount: number }[])[0]?.errorCount).toBe(5000);
  });

  it.skipIf(process.platform === 'win32')('does not mind that nobody reads to the end', async () => {
    const { root } = project({ 'a.ts': 'risky;\n'.repeat(20_000) });
    const { child, ended } = start(TINY_BIN, [], { cwd: root });
    child.stdout.once('data', () => child.stdout.destroy());
    expect((await ended).stderr).toBe('');
  });

  // Root reads everything, so as root the run takes place as nobody.
  const other: { uid?: number } = process.getuid?.() === 0 ? { uid: 65534 } : {};

  it.skipIf(process.platform === 'win32')('names a file it may not read, and goes on', async () => {
    const { root, path: at } = project({ 'a.ts': 'risky', 'b.ts': 'risky' });
    chmodSync(at('a.ts'), 0);
    const { code, stdout, stderr } = await start(TINY_BIN, [], { cwd: root, ...other }).ended;
    expect(stderr).toBe('pool-lint: cannot read a.ts: EACCES: permission denied\n');
    expect(stdout).toContain('1 file checked, 1 with findings:');
    expect(code).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('names a folder it may not look into, and goes on', async () => {
    const { root, path: at } = project({ 'a.ts': 'risky', 'shut/b.ts': 'risky' });
    chmodSync(at('shut'), 0);
    const { code, stdout, stderr } = await start(TINY_BIN, [], { cwd: root, ...other }).ended;
    chmodSync(at('shut'), 0o755);
    expect(stderr).toBe(`pool-lint: cannot read ${at('shut')}: EACCES: permission denied\n`);
    expect(stdout).toContain('1 file checked, 1 with findings:');
    expect(code).toBe(2);
  });

  it.skipIf(process.platform === 'win32')('names a file it may not write, and shows what is in it', async () => {
    const { root, path: at, read } = project({ 'shut/a.ts': 'x(3)' });
    chmodSync(at('shut'), 0o555);
    const { code, stdout, stderr } = await start(TINY_BIN, ['--fix'], { cwd: root, ...other }).ended;
    chmodSync(at('shut'), 0o755);
    expect(stderr).toBe('pool-lint: cannot write shut/a.ts: EACCES: permission denied\n');
    expect(stdout).toContain('1  pool/countdown');
    expect(read('shut/a.ts')).toBe('x(3)');
    expect(code).toBe(2);
  });

  it.skipIf(process.platform === 'win32').each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s stops after the file at hand with %i and leaves every file whole', async (signal, expected) => {
    const names = Array.from({ length: 400 }, (_, index) => `f${String(index).padStart(3, '0')}.ts`);
    // Long, so that a write takes a while, and slow to repair.
    const text = (value: number): string => `x(${String(value)});\n${'y();\n'.repeat(500)}`;
    const { root, read } = project(Object.fromEntries(names.map((name) => [name, text(95)])));
    const { child, ended } = start(TINY_BIN, ['--fix'], { cwd: root });
    while (read(names[2] ?? '') === text(95) && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect(stderr).toMatch(/^pool-lint: stopped after \d+ of 400 files, \d+ repaired\n$/u);
    expect(stdout).toBe('');
    expect(code).toBe(expected);
    expect(readdirSync(root)).toEqual(names);
    const texts = names.map(read);
    expect(texts.filter((content) => content !== text(95) && content !== text(0))).toEqual([]);
    expect(texts).toContain(text(0));
    expect(texts).toContain(text(95));
  });
});
