import type { ApiPath } from './descriptor.js';

/** A step from a module to a value: a member name, a call, or a construction. */
export type Step = string;
export const CALL = '()';
export const NEW = 'new';

/** A compiled {@link ApiPath}: for each step the names it allows. */
export interface PathPattern {
  /** Kind of framework value in front (`<app>.get`), or null for a path that starts at the module. */
  readonly value: string | null;
  readonly steps: readonly StepPattern[];
  /** What the last step can be; null if that is a pattern too. */
  readonly last: readonly Step[] | null;
}

type StepPattern = (step: Step) => boolean;

/**
 * Compiles an API path.
 *
 * @throws if the path cannot be read; the catalog's own paths are all compiled by a test.
 */
export function compilePath(path: ApiPath): readonly PathPattern[] {
  const known = compiled.get(path);
  if (known) return known;
  const patterns = alternatives(path).map(compileOne);
  compiled.set(path, patterns);
  return patterns;
}

// A memo of a pure function: the same text always compiles to the same pattern.
const compiled = new Map<ApiPath, readonly PathPattern[]>();

// Only braces around dotted names and `default` multiply out (`{Pool,native.Pool}`); plain lists stay one step, so that long method lists are cheap.
function alternatives(path: ApiPath): string[] {
  const match = /\{([^{}]*[.()][^{}]*|[^{}]*\bdefault\b[^{}]*)\}/.exec(path);
  if (!match?.[1]) return [path];
  const head = path.slice(0, match.index);
  const tail = path.slice(match.index + match[0].length);
  return match[1].split(',').flatMap((name) => alternatives(head + name + tail));
}

function compileOne(path: string): PathPattern {
  let rest = path.trim();
  let construct = false;
  if (rest.startsWith('new ')) {
    construct = true;
    rest = rest.slice(4).trim();
  }
  let value: string | null = null;
  const head = /^<([\w-]+)>\.?/.exec(rest);
  if (head) {
    value = head[1] ?? null;
    rest = rest.slice(head[0].length);
  }
  const steps: StepPattern[] = [];
  let last: readonly Step[] | null = [''];
  const token = /\(\)|\{([^{}]*)\}|([^.(){}\s]+)|\./y;
  while (token.lastIndex < rest.length) {
    const match = token.exec(rest);
    if (!match) throw new Error(`unreadable API path: ${path}`);
    if (match[0] === '.') continue;
    if (match[0] === '()') {
      const step = construct ? NEW : CALL;
      construct = false;
      steps.push((candidate) => candidate === step);
      last = [step];
    } else {
      const names = (match[1] ?? match[2] ?? '').split(',').map((name) => name.trim());
      if (names.length === 1 && names[0] === 'default') continue;
      steps.push(namePattern(names));
      last = names.some((name) => name.includes('*')) ? null : names;
    }
  }
  return { value, steps, last };
}

function namePattern(names: readonly string[]): StepPattern {
  const exact = new Set(names.filter((name) => !name.includes('*')));
  const wild = names
    .filter((name) => name.includes('*'))
    .map((name) => new RegExp(`^${name.split('*').map(escapeRegExp).join('.*')}$`, 'u'));
  return (step) => step !== CALL && step !== NEW && (exact.has(step) || wild.some((pattern) => pattern.test(step)));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Do the steps match the pattern from beginning to end? `default` steps do not count. */
export function matchesSteps(pattern: PathPattern, steps: readonly Step[]): boolean {
  return pattern.steps.length === steps.length && pattern.steps.every((test, index) => test(steps[index] ?? ''));
}

/** Does the API path lead exactly to these steps? */
export function matchesPath(path: ApiPath, steps: readonly Step[]): boolean {
  return compilePath(path).some((pattern) => pattern.value === null && matchesSteps(pattern, steps));
}

/**
 * A matcher for import specifiers; a star stands for any rest.
 */
export function matchesModule(pattern: string, specifier: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === specifier;
  const parts = pattern.split('*');
  let position = 0;
  return parts.every((part, index) => {
    if (index === 0) {
      position = part.length;
      return specifier.startsWith(part);
    }
    if (index === parts.length - 1) return specifier.length - part.length >= position && specifier.endsWith(part);
    const found = specifier.indexOf(part, position);
    position = found + part.length;
    return found >= 0;
  });
}

/** Is the import specifier one of these? */
export function matchesAnyModule(patterns: readonly string[], specifier: string): boolean {
  return patterns.some((pattern) => matchesModule(plainModule(pattern), plainModule(specifier)));
}

// `npm:pg@^8.16.0`, `npm:/@scope/name@1/sub`: a name, perhaps in a scope, a version, and a path inside the package.
const NPM = /^npm:\/?((?:@[^@/]+\/)?[^@/]+)(?:@[^/]*)?(\/.*)?$/u;

/**
 * The specifier as the package itself is imported in Node: without `node:`, and without `npm:` and the version that Deno writes there.
 * Other registries (`jsr:`) have packages of their own.
 */
export function plainModule(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier.slice(5);
  const npm = specifier.startsWith('npm:') ? NPM.exec(specifier) : null;
  return npm ? `${npm[1] ?? ''}${npm[2] ?? ''}` : specifier;
}
