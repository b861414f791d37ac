/**
 * `npm run upgrade -- <package>[@version] …`: installs the newest version of packages that the catalog has facts about, and shows which of
 * the facts changed. The catalog and the checks are then corrected by hand; `npm run docs` writes the page anew.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LibraryChecks } from './facts/check.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(import.meta.dirname, 'facts', 'libraries');

const wanted = process.argv.slice(2);
const names = wanted.map((spec) => spec.replace(/(?<=.)@[^/]*$/u, ''));
if (wanted.length === 0) {
  console.error('Say which packages: npm run upgrade -- pg undici@8');
  process.exit(2);
}

function run(command: string, args: readonly string[]): number {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1;
}

function versionOf(name: string): string {
  try {
    const manifest = readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8');
    return (JSON.parse(manifest) as { readonly version: string }).version;
  } catch {
    return 'none';
  }
}

const before = names.map(versionOf);
const specs = wanted.map((spec, index) => (spec === names[index] ? `${spec}@latest` : spec));
if (run('npm', ['install', '--save-dev', '--no-audit', '--no-fund', ...specs]) !== 0) process.exit(1);
for (const [index, name] of names.entries()) console.log(`${name}: ${before[index] ?? ''} → ${versionOf(name)}`);

const libraries: string[] = [];
for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))) {
  const { default: checks } = (await import(pathToFileURL(path.join(FOLDER, file)).href)) as {
    readonly default: LibraryChecks;
  };
  if (checks.packages.some((name) => names.includes(name))) libraries.push(checks.library);
}
if (libraries.length === 0) {
  console.error('The catalog has no facts about the options of these packages.');
  process.exit(1);
}
const pattern = libraries.map((name) => `^${name.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)} `).join('|');
// What fails is what changed: each title names its facts.
process.exitCode = run('npx', ['vitest', 'run', 'test/conformance/facts.test.ts', '-t', pattern]);
