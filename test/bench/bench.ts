/**
 * What the plugin costs, beside what ESLint costs without it, in one run. Prints ratios; exits 1 above a limit.
 *
 * `--short` takes less code and less time, for a shared machine: under a minute where the process gets a processor and nothing exceeds its limit.
 * So few rounds scatter by a third of what the limits allow, which is allowed on top.
 * `--plugin <file>` measures another build.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { importsCatalog, linesOf, mentionsClients, readSource, sourcePaths } from './corpus.js';
import { denseCorpus, longFile, type GeneratedFile } from './dense.js';
import { loadTimes } from './load.js';
import { clock, Comparison, emptyArm, pluginArm, Stopwatch, tidy, verify, type Arm, type Plugin } from './measure.js';
import { parse, type Source } from './parse.js';

const { values: options } = parseArgs({
  options: { short: { type: 'boolean', default: false }, plugin: { type: 'string', default: 'dist/index.js' } },
});

const ROOT = path.resolve(import.meta.dirname, '../..');
const MODULES = path.join(ROOT, 'node_modules');
const entry = path.resolve(ROOT, options.plugin);

/** Limits of the ratios. Those of edit and load are explained where they are measured; files full of mistakes do not exist, and may cost more. */
const LIMITS = { unrelated: 1.01, mixed: 1.02, dense: 1.1, careless: 1.35, growth: 12, edit: 0.15, load: 0.15 } as const;

/** How much is measured: lines of each corpus, seconds of processor time for each row. */
const EFFORT = options.short
  ? { lines: 6000, copies: 2, seconds: 6, loads: 5 }
  : { lines: 30_000, copies: 4, seconds: 40, loads: 15 };

interface Row {
  readonly what: string;
  readonly ratio: number;
  readonly limit: number;
  readonly detail: string;
}

/** A measurement that can be continued: more of it only brings it nearer to the undisturbed value. */
type Measurement = () => Row;

/** Measures and prints. What exceeds its limit is measured on before it counts: the machine may have been busy. */
function record(measure: Measurement): boolean {
  let row = measure();
  for (let again = 0; again < 2 && row.ratio > row.limit; again++) row = measure();
  const { detail, limit, ratio, what } = row;
  const verdict = ratio > allowed(limit) ? 'OVER' : 'ok';
  console.log(
    `${what.padEnd(34)} ${ratio.toFixed(3).padStart(8)} ${limit.toFixed(2).padStart(7)}  ${verdict.padEnd(5)} ${detail}`,
  );
  return ratio <= allowed(limit);
}

// What lies above 1 is the cost; a limit below 1 is a cost by itself.
function allowed(limit: number): number {
  if (!options.short) return limit;
  const free = limit >= 1 && limit < 2 ? 1 : 0;
  return free + ((limit - free) * 4) / 3;
}

/** Runs rounds until enough was computed, or until more of them change nothing. What else the machine does takes nothing off. */
function repeat(round: () => number): number {
  const start = process.cpuUsage();
  const results: number[] = [];
  for (;;) {
    results.push(round());
    const last = results.slice(-8);
    const settled = results.length >= 16 && Math.max(...last) - Math.min(...last) < 0.0005;
    const { system, user } = process.cpuUsage(start);
    if (settled || (system + user) / 1e6 > EFFORT.seconds) return last.at(-1) ?? Infinity;
  }
}

function comparison(what: string, sources: readonly Source[], arms: { empty: Arm; plugin: Arm }, limit: number): Measurement {
  const compared = new Comparison(sources, arms);
  return () => {
    const ratio = repeat(() => {
      compared.round();
      return compared.ratio;
    });
    const { empty, parse: parsing, plugin } = compared.costs;
    const each = `parse ${parsing.toFixed(2)} + traverse ${empty.toFixed(2)} + plugin ${(plugin - empty).toFixed(2)} ms/kLOC`;
    const size = `${String(sources.length)} files, ${(compared.lines / 1000).toFixed(1)} kLOC, ${String(compared.rounds)} rounds`;
    return { what, ratio, limit, detail: `${each}; ${size}` };
  };
}

/** Installed sources that pass a test, up to a number of lines. Nobody writes or lints the bundles and one-line stubs of packages. */
function installed(test: (text: string) => boolean): readonly Source[] {
  const sources: Source[] = [];
  let taken = 0;
  for (const name of names) {
    if (taken >= EFFORT.lines) break;
    const source = readSource(MODULES, name);
    const length = linesOf(source.text);
    if (length < 20 || length > 1500 || source.text.length / length > 200 || !test(source.text) || !parses(source)) continue;
    sources.push(source);
    taken += length;
  }
  return sources;
}

function parses(source: Source): boolean {
  try {
    parse(source);
    return true;
  } catch {
    return false;
  }
}

function toSource({ name, text }: GeneratedFile): Source {
  return { path: name, text };
}

/**
 * Time inside the rules for a file and for one ten times as long.
 *
 * The tree of the long one fits into no cache, for which the rules cannot help: ESLint's own traversal, which certainly does ten times
 * the work, takes up to fifteen times as long. So growth is that of the rules beyond that of the traversal.
 */
function growth(plugin: Arm, stopwatch: Stopwatch): Measurement {
  const sizes = [2000, 20_000].map((lines) => ({
    lines,
    source: toSource(longFile(lines)),
    rules: Infinity,
    traversal: Infinity,
  }));
  const [short, long] = sizes;
  if (!short || !long) throw new Error('nothing to compare');
  return () => {
    const ratio = repeat(() => {
      for (const size of sizes) {
        for (let turn = size.lines; turn <= 10_000 || turn === size.lines; turn += size.lines) {
          const code = parse(size.source);
          tidy();
          stopwatch.read();
          const whole = clock(() => verify(code, plugin, size.source.path));
          const rules = stopwatch.read();
          size.rules = Math.min(size.rules, rules);
          size.traversal = Math.min(size.traversal, whole - rules);
        }
      }
      const machine = long.traversal / short.traversal / 10;
      return long.rules / short.rules / Math.max(1, machine);
    });
    const detail = `rules ${short.rules.toFixed(1)} → ${long.rules.toFixed(1)} ms, traversal ${short.traversal.toFixed(1)} → ${long.traversal.toFixed(1)} ms, for 2,000 → 20,000 lines`;
    return { what: 'growth of a file by 10', ratio, limit: LIMITS.growth, detail };
  };
}

/**
 * An editor lints a text after every key. The target is 10 ms inside the rules for 2,000 lines, on a machine that parses and traverses
 * such a file in 65 ms; on any machine that is the same part of it, so the part is what is compared, with the fastest quarter of the
 * edits.
 */
function edit(plugin: Arm, empty: Arm, stopwatch: Stopwatch): Measurement {
  const { path: name, text } = toSource(longFile(2000));
  const middle = text.indexOf('\n', text.length / 2);
  const own: number[] = [];
  const around: number[] = [];
  return () => {
    const ratio = repeat(() => {
      const edited = { path: name, text: `${text.slice(0, middle)} // ${'x'.repeat(own.length + 1)}${text.slice(middle)}` };
      const code = parse(edited);
      tidy();
      stopwatch.read();
      verify(code, plugin, name);
      own.push(stopwatch.read());
      if (own.length % 3 === 1) around.push(clock(() => verify(parse(edited), empty, name)));
      return fastestQuarter(own) / fastestQuarter(around);
    });
    const detail = `${fastestQuarter(own).toFixed(1)} ms in the rules beside ${fastestQuarter(around).toFixed(1)} ms to parse and traverse (target 10 ms beside 65)`;
    return { what: 'edit in a file of 2,000 lines', ratio, limit: LIMITS.edit, detail };
  };
}

function fastestQuarter(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 4)] ?? Infinity;
}

/**
 * Loading the plugin after ESLint. The target is 5 ms, where ESLint itself takes 75 ms; loading is measured once per process and
 * depends on the disk, hence twice that part.
 */
function load(): Measurement {
  return () => {
    const { eslint, plugin: loaded } = loadTimes(entry, EFFORT.loads);
    const detail = `${loaded.toFixed(1)} ms beside ${eslint.toFixed(0)} ms for ESLint itself (target 5 ms beside 75)`;
    return { what: 'loading the plugin', ratio: loaded / eslint, limit: LIMITS.load, detail };
  };
}

const { default: plugin } = (await import(pathToFileURL(entry).href)) as { readonly default: Plugin };
const arms = { empty: await emptyArm(), plugin: await pluginArm(plugin) };
const stopwatch = new Stopwatch();
const watched = await pluginArm(stopwatch.watch(plugin));
const names = sourcePaths(MODULES, /(?<!\.d)\.(?:[cm]?js|[cm]?ts|tsx)$/u);

const measurements: readonly Measurement[] = [
  comparison(
    'files without a client',
    installed((text) => !mentionsClients(text)),
    arms,
    LIMITS.unrelated,
  ),
  comparison(
    'installed packages, all files',
    installed(() => true),
    arms,
    LIMITS.mixed,
  ),
  comparison('installed files that use clients', installed(importsCatalog), arms, LIMITS.dense),
  comparison('generated files full of clients', denseCorpus(EFFORT.copies, 'usual').map(toSource), arms, LIMITS.dense),
  comparison('the same, full of mistakes', denseCorpus(EFFORT.copies, 'careless').map(toSource), arms, LIMITS.careless),
  growth(watched, stopwatch),
  edit(watched, arms.empty, stopwatch),
  load(),
];

// ESLint's own code runs in every row, the rules' analysis only where there are clients. Without a head start the rules would be measured
// while they are still being compiled, and the traversal long after.
for (let turn = 0; turn < 30; turn++)
  for (const { name, text } of denseCorpus(1, 'careless')) verify(parse({ path: name, text }), arms.plugin, name);

console.log(`${String(Object.keys(plugin.rules).length)} rules against one empty rule, on Node ${process.version}\n`);
console.log(`${'what'.padEnd(34)} ${'ratio'.padStart(8)} ${'limit'.padStart(7)}`);
const verdicts = measurements.map(record);
process.exitCode = verdicts.every(Boolean) ? 0 : 1;
