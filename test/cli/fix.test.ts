import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { poolLint, project } from './support/project.js';

describe('--fix and --fix-all', () => {
  it('change nothing unless asked', async () => {
    const { root, read } = project({ 'a.ts': 'x(3); risky' });
    await poolLint([], { cwd: root });
    expect(read('a.ts')).toBe('x(3); risky');
  });

  it('--fix applies fixes and leaves suggestions', async () => {
    const { root, read } = project({ 'a.ts': 'x(3); risky; careful', 'b.ts': 'fine' });
    const { code, stdout } = await poolLint(['--fix'], { cwd: root });
    expect(code).toBe(1);
    expect(read('a.ts')).toBe('x(0); risky; cautious');
    expect(stdout).toContain(
      '2 files checked, 1 with findings:\n  1  pool/risky\nFixable: 0 with --fix, 1 with --fix-all.\n1 file repaired.\n',
    );
  });

  it('--fix-all applies both, and exits with 0 if nothing is left', async () => {
    const { root, read } = project({ 'a.ts': 'x(3); risky; careful' });
    const { code, stdout } = await poolLint(['--fix-all'], { cwd: root });
    expect(code).toBe(0);
    expect(read('a.ts')).toBe('x(0); proved; cautious');
    expect(stdout).toBe('1 file checked, no findings.\n1 file repaired.\n');
  });

  it('goes on after the 10 passes of ESLint, until nothing is left', async () => {
    const { root, read } = project({ 'a.ts': 'x(67)' });
    expect((await poolLint(['--fix'], { cwd: root })).code).toBe(0);
    expect(read('a.ts')).toBe('x(0)');
  });

  it('but not for ever', async () => {
    const { root, read } = project({ 'a.ts': 'x(1000)' });
    const { code, stdout } = await poolLint(['--fix'], { cwd: root });
    expect(code).toBe(1);
    expect(read('a.ts')).toBe('x(900)');
    expect(stdout).toContain('Fixable: 1 with --fix');
  });

  it('leaves warnings alone with --quiet, which does not show them', async () => {
    const { root, read } = project({ 'a.ts': 'x(1); careful' });
    await poolLint(['--fix', '--quiet'], { cwd: root });
    expect(read('a.ts')).toBe('x(0); careful');
    await poolLint(['--fix', '--quiet', '--max-warnings', '0'], { cwd: root });
    expect(read('a.ts')).toBe('x(0); careful');
  });

  it('never writes what does not parse: the file stays, its findings are shown, and it is told', async () => {
    const { root, read } = project({ 'a.ts': 'breakme; x(2)', 'b.js': 'breakme; 017' });
    const { code, stdout, stderr } = await poolLint(['--fix'], { cwd: root });
    expect(code).toBe(2);
    expect(read('a.ts')).toBe('breakme; x(2)');
    expect(read('b.js')).toBe('breakme; 017');
    expect(stdout).toContain('2  pool/broken');
    expect(stdout).not.toContain('repaired');
    expect(stderr).toBe(
      'pool-lint: a.ts: a fix would leave code that does not parse; the file was left as it is (and 1 more failure)\n',
    );
  });

  it('does not rewrite a file in another encoding', async () => {
    const latin1 = Buffer.from('x(3); // gr\xFC\xDFe', 'latin1');
    const { root } = project({ 'a.ts': latin1 });
    const { code } = await poolLint(['--fix'], { cwd: root });
    expect(code).toBe(1);
    expect(readFileSync(path.join(root, 'a.ts'))).toEqual(latin1);
  });

  it('keeps a byte order mark and line ends', async () => {
    const { root, read } = project({ 'a.ts': '\uFEFFx(3);\r\nrisky;\r\n' });
    await poolLint(['--fix-all'], { cwd: root });
    expect(read('a.ts')).toBe('\uFEFFx(0);\r\nproved;\r\n');
  });

  it('does not touch files that need nothing', async () => {
    const { root, path: at } = project({ 'a.ts': 'risky' });
    const before = statSync(at('a.ts'));
    await poolLint(['--fix'], { cwd: root });
    expect(statSync(at('a.ts'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it('json tells the output of repaired files', async () => {
    const { root } = project({ 'a.ts': 'x(67)', 'b.ts': '' });
    const { stdout } = await poolLint(['--fix', '--format', 'json'], { cwd: root });
    expect((JSON.parse(stdout) as { output?: string }[]).map(({ output }) => output)).toEqual(['x(0)', undefined]);
  });
});

describe.skipIf(process.platform === 'win32')('writing', () => {
  it('puts a new file in the place of the old one, with its mode, and leaves nothing beside it', async () => {
    const { root, path: at, read } = project({ 'a.ts': 'x(3)' });
    chmodSync(at('a.ts'), 0o751);
    const before = statSync(at('a.ts'));
    await poolLint(['--fix'], { cwd: root });
    const after = statSync(at('a.ts'));
    expect(read('a.ts')).toBe('x(0)');
    // Renamed into place: whoever reads meanwhile sees the whole old text or the whole new one.
    expect(after.ino).not.toBe(before.ino);
    expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
    expect(readdirSync(root)).toEqual(['a.ts']);
  });

  it('writes through a link that was named', async () => {
    const { root, path: at, read } = project({ 'real/a.ts': 'x(3)' });
    symlinkSync('real/a.ts', at('link.ts'));
    await poolLint(['--fix', 'link.ts'], { cwd: root });
    expect(lstatSync(at('link.ts')).isSymbolicLink()).toBe(true);
    expect(read('real/a.ts')).toBe('x(0)');
  });
});
