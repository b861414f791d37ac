import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunnablePlugin } from '../../../src/cli/plugin.js';
import { run } from '../../../src/cli/run.js';
import { tinyPlugin } from './tiny-plugin.js';

/** A folder that lives as long as its test. */
export interface TestProject {
  readonly root: string;
  readonly path: (...parts: string[]) => string;
  readonly read: (file: string) => string;
}

/** Writes files by relative name into a new temporary folder. */
export function project(files: Record<string, string | Uint8Array>): TestProject {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'pool-lint-')));
  // Other users look in as well: a test of unreadable files runs as one.
  chmodSync(root, 0o755);
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { root, path: (...parts) => path.join(root, ...parts), read: (file) => readFileSync(path.join(root, file), 'utf8') };
}

/** What a run left behind. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Circumstances of a run. */
export interface RunOptions {
  readonly cwd: string;
  readonly plugin?: RunnablePlugin;
  readonly tty?: boolean;
  readonly env?: Record<string, string>;
  readonly signal?: AbortSignal;
}

/** Runs pool-lint in this process. */
export async function poolLint(args: readonly string[], options: RunOptions): Promise<Ran> {
  const { cwd, plugin = tinyPlugin, tty = false, env = {}, signal = new AbortController().signal } = options;
  let stdout = '';
  let stderr = '';
  const code = await run(args, plugin, {
    cwd,
    env,
    signal,
    stdout: { write: (text) => (stdout += text), isTTY: tty },
    stderr: { write: (text) => (stderr += text), isTTY: tty },
  });
  return { code, stdout, stderr };
}

/** Names of the files that a run looked at, relative to the project, in order. */
export async function checkedFiles(args: readonly string[], cwd: string, root = cwd): Promise<string[]> {
  const { stdout } = await poolLint([...args, '--format', 'json'], { cwd });
  const results = JSON.parse(stdout) as { filePath: string }[];
  return results.map(({ filePath }) => path.relative(root, filePath).split(path.sep).join('/'));
}
