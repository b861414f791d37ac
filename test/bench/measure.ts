/** Two arms, measured in turns: one empty rule, and all rules of the plugin. Parsing is outside the clock. */
import { ESLint, Linter, type Rule, type SourceCode } from 'eslint';
import type plugin from '../../src/index.js';
import { linesOf } from './corpus.js';
import { parse, type Source } from './parse.js';

export type Plugin = typeof plugin;

/** A configuration in the form in which ESLint keeps it after reading it once. */
export type Arm = Linter.Config[];

const linter = new Linter();

/**
 * The arm for a configuration.
 *
 * `Linter.verify` checks and merges a configuration anew for every text, which no user pays: `ESLint` does that once for all files. So it
 * is asked for the merged one.
 */
async function armOf(config: Linter.Config): Promise<Arm> {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: [{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } }, config],
  });
  const merged: unknown = await eslint.calculateConfigForFile('file.js');
  return Object.assign([], { getConfig: () => merged });
}

const emptyRule: Rule.RuleModule = { create: () => ({}) };

/** One rule that does nothing: without any rule ESLint keeps less in memory, and is faster for that. */
export function emptyArm(): Promise<Arm> {
  return armOf({ plugins: { bench: { rules: { empty: emptyRule } } }, rules: { 'bench/empty': 'error' } });
}

/** All rules of the plugin. */
export function pluginArm(plugin: Plugin, settings: NonNullable<Linter.Config['settings']> = {}): Promise<Arm> {
  const rules = Object.fromEntries(Object.keys(plugin.rules).map((name) => [`pool/${name}`, 'error' as const]));
  return armOf({ plugins: { pool: plugin }, rules, settings });
}

/** Runs the rules of an arm over a parsed file. */
export function verify(code: SourceCode, arm: Arm, path: string): Linter.LintMessage[] {
  return linter.verify(code, arm, { filename: path });
}

/**
 * Milliseconds that a run takes on its thread, or a little more. The wall clock counts what else the machine does, the processor time
 * of the process counts its other threads (compiler, garbage collector): the smaller one is nearer to the truth.
 */
export function clock(run: () => void): number {
  const cpu = process.cpuUsage();
  const start = performance.now();
  run();
  const wall = performance.now() - start;
  const { system, user } = process.cpuUsage(cpu);
  // Windows counts processor time in steps that are longer than most runs here.
  return process.platform === 'win32' ? wall : Math.min(wall, (system + user) / 1000);
}

/** Collects what lies around, so that the next measurement does not pay for the one before. */
export function tidy(): void {
  globalThis.gc?.({ type: 'minor', execution: 'sync' });
}

interface Best {
  parse: number;
  empty: number;
  plugin: number;
}

// Trees held in memory at a time.
const CHUNK = 20;

/** Compares the two arms on a set of files. Each file counts with the best of its rounds: that is the one nobody disturbed. */
export class Comparison {
  readonly lines: number;
  readonly #sources: readonly Source[];
  readonly #arms: { readonly empty: Arm; readonly plugin: Arm };
  readonly #best: readonly Best[];
  #rounds = 0;

  constructor(sources: readonly Source[], arms: { readonly empty: Arm; readonly plugin: Arm }) {
    this.#sources = sources;
    this.lines = sources.reduce((sum, { text }) => sum + linesOf(text), 0);
    this.#arms = arms;
    this.#best = sources.map(() => ({ parse: Infinity, empty: Infinity, plugin: Infinity }));
  }

  get rounds(): number {
    return this.#rounds;
  }

  /** Measures every file with both arms. Which one begins changes from round to round. */
  round(): void {
    const order = this.#rounds % 2 === 0 ? (['empty', 'plugin'] as const) : (['plugin', 'empty'] as const);
    for (let from = 0; from < this.#sources.length; from += CHUNK) {
      const chunk = this.#sources.slice(from, from + CHUNK);
      for (const arm of order) this.#measure(chunk, from, arm);
    }
    this.#rounds += 1;
  }

  #measure(chunk: readonly Source[], from: number, arm: 'empty' | 'plugin'): void {
    const parsed: SourceCode[] = [];
    for (const [index, source] of chunk.entries()) {
      this.#note(
        from + index,
        'parse',
        clock(() => parsed.push(parse(source))),
      );
    }
    tidy();
    for (const [index, code] of parsed.entries()) {
      const path = chunk[index]?.path ?? '';
      this.#note(
        from + index,
        arm,
        clock(() => verify(code, this.#arms[arm], path)),
      );
    }
  }

  #note(index: number, key: keyof Best, time: number): void {
    const best = this.#best[index];
    if (best) best[key] = Math.min(best[key], time);
  }

  /** Milliseconds for 1,000 lines. */
  get costs(): Readonly<Best> {
    const sum = (key: keyof Best): number => (this.#best.reduce((total, best) => total + best[key], 0) / this.lines) * 1000;
    return { parse: sum('parse'), empty: sum('empty'), plugin: sum('plugin') };
  }

  /** Parse and traverse with the plugin, over the same with the empty rule. */
  get ratio(): number {
    const { empty, parse: parsing, plugin } = this.costs;
    return (parsing + plugin) / (parsing + empty);
  }
}

/** Adds up the time spent inside the rules themselves. */
export class Stopwatch {
  #total = 0;

  /** The plugin with its rules under the clock. */
  watch(plugin: Plugin): Plugin {
    const rules = Object.fromEntries(Object.entries(plugin.rules).map(([name, rule]) => [name, this.#watched(rule)]));
    return { ...plugin, rules };
  }

  #watched(rule: Rule.RuleModule): Rule.RuleModule {
    return {
      ...rule,
      create: (context) => {
        const listeners = this.#timed(() => rule.create(context));
        return Object.fromEntries(
          Object.entries(listeners).map(([event, listener]) => [
            event,
            (...args: unknown[]) => this.#timed(() => (listener as (...all: unknown[]) => void)(...args)),
          ]),
        );
      },
    };
  }

  #timed<T>(run: () => T): T {
    let result!: T;
    this.#total += clock(() => {
      result = run();
    });
    return result;
  }

  /** The time since the last reading. */
  read(): number {
    const total = this.#total;
    this.#total = 0;
    return total;
  }
}
