/**
 * `npm start`: lints the sample service, or what is named. Without a path a fixing run works on a copy of the sample.
 */
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';

const args = process.argv.slice(2);
const root = path.resolve(import.meta.dirname, '..');
const sample = path.join(root, 'docs', 'sample-service');
const VALUED = new Set(['--config', '--format', '--max-warnings', '--preset', '-c', '-f']);
const named = args.filter((arg, index) => !arg.startsWith('-') && !VALUED.has(args[index - 1] ?? ''));

let target: string[] = [];
if (named.length === 0 && !args.some((arg) => arg === '--help' || arg === '--version')) {
  const fixing = args.some((arg) => arg.startsWith('--fix'));
  const folder = fixing ? path.join(mkdtempSync(path.join(tmpdir(), 'pool-lint-')), 'sample-service') : sample;
  if (fixing) {
    cpSync(sample, folder, { recursive: true });
    console.log(`The sample service was copied to ${folder}\n`);
  }
  target = [path.relative(process.cwd(), folder)];
}

const { status } = spawnSync(
  process.execPath,
  ['--import', import.meta.resolve('tsx'), path.join(root, 'src/cli/index.ts'), ...target, ...args],
  {
    stdio: 'inherit',
  },
);
// The sample is there to show findings: showing them is success.
process.exitCode = named.length === 0 && status === 1 ? 0 : (status ?? 2);
