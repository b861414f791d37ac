import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkedFiles, poolLint, project } from './support/project.js';

describe('finding files', () => {
  it('takes JavaScript and TypeScript in every extension, sorted, and no declarations', async () => {
    const names = ['a.js', 'b.mjs', 'c.cjs', 'd.jsx', 'e.ts', 'f.mts', 'g.cts', 'h.tsx', 'sub/deep/i.ts'];
    const others = ['j.d.ts', 'k.d.mts', 'l.d.cts', 'm.json', 'n.vue', 'README.md', 'bin'];
    const { root } = project(Object.fromEntries([...others, ...names].map((name) => [name, ''])));
    expect(await checkedFiles([], root)).toEqual(names);
  });

  it('leaves dependencies, build output, minified and hidden files out, at every depth', async () => {
    const folders = [
      'node_modules/x',
      'dist',
      'build',
      'out',
      'coverage',
      'vendor',
      '.next',
      '.nuxt',
      '.output',
      '.svelte-kit',
      '.git',
    ];
    const left = folders.flatMap((folder) => [`${folder}/a.js`, `packages/p/${folder}/a.js`]);
    const { root } = project(
      Object.fromEntries([...left, 'a.min.js', 'b.min.mjs', 'src/a.js', 'src/builder.js'].map((name) => [name, ''])),
    );
    expect(await checkedFiles([], root)).toEqual(['src/a.js', 'src/builder.js']);
  });

  it('searches a folder of that kind if it is named', async () => {
    const { root } = project({ 'dist/a.js': '', 'dist/node_modules/b.js': '' });
    expect(await checkedFiles(['dist'], root)).toEqual(['dist/a.js']);
  });

  it('respects every .gitignore: above, beside and below, with anchors and negations', async () => {
    const { root } = project({
      '.git/HEAD': '',
      '.gitignore': '/generated/\n*.gen.ts\n# comment\nlogs\n',
      'generated/a.ts': '',
      'logs/a.ts': '',
      'a.gen.ts': '',
      'a.ts': '',
      'pkg/.gitignore': 'tmp/\n!keep.gen.ts\n',
      'pkg/tmp/a.ts': '',
      'pkg/keep.gen.ts': '',
      'pkg/drop.gen.ts': '',
      'pkg/generated/a.ts': '',
      'pkg/logs/a.ts': '',
      'other/tmp/a.ts': '',
    });
    expect(await checkedFiles([], root)).toEqual(['a.ts', 'other/tmp/a.ts', 'pkg/generated/a.ts', 'pkg/keep.gen.ts']);
    // The same from further in, where the .gitignore of the repository lies above.
    expect(await checkedFiles([], path.join(root, 'pkg'), root)).toEqual(['pkg/generated/a.ts', 'pkg/keep.gen.ts']);
    expect(await checkedFiles(['pkg'], root)).toEqual(['pkg/generated/a.ts', 'pkg/keep.gen.ts']);
  });

  it('checks a named file always, whatever leaves it out and whatever it is called', async () => {
    const { root } = project({
      '.git/HEAD': '',
      '.gitignore': 'a.ts\n',
      'a.ts': 'risky',
      'node_modules/x/i.js': 'risky',
      'dist/a.min.js': 'risky',
      '.next/a.js': 'risky',
      'b.d.ts': 'declare const x: risky;',
      serve: '#!/usr/bin/env node\nrisky',
    });
    const files = ['a.ts', 'node_modules/x/i.js', 'dist/a.min.js', '.next/a.js', 'b.d.ts', 'serve'];
    const { stdout, code } = await poolLint(files, { cwd: root });
    expect(code).toBe(1);
    expect(stdout).toContain('6 files checked, 6 with findings:');
  });

  it('checks a file once that two paths lead to', async () => {
    const { root } = project({ 'src/a.ts': '' });
    expect(await checkedFiles(['src', 'src/a.ts', '.', './src/../src'], root)).toEqual(['src/a.ts']);
  });

  it('takes absolute paths, and paths outside the current folder', async () => {
    const { root } = project({ 'one/a.ts': 'risky', 'two/b.ts': 'risky' });
    expect(await checkedFiles([path.join(root, 'two')], path.join(root, 'one'), root)).toEqual(['two/b.ts']);
    expect(await checkedFiles(['../two/b.ts', 'a.ts'], path.join(root, 'one'), root)).toEqual(['one/a.ts', 'two/b.ts']);
  });

  it('takes names with the signs of globs literally', async () => {
    const { root } = project({ 'app/[id]/(group)/a b.ts': '', '!x.ts': '' });
    expect(await checkedFiles([], root)).toEqual(['!x.ts', 'app/[id]/(group)/a b.ts']);
    expect(await checkedFiles(['app/[id]/(group)', '!x.ts'], root)).toEqual(['!x.ts', 'app/[id]/(group)/a b.ts']);
  });

  it('does not follow links while searching', async () => {
    const { root } = project({ 'repo/a.ts': '', 'elsewhere/b.ts': '' });
    symlinkSync('../elsewhere', path.join(root, 'repo/linked'));
    symlinkSync('.', path.join(root, 'repo/loop'));
    symlinkSync('a.ts', path.join(root, 'repo/link.ts'));
    symlinkSync('nowhere.ts', path.join(root, 'repo/dangling.ts'));
    expect(await checkedFiles(['repo'], root)).toEqual(['repo/a.ts']);
  });

  it('says so if there is nothing to check', async () => {
    const { root } = project({ 'docs/a.md': '' });
    const { code, stdout, stderr } = await poolLint(['docs'], { cwd: root });
    expect(code).toBe(0);
    expect(stdout).toBe('0 files checked, no findings.\n');
    expect(stderr).toBe('pool-lint: no JavaScript or TypeScript files in docs\n');
  });

  it('names a path that does not exist, before anything is checked or repaired', async () => {
    const { root, read } = project({ 'a.ts': 'x(3)' });
    const { code, stdout, stderr } = await poolLint(['--fix', 'a.ts', 'nope/b.ts'], { cwd: root });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'pool-lint: cannot read nope/b.ts: no such file or folder\n',
    });
    expect(read('a.ts')).toBe('x(3)');
  });

  it.skipIf(process.platform === 'win32')('refuses what is neither a file nor a folder', async () => {
    const { code, stderr } = await poolLint(['/dev/null'], { cwd: '/' });
    expect(code).toBe(2);
    expect(stderr).toBe('pool-lint: cannot read /dev/null: neither a file nor a folder\n');
  });
});
