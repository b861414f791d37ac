import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInside, lintRootOf } from '../../src/cli/lint-root.js';
import { poolLint, project } from './support/project.js';

describe('where globs of the preset count from', () => {
  it.each([
    ['the current folder, for what it holds', { 'home/src/a.ts': '' }, 'home', 'home/src', 'home'],
    ['not a package inside it', { 'home/test/package.json': '{}' }, 'home', 'home/test', 'home'],
    [
      'the current folder inside a repository',
      { 'repo/.git/HEAD': '', 'repo/src/a.ts': '' },
      'repo/src',
      'repo/src',
      'repo/src',
    ],
    ['a repository inside it', { 'home/test/repo/.git/HEAD': '' }, 'home', 'home/test/repo', 'home/test/repo'],
    [
      'the repository of a path outside',
      { 'repo/.git/HEAD': '', 'repo/test/a.ts': '', 'home/x': '' },
      'home',
      'repo/test',
      'repo',
    ],
    [
      'without one the package',
      { 'other/package.json': '{}', 'other/src/a.ts': '', 'home/x': '' },
      'home',
      'other/src',
      'other',
    ],
    ['without both the folder', { 'test/other/a.ts': '', 'home/x': '' }, 'home', 'test/other', 'test/other'],
  ])('%s', (_, files, cwd, target, root) => {
    const { path: at } = project(files);
    expect(lintRootOf(at(target), true, at(cwd))).toBe(at(root));
    expect(lintRootOf(at(target, 'file.ts'), false, at(cwd))).toBe(at(root));
  });

  it('tells inside from beside', () => {
    const home = path.resolve('/home');
    expect(isInside(home, home)).toBe(true);
    expect(isInside(path.join(home, '..a'), home)).toBe(true);
    expect(isInside(path.resolve('/home2'), home)).toBe(false);
    expect(isInside(path.resolve('/'), home)).toBe(false);
  });

  it('holds the ignores of a preset below the root, and not because of folders above it', async () => {
    const { root } = project({
      'test/app/a.ts': 'risky',
      'test/app/a.test.ts': 'risky',
      'test/app/test/b.ts': 'risky',
      'home/x': '',
    });
    const { code, stdout } = await poolLint(['../test/app', '../test/app/a.test.ts'], { cwd: path.join(root, 'home') });
    expect(code).toBe(1);
    expect(stdout).toContain('3 files checked, 1 with findings:');
    expect(stdout).toContain(path.join(root, 'test/app/a.ts'));
  });
});
