/**
 * Runs all rules over every source below `node_modules`. Exits 1 after a crash, or an edit whose result does not parse.
 *
 * `--disguised` makes the files import clients instead of what they import, so that the rules see more of them.
 * `--reports <file>` writes all reports to a file, to be read: code that works for everybody should hardly get any.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import plugin from '../../src/index.js';
import { disguised, readSource, sourcePaths } from '../bench/corpus.js';
import { survival } from './survive.js';

const { values: options } = parseArgs({
  options: { disguised: { type: 'boolean', default: false }, reports: { type: 'string' } },
});
const MODULES = path.resolve(import.meta.dirname, '../../node_modules');

const check = await survival(plugin);
// Declarations have nothing to run, whatever they import.
const names = sourcePaths(MODULES, options.disguised ? /(?<!\.d)\.(?:[cm]?js|[cm]?ts|tsx)$/u : /\.(?:[cm]?js|[cm]?ts|tsx)$/u);
const started = performance.now();
const count = { read: 0, unparsed: 0, reports: 0, failures: 0 };
const lines: string[] = [];

for (const name of names) {
  const source = readSource(MODULES, name);
  const outcome = check(options.disguised ? disguised(source) : source);
  count.read += 1;
  if (process.stderr.isTTY && count.read % 100 === 0)
    process.stderr.write(`\r${String(count.read)} of ${String(names.length)}`);
  if (!outcome) {
    count.unparsed += 1;
    continue;
  }
  count.reports += outcome.reports.length;
  count.failures += outcome.failures.length;
  for (const { line, message, ruleId } of outcome.reports) lines.push(`${name}:${String(line)} ${ruleId ?? ''} ${message}`);
  for (const { kind, message } of outcome.failures) console.log(`${kind} in ${name}\n${message}\n`);
}

if (options.reports !== undefined) writeFileSync(options.reports, `${lines.join('\n')}\n`);
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(
  `${String(count.read)} files, ${String(count.unparsed)} of them do not parse, ${String(count.reports)} reports, ${String(count.failures)} failures, ${seconds} s`,
);
process.exitCode = count.failures > 0 ? 1 : 0;
