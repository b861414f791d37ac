/** Several responses under one name: `await Promise.all(urls.map((url) => fetch(url)))`. */
import type { TSESTree } from '@typescript-eslint/utils';
import { enclosingFunction, isFunction, memberName, unwrap, wrapped, wrappedAwait, type Node } from '../ast/nodes.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import { evaluate } from './evaluate.js';
import type { Protocol, ValuePath } from './protocol.js';
import { Values } from './values.js';

/** The call that waits for several responses. */
export interface Gathering {
  readonly call: TSESTree.CallExpression;
  /** What it gives are outcomes, with the response in `value` (`Promise.allSettled`). */
  readonly settled: boolean;
}

/**
 * The `Promise.all` or `Promise.allSettled` that waits for the response of this call, among others.
 *
 * @returns null where there is none, or where each response gets a name of its own.
 */
export function gatheringOf(file: SourceFile, request: Node): Gathering | null {
  const outer = wrappedAwait(request);
  const list = outer.parent?.type === 'ArrayExpression' ? outer.parent : mappedBy(outer);
  const call = list ? wrapped(list).parent : undefined;
  if (!list || call?.type !== 'CallExpression' || call.arguments[0] !== wrapped(list)) return null;
  const origin = originsOf(file).of(call.callee);
  if (origin?.module !== GLOBAL || origin.steps[0] !== 'Promise') return null;
  const method = origin.steps[1];
  if (method !== 'all' && method !== 'allSettled') return null;
  const { parent } = wrappedAwait(call);
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'ArrayPattern') return null;
  return { call, settled: method === 'allSettled' };
}

// `urls.map((url) => fetch(url))`, from what the function answers with.
function mappedBy(answer: Node): Node | null {
  const fn = enclosingFunction(answer);
  if (!isFunction(fn) || (answer.parent !== fn && answer.parent?.type !== 'ReturnStatement')) return null;
  const call = fn.parent;
  if (call.type !== 'CallExpression' || call.arguments[0] !== fn) return null;
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'map' ? call : null;
}

/** Is any response taken out by an index that cannot be seen? */
export function isTakenApart(values: Values): boolean {
  for (const [node, path] of values.entries) {
    const { parent } = wrapped(node);
    if (
      path.length === 0 &&
      parent?.type === 'MemberExpression' &&
      parent.object === wrapped(node) &&
      memberName(parent) === null
    )
      return true;
  }
  return false;
}

const RUNS_OVER: ReadonlySet<string> = new Set(['every', 'find', 'findIndex', 'flatMap', 'forEach', 'map', 'some']);

/** What gives back all of them, from what gives back one. */
export function gatheredProtocol(file: SourceFile, one: Protocol, { settled }: Gathering): Protocol {
  const element = settled ? within('value', one) : one;
  // `responses[0]`
  const partOf = (path: ValuePath): ValuePath | null => (/^\d+$/u.test(path[0] ?? '') ? path.slice(1) : null);
  return {
    ...one,
    isEssential: (path) => {
      const part = partOf(path);
      return part ? element.isEssential(part) : path.length === 0;
    },
    releases: (path, call) => {
      const part = partOf(path);
      if (part) return element.releases(part, call);
      const [method] = path;
      if (path.length !== 1 || method === undefined || !call) return false;
      if (method === 'filter' && isCounted(call)) return !looksOnly(file, element, call.arguments[0]);
      return !RUNS_OVER.has(method) || !looksOnly(file, element, call.arguments[0]);
    },
    iterable: (path) => path.length === 0,
    isEmptyWhen: () => false,
  };
}

// `results.filter(…).length`
function isCounted(call: Node): boolean {
  const { parent } = wrapped(call);
  return parent?.type === 'MemberExpression' && memberName(parent) === 'length';
}

// A function that looks at each response and reads none.
function looksOnly(file: SourceFile, protocol: Protocol, callback: Node | undefined): boolean {
  const fn = callback ? originsOf(file).functionOf(callback) : null;
  const parameter = fn?.params[0];
  if (!fn || !parameter) return fn !== null;
  const values = new Values(file, fn, protocol.chains);
  values.addPattern(parameter);
  return evaluate(file, { body: fn, start: null, values, protocol, error: null }).outcome.kind === 'never';
}

/** The protocol of an object that has the value in this property. */
function within(property: string, inner: Protocol): Protocol {
  const enter = (path: ValuePath): ValuePath | null => (path[0] === property ? path.slice(1) : null);
  return {
    ...inner,
    isEssential: (path) => {
      const rest = enter(path);
      return rest ? inner.isEssential(rest) : path.length === 0;
    },
    releases: (path, call) => {
      const rest = enter(path);
      return rest !== null && inner.releases(rest, call);
    },
    iterable: (path) => {
      const rest = enter(path);
      return rest !== null && inner.iterable(rest);
    },
    isEmptyWhen: () => false,
    judges: () => null,
    judgesCase: () => 'open',
  };
}
