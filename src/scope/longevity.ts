/** What lives longer than a request, and what dies with it. */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  enclosingFunction,
  isFunction,
  memberName,
  runningFunction,
  unwrap,
  unwrapAwait,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { isConstant, isModuleLevel, type Variable } from '../ast/variables.js';
import { flowOf } from '../resolve/flow.js';
import { frameworkValues } from '../resolve/framework-values.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf, patternPath } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { scopeOfFunction, scopeOfInstances } from './execution-scope.js';

/** How long an object lives: as long as the application, or as long as a request. */
export type Life = 'application' | 'request' | 'unknown';

// Through helpers and local names.
const MAX_DEPTH = 5;

/** Answers for one file how long things live. */
export class Longevity {
  readonly #file: SourceFile;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** Is the variable declared outside of everything that runs per request around the site? */
  outlives(variable: Variable, site: Node): boolean {
    if (isModuleLevel(variable)) return !contains(variable.scope.block, site) || enclosingFunction(site) !== null;
    const owner = variable.scope.variableScope.block as Node;
    if (!isFunction(owner)) return owner.type !== 'Program' ? false : enclosingFunction(site) !== null;
    if (owner === runningFunction(site)) return false;
    const own = runningFunction(site);
    if (own && contains(own, owner)) return false;
    const { kind } = scopeOfFunction(this.#file, owner);
    return kind !== 'request' && kind !== 'iteration';
  }

  isMadePerRequest(owner: ClassNode | null): boolean {
    return owner !== null && scopeOfInstances(this.#file, owner).kind === 'request';
  }

  /** Is it a parameter of a function that runs per request? What is put on it dies with the request. */
  isRequestObject(variable: Variable): boolean {
    const [definition] = variable.defs;
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
    return scopeOfFunction(this.#file, definition.node).kind === 'request';
  }

  /**
   * How long does the object live that an expression names, in code that runs per request? `req` dies with the request, `req.app` does
   * not, and of the parameter of a helper its callers know.
   */
  lifeOf(expression: Node): Life {
    return this.#lifeOf(expression, [], 0);
  }

  #lifeOf(expression: Node, path: readonly string[], depth: number): Life {
    const members: string[] = [];
    let current = unwrapAwait(expression);
    for (;;) {
      if (current.type === 'CallExpression' && unwrap(current.callee).type === 'MemberExpression') {
        current = unwrap(current.callee);
      } else if (current.type === 'MemberExpression') {
        members.unshift(memberName(current) ?? '*');
        current = unwrapAwait(current.object);
      } else break;
    }
    if (current.type === 'ObjectExpression' || current.type === 'NewExpression') return 'request';
    const variable = current.type === 'Identifier' ? originsOf(this.#file).variable(current) : null;
    return variable ? this.#lifeOfVariable(variable, [...members, ...path], depth) : 'unknown';
  }

  #lifeOfVariable(variable: Variable, path: readonly string[], depth: number): Life {
    if (depth > MAX_DEPTH) return 'unknown';
    if (isModuleLevel(variable) || this.#isApplication(variable)) return 'application';
    const owner = variable.scope.variableScope.block as Node;
    const { kind } = isFunction(owner) ? scopeOfFunction(this.#file, owner) : { kind: 'unknown' };
    if (kind !== 'request' && kind !== 'iteration') return kind === 'startup' ? 'application' : 'unknown';
    const [definition] = variable.defs;
    if (definition?.type === 'Parameter' && isFunction(definition.node)) {
      return this.#lifeOfParameter(definition.node, definition.name as TSESTree.Identifier, path, depth);
    }
    if (definition?.type !== 'Variable' || !definition.node.init || !isConstant(variable)) return 'unknown';
    const { id, init } = definition.node;
    const taken = id.type === 'Identifier' ? [] : patternPath(id, variable.name);
    return taken ? this.#lifeOf(init, [...taken, ...path], depth + 1) : 'unknown';
  }

  #lifeOfParameter(fn: FunctionNode, id: TSESTree.Identifier, path: readonly string[], depth: number): Life {
    const index = fn.params.findIndex((parameter) => contains(parameter, id));
    const parameter = fn.params[index];
    if (!parameter) return 'unknown';
    const pattern = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
    const taken = pattern.type === 'ObjectPattern' ? patternPath(pattern, id.name) : [];
    if (!taken) return 'unknown';
    const names = [...taken, ...path];
    const { framework } = scopeOfFunction(this.#file, fn);
    if (framework?.application?.members?.some((member) => member.split('.').every((name, at) => name === names[at])))
      return 'application';
    const calls = this.#callsOf(fn);
    if (calls.length === 0) return 'request';
    const lives = calls.map((call) => {
      const argument = call.arguments[index];
      return argument && argument.type !== 'SpreadElement' ? this.#lifeOf(argument, names, depth + 1) : 'unknown';
    });
    if (lives.includes('request')) return 'request';
    return lives.every((life) => life === 'application') ? 'application' : 'unknown';
  }

  // The whole of what the framework hands in, and nothing taken from it: `req`, also as the parameter of a helper.
  #isRequestItself(variable: Variable, depth: number): boolean {
    const [definition] = variable.defs;
    if (!this.isRequestObject(variable) || !isFunction(definition?.node) || depth > MAX_DEPTH) return false;
    const index = definition.node.params.indexOf(definition.name as TSESTree.Identifier);
    if (index < 0) return false;
    const calls = this.#callsOf(definition.node);
    return (
      calls.length === 0 ||
      calls.some((call) => {
        const argument = call.arguments[index];
        const passed = argument?.type === 'Identifier' ? originsOf(this.#file).variable(argument) : null;
        return passed !== null && this.#isRequestItself(passed, depth + 1);
      })
    );
  }

  #callsOf(fn: FunctionNode): readonly (TSESTree.CallExpression | TSESTree.NewExpression)[] {
    return flowOf(this.#file)
      .usesOfFunction(fn)
      .flatMap((use) => (use.kind === 'call' ? [use.call] : []));
  }

  #isApplication(variable: Variable): boolean {
    const origin = originsOf(this.#file).ofVariable(variable);
    return (
      origin !== null &&
      frameworkValues(this.#file, origin).some(
        ({ framework, value, steps }) =>
          value !== null && steps.length === 0 && (framework.application?.values?.includes(value) ?? false),
      )
    );
  }

  /** Is the key new for every request: the request itself, a fresh object, a random or time-derived text? */
  neverRepeats(key: Node): boolean {
    const expression = unwrap(key);
    if (expression.type === 'ObjectExpression' || expression.type === 'NewExpression') return true;
    if (expression.type === 'Identifier') {
      const variable = originsOf(this.#file).variable(expression);
      if (!variable) return false;
      if (this.#isRequestItself(variable, 0)) return true;
      const [definition] = variable.defs;
      return isConstant(variable) && definition?.type === 'Variable' && definition.node.init !== null
        ? this.neverRepeats(definition.node.init)
        : false;
    }
    if (expression.type !== 'CallExpression') return false;
    const origin = originsOf(this.#file).of(expression.callee);
    const last = origin?.steps.at(-1);
    return (
      origin !== null &&
      (origin.module === GLOBAL || origin.module === 'crypto' || origin.module === 'uuid' || origin.module === 'nanoid') &&
      (origin.steps.length === 0 || /^(?:randomUUID|randomBytes|now|random|v1|v4|v7|nanoid)$/u.test(last ?? ''))
    );
  }
}

/** The {@link Longevity} of a file. */
export const longevityOf = perFile((file: SourceFile) => new Longevity(file));
