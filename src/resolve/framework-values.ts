/** Which framework value (an app, a router, a server) an expression is. */
import type { TSESTree } from '@typescript-eslint/utils';
import type { FrameworkDescriptor, HandlerPosition, Registration, TypedHandler } from '../catalog/framework.js';
import { CALL, compilePath, matchesAnyModule, matchesPath, NEW, type Step } from '../catalog/api-path.js';
import { annotationsOf } from '../ast/annotations.js';
import { isFunction, unwrap, wrapped, type FunctionNode, type Node } from '../ast/nodes.js';
import { specifierText } from './imports.js';
import { GLOBAL, type Origin } from './module-path.js';
import type { Origins } from './origin.js';
import type { SourceFile } from './source-file.js';

/** A value of a framework and the steps taken from it. */
export interface FrameworkValue {
  readonly framework: FrameworkDescriptor;
  /** The kind of value; null if the steps start at the module itself. */
  readonly value: string | null;
  readonly steps: readonly Step[];
}

// Origins made by `parameters` of a registration: the module is the framework's own, the first step names the value.
const VALUE = /^<([\w-]+)>$/u;

/** All readings of an origin in terms of frameworks: from the module, and from each of its values. */
export function frameworkValues(file: SourceFile, origin: Origin): readonly FrameworkValue[] {
  const { catalog } = file.settings;
  const [first = ''] = origin.steps;
  const frameworks = origin.module === GLOBAL ? catalog.frameworksOfGlobal(first) : catalog.frameworksOf(origin.module);
  const readings: FrameworkValue[] = [];
  for (const framework of frameworks) {
    readings.push({ framework, value: null, steps: origin.steps });
    for (const [value, paths] of Object.entries(framework.values ?? {})) {
      const rest = VALUE.exec(first)?.[1] === value ? origin.steps.slice(1) : afterValue(paths, origin.steps);
      if (rest) readings.push({ framework, value, steps: unchain(framework, value, rest) });
    }
  }
  if (origin.module !== GLOBAL && isProjectFile(origin.module)) readings.push(...importedValues(file, origin));
  return readings;
}

// The longest prefix of the steps that gives the value.
function afterValue(paths: readonly string[], steps: readonly Step[]): readonly Step[] | null {
  let longest = -1;
  for (const path of paths) {
    for (const pattern of compilePath(path)) {
      const { length } = pattern.steps;
      if (length <= longest || length > steps.length || pattern.value !== null) continue;
      if (pattern.steps.every((test, index) => test(steps[index] ?? ''))) longest = length;
    }
  }
  return longest < 0 ? null : steps.slice(longest);
}

function unchain(framework: FrameworkDescriptor, value: string, steps: readonly Step[]): readonly Step[] {
  const chain = framework.chains?.[value];
  if (chain === undefined) return steps;
  const [pattern] = compilePath(chain);
  let rest = steps;
  while (rest.length > 2 && rest[1] === CALL && pattern?.steps[0]?.(rest[0] ?? '')) rest = rest.slice(2);
  return rest;
}

function isProjectFile(module: string): boolean {
  return /^(?:\.|~|@\/|#|src\/|\$lib)/u.test(module);
}

function importedValues(file: SourceFile, origin: Origin): readonly FrameworkValue[] {
  const [first = '', ...rest] = origin.steps;
  const readings: FrameworkValue[] = [];
  for (const framework of file.settings.catalog.frameworks) {
    for (const [value, name] of Object.entries(framework.importedValues ?? {})) {
      if (name.test(first)) readings.push({ framework, value, steps: unchain(framework, value, rest) });
    }
  }
  return readings;
}

/** A registering call together with what it says about the functions it receives. */
export interface RegistrationMatch {
  readonly framework: FrameworkDescriptor;
  readonly registration: Registration;
}

/**
 * The registrations that a call or construction makes.
 *
 * @param origin Origin of the callee.
 */
export function registrationsAt(
  file: SourceFile,
  origin: Origin,
  call: Extract<Node, { type: 'CallExpression' | 'NewExpression' }>,
): readonly RegistrationMatch[] {
  const matches: RegistrationMatch[] = [];
  for (const { framework, value, steps } of frameworkValues(file, origin)) {
    for (const registration of framework.registrations ?? []) {
      if ((registration.construct ?? false) !== (call.type === 'NewExpression')) continue;
      if (call.arguments.length < (registration.minArguments ?? 0)) continue;
      const matched = compilePath(registration.callee).some(
        (pattern) =>
          pattern.value === value &&
          pattern.steps.length === steps.length &&
          pattern.steps.every((test, index) => test(steps[index] ?? '')),
      );
      if (matched && fits(registration, call.arguments)) matches.push({ framework, registration });
    }
  }
  return matches;
}

/**
 * The registration by which the function at argument `index` of a call (with this property path inside it) is handed to a framework.
 *
 * @param returned Asks not for that function but for the one at this path of what it returns.
 */
export function registrationOf(
  file: SourceFile,
  origins: Origins,
  call: Extract<Node, { type: 'CallExpression' | 'NewExpression' }>,
  index: number,
  path: readonly string[],
  returned: readonly string[] | null = null,
): RegistrationMatch | null {
  const origin = origins.of(call.callee);
  const matches = origin ? registrationsAt(file, origin, call) : [];
  return (
    matches.find(({ registration }) =>
      registration.handlers.some((position) => isHandlerPosition(position, index, call.arguments.length, path, returned)),
    ) ?? null
  );
}

function fits(registration: Registration, args: readonly Node[]): boolean {
  if (!registration.when) return true;
  const { index, values, not } = registration.when;
  const text = specifierText(args[index]);
  if (text === null) return false;
  return values.includes(text) !== (not ?? false);
}

// Does the position name argument `index` of `count`, with this property path inside it?
function isHandlerPosition(
  position: HandlerPosition,
  index: number,
  count: number,
  path: readonly string[],
  returned: readonly string[] | null,
): boolean {
  const { arguments: wanted, properties } = position;
  if (!isWanted(position, returned)) return false;
  if (wanted !== 'all') {
    if (Array.isArray(wanted)) {
      if (!(wanted as readonly number[]).some((at) => (at < 0 ? count + at : at) === index)) return false;
    } else if (index < (wanted as { readonly from: number }).from) return false;
  }
  return properties ? matchesNames(properties, path) : path.length === 0;
}

function isWanted({ returns }: { readonly returns?: readonly string[] }, returned: readonly string[] | null): boolean {
  return returned === null ? returns === undefined : returns !== undefined && matchesNames(returns, returned);
}

/** Is the property path one of these, in which a star stands for one name? */
export function matchesNames(patterns: readonly string[], path: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const names = pattern.split('.');
    return names.length === path.length && names.every((name, at) => name === '*' || name === path[at]);
  });
}

/** A type of a framework together with what it says about the functions that have it. */
export interface TypeMatch {
  readonly framework: FrameworkDescriptor;
  readonly typed: TypedHandler;
}

/**
 * What a type annotation says about a function.
 *
 * @param path The way to the function inside the object that has the type; empty where the function or a parameter has it.
 * @param returned Asks not for that function but for the one at this path of what it returns.
 */
export function typedHandlerOf(
  file: SourceFile,
  origins: Origins,
  type: TSESTree.TypeNode,
  annotates: TypedHandler['annotates'],
  path: readonly string[] = [],
  returned: readonly string[] | null = null,
): TypeMatch | null {
  const origin = origins.ofType(type);
  if (origin?.steps.at(-1) !== NEW) return null;
  const name = origin.steps.slice(0, -1);
  for (const framework of file.settings.catalog.frameworks) {
    for (const typed of framework.types ?? []) {
      if (typed.annotates !== annotates || !matchesPath(typed.type, name)) continue;
      if (annotates === 'object' && !matchesNames(typed.properties ?? [], path)) continue;
      if (!isWanted(typed, returned)) continue;
      const fromModule =
        origin.module === GLOBAL
          ? (framework.globals?.includes(name[0] ?? '') ?? false)
          : matchesAnyModule(typed.modules ?? framework.modules, origin.module);
      if (fromModule) return { framework, typed };
    }
  }
  return null;
}

/**
 * What the annotations of a function, or of the object it stands in, say about it.
 *
 * @param returned Asks not for that function but for the one at this path of what it returns.
 */
export function annotatedHandlerOf(
  file: SourceFile,
  origins: Origins,
  fn: FunctionNode,
  returned: readonly string[] | null = null,
): TypeMatch | null {
  for (const { type, path } of annotationsOf(fn)) {
    const match = typedHandlerOf(file, origins, type, path.length === 0 ? 'function' : 'object', path, returned);
    if (match) return match;
  }
  return null;
}

/**
 * The origin of a function's parameter, where the function is handed to a framework that passes one of its own values
 * (`app.register(async (instance) => …)`), or has the type of such a function.
 */
export function callbackParameterOrigin(
  file: SourceFile,
  origins: Origins,
  fn: FunctionNode,
  parameter: number,
): Origin | null {
  const annotated = annotatedHandlerOf(file, origins, fn);
  if (annotated) return valueOrigin(annotated.framework, annotated.typed.parameters?.[parameter]);
  for (const { node, path } of handOvers(origins, fn)) {
    const call = node.parent;
    if (call?.type !== 'CallExpression' && call?.type !== 'NewExpression') continue;
    const index = (call.arguments as readonly Node[]).indexOf(node);
    const callee = index < 0 ? null : origins.of(call.callee);
    if (!callee) continue;
    for (const { framework, registration } of registrationsAt(file, callee, call)) {
      const passed = valueOrigin(framework, registration.parameters?.[parameter]);
      if (!passed) continue;
      if (registration.handlers.some((position) => isHandlerPosition(position, index, call.arguments.length, path, null))) {
        return passed;
      }
    }
  }
  return null;
}

function valueOrigin({ modules: [module] }: FrameworkDescriptor, value: string | undefined): Origin | null {
  return module === undefined || value === undefined ? null : { module, steps: [`<${value}>`] };
}

// The places where a function itself stands as an argument, or as a property of one: inline, or by its name.
function handOvers(origins: Origins, fn: FunctionNode): readonly { readonly node: Node; readonly path: readonly string[] }[] {
  const places: { node: Node; path: readonly string[] }[] = [];
  const add = (node: Node): void => {
    let outer = wrapped(node);
    const path: string[] = [];
    while (
      outer.parent?.type === 'Property' &&
      outer.parent.value === outer &&
      outer.parent.parent.type === 'ObjectExpression'
    ) {
      const { key } = outer.parent;
      path.unshift(key.type === 'Identifier' ? key.name : (specifierText(key) ?? ''));
      outer = wrapped(outer.parent.parent);
    }
    // `fp(plugin)`: a wrapper's argument is what the wrapper passes on.
    places.push({ node: outer, path });
  };
  occurrencesOf(origins, fn).forEach(add);
  return places;
}

/** The expressions that are the function: itself, and its name wherever that is read. */
export function occurrencesOf(origins: Origins, fn: FunctionNode): readonly Node[] {
  const name = fn.type === 'FunctionDeclaration' ? fn.id : declaredName(fn);
  const references = (name ? origins.variable(name) : null)?.references ?? [];
  return [fn, ...references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node)];
}

function declaredName(fn: FunctionNode): Extract<Node, { type: 'Identifier' }> | null {
  const { parent } = wrapped(fn);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && isFunction(unwrap(parent.init ?? fn))
    ? parent.id
    : null;
}
