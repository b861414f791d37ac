/** What an expression needs to know before it can be evaluated, and so where else it could stand. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, keyName, memberName, unwrap, type FunctionNode, type Node } from '../ast/nodes.js';
import { isConstant, isModuleLevel, type Variable } from '../ast/variables.js';
import { walk } from '../ast/walk.js';
import { flowOf } from '../resolve/flow.js';
import { GLOBAL, type Origin } from '../resolve/module-path.js';
import { originsOf, thenPromise } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

/**
 * The least movable thing an expression depends on, from freely movable to tied to its place.
 *
 * - `constant`: literals, module constants made of such, imported functions and classes.
 * - `environment`: `process.env` and its like.
 * - `imported`: values of other modules, which may be filled in after the import.
 * - `mutable`: module variables that are assigned again.
 * - `call`: the result of a call that nobody can see into.
 * - `local`: variables of the function around it. `instance`: `this`. `awaited`: the result of an `await`.
 * - `request`: what the request brought.
 */
export type DependencyKind = (typeof ORDER)[number];

const ORDER = ['constant', 'environment', 'imported', 'mutable', 'call', 'local', 'instance', 'awaited', 'request'] as const;

/** A local constant in an expression, to be written out where the expression moves. */
export interface Substitution {
  readonly identifier: TSESTree.Identifier;
  readonly value: Node;
  /** Property path from `value` to what the identifier stands for (`const { URL } = process.env`). */
  readonly path: readonly string[];
  readonly variable: Variable;
}

/** What an expression depends on. */
export interface Dependencies {
  readonly kind: DependencyKind;
  readonly substitutions: readonly Substitution[];
  /** Module-level declarations the expression reads, which must stand before it. */
  readonly declarations: readonly Node[];
}

const PURE_GLOBALS = new Set(
  'Number,String,Boolean,BigInt,parseInt,parseFloat,isNaN,URL,URLSearchParams,Math,JSON,RegExp,Object,Array,Symbol,Infinity,NaN,undefined,console,Buffer,globalThis,Error,TypeError,encodeURIComponent,decodeURIComponent,Map,Set,require'.split(
    ',',
  ),
);
// Reading these early gives what reading them late gives; calling others may not.
const PURE_CALLS =
  /^(?:Number|String|Boolean|BigInt|parseInt|parseFloat|isNaN|URL|URLSearchParams|RegExp|Symbol|encodeURIComponent|decodeURIComponent|Map|Set|Error|TypeError|require|Object\.(?:assign|freeze|entries|keys|values|fromEntries)|Array\.(?:from|of)|Math\.(?!random)\w+|JSON\.\w+|Number\.\w+|String\.\w+|Buffer\.from|process\.cwd)$/u;

const ENVIRONMENT = /^(?:process\.env|Deno\.env|Bun\.env|import\.meta\.env)(?:\.|$)/u;

type IsEntered = (fn: FunctionNode, index: number) => boolean;

/**
 * Finds out what an expression depends on.
 *
 * @param isEntered Does a framework call this function with what the request brought (so that the parameter at `index` is request data)?
 * @param known Nodes inside the expression that may stand anywhere (the constructions themselves).
 */
export function dependenciesOf(file: SourceFile, expression: Node, isEntered: IsEntered): Dependencies {
  return new Inspection(file, isEntered).run(expression);
}

class Inspection {
  readonly #file: SourceFile;
  readonly #isEntered: IsEntered;
  readonly #substitutions: Substitution[] = [];
  readonly #declarations = new Set<Node>();
  readonly #active = new Set<object>();
  #rank = 0;

  constructor(file: SourceFile, isEntered: IsEntered) {
    this.#file = file;
    this.#isEntered = isEntered;
  }

  run(expression: Node): Dependencies {
    this.#inspect(expression, expression, true);
    return { kind: ORDER[this.#rank] ?? 'request', substitutions: this.#substitutions, declarations: [...this.#declarations] };
  }

  #raise(kind: DependencyKind): void {
    this.#rank = Math.max(this.#rank, ORDER.indexOf(kind));
  }

  // `substitute`: the text of `root` is what moves, so that local constants in it have to be written out.
  #inspect(root: Node, boundary: Node, substitute: boolean): void {
    walk(root, this.#file.sourceCode.visitorKeys, (node) => {
      switch (node.type) {
        case 'ThisExpression':
        case 'Super':
        case 'MetaProperty':
          if (node.type === 'MetaProperty') {
            if (node.meta.name === 'import') this.#raise(isEnvMember(node) ? 'environment' : 'constant');
            else this.#raise('instance');
          } else if (!insideOwnFunction(node, boundary)) this.#raise('instance');
          return true;
        case 'AwaitExpression':
        case 'YieldExpression':
          if (!insideFunction(node, boundary)) this.#raise('awaited');
          return true;
        case 'CallExpression':
        case 'NewExpression':
          this.#call(node, boundary);
          return true;
        case 'TaggedTemplateExpression':
          this.#raise('call');
          return true;
        case 'MemberExpression': {
          const origin = originsOf(this.#file).of(node);
          if (origin && isEnvironment(origin)) {
            this.#raise('environment');
            return node.computed;
          }
          return true;
        }
        case 'Identifier':
        case 'JSXIdentifier':
          if (isReference(node)) this.#identifier(node, boundary, substitute);
          return true;
        default:
          return true;
      }
    });
  }

  #call(node: TSESTree.CallExpression | TSESTree.NewExpression, boundary: Node): void {
    // What a callback does when it is called is not done when it is made.
    if (insideFunction(node, boundary)) return;
    const origin = originsOf(this.#file).of(node.callee);
    if (origin && this.#isPure(origin)) return;
    const target = originsOf(this.#file).functionOf(node.callee);
    if (target && isConstantFunction(target, this.#file)) return;
    this.#raise('call');
  }

  // The library's own constructors and factories, emitter chaining on them, and built-ins without side effects.
  #isPure(origin: Origin): boolean {
    if (origin.module === GLOBAL) return PURE_CALLS.test(origin.steps.join('.'));
    if (origin.module === 'path' || origin.module === 'url') return true;
    const { catalog } = this.#file.settings;
    return catalog.librariesOf(origin.module).length > 0;
  }

  #identifier(node: TSESTree.Identifier | TSESTree.JSXIdentifier, boundary: Node, substitute: boolean): void {
    if (node.name === 'arguments') {
      if (!insideOwnFunction(node, boundary)) this.#raise('request');
      return;
    }
    const variable = originsOf(this.#file).variable(node);
    if (!variable || variable.defs.length === 0) {
      if (!PURE_GLOBALS.has(node.name) && node.name !== 'process' && node.parent.type !== 'TSTypeReference')
        this.#raise('call');
      if (node.name === 'process' && node.parent.type !== 'MemberExpression') this.#raise('environment');
      return;
    }
    const [definition] = variable.defs;
    if (!definition) return;
    if (contains(boundary, definition.name)) return;
    if (isModuleLevel(variable)) this.#module(variable, node);
    else this.#local(variable, node, substitute && !insideFunctionParameter(node));
  }

  #module(variable: Variable, node: Node): void {
    const [definition] = variable.defs;
    if (!definition || this.#active.has(variable)) return;
    switch (definition.type) {
      case 'ImportBinding': {
        const { parent } = node;
        // A class or function that is called, or a type: nothing to be filled in later.
        const isCallee = (parent?.type === 'NewExpression' || parent?.type === 'CallExpression') && parent.callee === node;
        if (isCallee || parent?.type.startsWith('TS') === true || this.#isOfCatalog(variable)) return;
        this.#raise('imported');
        return;
      }
      case 'Variable': {
        const declaration = definition.node.parent.parent.type.startsWith('Export')
          ? definition.node.parent.parent
          : definition.node.parent;
        this.#declarations.add(declaration);
        if (!isConstant(variable)) {
          this.#raise('mutable');
          return;
        }
        if (this.#isOfCatalog(variable)) return;
        const init = definition.node.init;
        // Made once, before: whatever went into it, it has its value now. An object may be filled in later.
        if (init && !isPlain(init)) this.#raise('imported');
        return;
      }
      case 'ClassName':
        this.#declarations.add(definition.node);
        return;
      default:
    }
  }

  #isOfCatalog(variable: Variable): boolean {
    const origin = originsOf(this.#file).ofVariable(variable);
    return (
      origin !== null &&
      (this.#file.settings.catalog.librariesOf(origin.module).length > 0 || origin.module === 'path' || origin.module === 'url')
    );
  }

  #local(variable: Variable, node: TSESTree.Identifier | TSESTree.JSXIdentifier, substitute: boolean): void {
    const [definition] = variable.defs;
    if (!definition || this.#active.has(variable)) return;
    this.#active.add(variable);
    if (definition.type === 'Parameter') {
      this.#raise('local');
      if (isFunction(definition.node)) this.#parameter(definition.node, definition.name as TSESTree.Identifier);
    } else if (definition.type === 'Variable' && definition.node.init && isConstant(variable)) {
      const { init } = definition.node;
      const path = definition.node.id.type === 'Identifier' ? [] : pathTo(definition.node.id, variable.name);
      const before = this.#rank;
      this.#rank = 0;
      this.#inspect(init, init, false);
      const own = this.#rank;
      this.#rank = Math.max(before, own);
      const movable = own <= ORDER.indexOf('imported') && path !== null && isSmall(unwrap(init));
      if (movable && substitute && node.type === 'Identifier' && !mentionsLocals(this.#file, init)) {
        this.#substitutions.push({ identifier: node, value: init, path, variable });
      } else this.#raise('local');
    } else this.#raise('local');
    this.#active.delete(variable);
  }

  // Is what callers pass here request data?
  #parameter(fn: FunctionNode, id: TSESTree.Identifier): void {
    if (this.#active.has(fn)) return;
    this.#active.add(fn);
    const index = fn.params.findIndex((parameter) => contains(parameter, id));
    const uses = flowOf(this.#file).usesOfFunction(fn);
    const promises = uses.map((use) =>
      use.kind === 'argument' && use.call.type === 'CallExpression' ? thenPromise(use.call) : null,
    );
    if (promises.length > 0 && promises.every((promise) => promise !== null)) {
      this.#raise('awaited');
      for (const promise of promises) this.#inspect(promise, promise, false);
    } else if (this.#isEntered(fn, index)) this.#raise('request');
    for (const use of uses) {
      if (use.kind !== 'call') continue;
      const argument = use.call.arguments[index];
      if (argument && argument.type !== 'SpreadElement') this.#inspect(argument, argument, false);
    }
    this.#active.delete(fn);
  }
}

function isEnvironment(origin: Origin): boolean {
  const path = origin.steps.join('.');
  return (origin.module === GLOBAL && ENVIRONMENT.test(path)) || (origin.module === 'process' && origin.steps[0] === 'env');
}

function isEnvMember(node: TSESTree.MetaProperty): boolean {
  return node.parent.type === 'MemberExpression' && memberName(node.parent) === 'env';
}

function insideFunction(node: Node, boundary: Node): boolean {
  for (let current = node.parent; current && current !== boundary.parent; current = current.parent)
    if (isFunction(current)) return true;
  return false;
}

// Inside a function with a `this` and `arguments` of its own.
function insideOwnFunction(node: Node, boundary: Node): boolean {
  for (let current = node.parent; current && current !== boundary.parent; current = current.parent) {
    if (isFunction(current) && current.type !== 'ArrowFunctionExpression') return true;
  }
  return false;
}

function insideFunctionParameter(node: Node): boolean {
  return node.parent?.type === 'AssignmentPattern' && isFunction(node.parent.parent);
}

function isReference(node: TSESTree.Identifier | TSESTree.JSXIdentifier): boolean {
  const { parent } = node;
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return parent.computed || (parent.type === 'PropertyDefinition' && parent.value === node);
    case 'TSQualifiedName':
      return parent.left === node;
    case 'LabeledStatement':
    case 'MetaProperty':
    case 'TSPropertySignature':
    case 'TSTypeParameter':
      return false;
    default:
      return true;
  }
}

// A value that nobody can fill in later: text, numbers, environment look-ups, functions.
function isPlain(init: Node): boolean {
  const value = unwrap(init);
  switch (value.type) {
    case 'Literal':
    case 'TemplateLiteral':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'MemberExpression':
    case 'UnaryExpression':
    case 'BinaryExpression':
      return true;
    case 'LogicalExpression':
      return isPlain(value.left) && isPlain(value.right);
    case 'ConditionalExpression':
      return isPlain(value.consequent) && isPlain(value.alternate);
    case 'ObjectExpression':
      return value.properties.every((property) => property.type === 'Property' && isPlain(property.value));
    case 'ArrayExpression':
      return value.elements.every((element) => element !== null && element.type !== 'SpreadElement' && isPlain(element));
    case 'CallExpression':
      return value.callee.type === 'Identifier' && /^(?:Number|String|Boolean|parseInt|parseFloat)$/u.test(value.callee.name);
    default:
      return false;
  }
}

function isConstantFunction(fn: FunctionNode, file: SourceFile): boolean {
  return fn.params.length === 0 && !fn.async && fn.body.type !== 'BlockStatement' && isPlain(fn.body) && file.ast !== fn.parent;
}

function isSmall(init: Node): boolean {
  return init.loc.end.line === init.loc.start.line && init.range[1] - init.range[0] <= 120;
}

function mentionsLocals(file: SourceFile, init: Node): boolean {
  let found = false;
  walk(init, file.sourceCode.visitorKeys, (node) => {
    if (node.type === 'Identifier' && isReference(node)) {
      const variable = originsOf(file).variable(node);
      if (variable && variable.defs.length > 0 && !isModuleLevel(variable)) found = true;
    }
    return !found;
  });
  return found;
}

function pathTo(pattern: Node, name: string): readonly string[] | null {
  if (pattern.type !== 'ObjectPattern') return null;
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.value.type !== 'Identifier' || property.value.name !== name) continue;
    const key = keyName(property);
    return key === null ? null : [key];
  }
  return null;
}
