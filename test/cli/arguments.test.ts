import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.js';
import { poolLint } from './support/project.js';

const parse = (...args: string[]) => parseArguments(args, '1.2.3', { write: () => undefined });

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(parse()).toEqual({
      paths: ['.'],
      fix: 'none',
      preset: 'recommended',
      format: 'stylish',
      maxWarnings: undefined,
      config: undefined,
      quiet: false,
    });
  });

  it('takes every option, between and after paths', () => {
    const args = [
      'a',
      '--fix',
      'b.ts',
      '--preset',
      'strict',
      '--format=json',
      '--max-warnings',
      '3',
      '--config',
      's.json',
      '--quiet',
    ];
    expect(parse(...args)).toEqual({
      paths: ['a', 'b.ts'],
      fix: 'safe',
      preset: 'strict',
      format: 'json',
      maxWarnings: 3,
      config: 's.json',
      quiet: true,
    });
  });

  it('takes --fix-all, alone and beside --fix', () => {
    expect(parse('--fix-all')?.fix).toBe('all');
    expect(parse('--fix', '--fix-all')?.fix).toBe('all');
  });

  it('takes paths that look like options after --', () => {
    expect(parse('--', '--fix')?.paths).toEqual(['--fix']);
  });

  it.each([
    [['--fxi'], "pool-lint: unknown option '--fxi' (Did you mean --fix?)\n"],
    [['--preset', 'foo'], /^pool-lint: option '--preset <name>' argument 'foo' is invalid\. .*recommended, strict, all\.\n$/u],
    [['--max-warnings', '-1'], /^pool-lint: option '--max-warnings <n>' argument '-1' is invalid\..*\n$/u],
    [['--max-warnings', 'many'], /^pool-lint: option '--max-warnings <n>' argument 'many' is invalid\..*\n$/u],
    [['--config'], "pool-lint: option '--config <file>' argument missing\n"],
  ])('refuses %j in one line and exits with 2', async (args, message) => {
    const { code, stdout, stderr } = await poolLint(args, { cwd: '/' });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  it('prints the version of the plugin', async () => {
    expect(await poolLint(['--version'], { cwd: '/' })).toEqual({ code: 0, stdout: '9.8.7\n', stderr: '' });
  });

  it('prints help with examples', async () => {
    const { code, stdout, stderr } = await poolLint(['--help'], { cwd: '/' });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    for (const option of ['--fix ', '--fix-all', '--preset', '--format', '--max-warnings', '--config', '--quiet'])
      expect(stdout).toContain(option);
    expect(stdout).toContain('Examples:\n  pool-lint ');
    expect(stdout).toContain('Exit code: 0 clean, 1 findings, 2');
  });
});
