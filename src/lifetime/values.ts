/** Which expressions of a function are a tracked value, or a part of it. */
import type { TSESTree } from '@typescript-eslint/utils';
import { contains, isTransparent, keyName, memberName, type Node } from '../ast/nodes.js';
import { writesOf, type Variable } from '../ast/variables.js';
import { GLOBAL } from '../resolve/module-path.js';
import { originsOf, type Origins } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';
import type { Protocol, ValuePath } from './protocol.js';

// Longer chains than this are no part of a connection or response.
const MAX_PATH = 6;

/** The expressions of a function body that stand for a value, with the way from the value to each. */
export class Values {
  readonly #file: SourceFile;
  readonly #origins: Origins;
  readonly #body: Node;
  readonly #chains: Protocol['chains'];
  readonly #paths = new Map<Node, ValuePath>();
  readonly #variables = new Map<Variable, ValuePath>();
  /** The same name stands for different parts: nothing can be said. */
  conflict = false;

  /**
   * @param body Function or program within which the value is followed.
   */
  constructor(file: SourceFile, body: Node, chains: Protocol['chains']) {
    this.#file = file;
    this.#origins = originsOf(file);
    this.#body = body;
    this.#chains = chains;
  }

  /** Declares an expression to be the value (or the part of it at `path`), and follows it. */
  add(node: Node, path: ValuePath = []): void {
    this.#climb(node, path);
  }

  /** Declares what a pattern binds. */
  addPattern(pattern: Node, path: ValuePath = []): void {
    this.#pattern(pattern, path);
  }

  /** Declares that a variable holds the value. */
  addVariable(variable: Variable, path: ValuePath = []): void {
    this.#variable(variable, path);
  }

  /** The way from the value to this expression; null if it is no part of it. */
  pathOf(node: Node): ValuePath | null {
    return this.#paths.get(node) ?? null;
  }

  /** The part of the value a variable holds; null if it holds none. */
  pathOfVariable(variable: Variable): ValuePath | null {
    return this.#variables.get(variable) ?? null;
  }

  /** Variables that hold the value itself. */
  get holders(): readonly Variable[] {
    return [...this.#variables].filter(([, path]) => path.length === 0).map(([variable]) => variable);
  }

  /** All variables that hold the value or a part of it. */
  get variables(): ReadonlyMap<Variable, ValuePath> {
    return this.#variables;
  }

  /** All expressions, with their paths. */
  get entries(): Iterable<readonly [Node, ValuePath]> {
    return this.#paths;
  }

  #climb(node: Node, path: ValuePath): void {
    if (this.#paths.has(node) || path.length > MAX_PATH) return;
    this.#paths.set(node, path);
    const { parent } = node;
    if (!parent || node === this.#body) return;
    if (isTransparent(parent) || parent.type === 'AwaitExpression') {
      this.#climb(parent, path);
      return;
    }
    switch (parent.type) {
      case 'MemberExpression': {
        const name = memberName(parent) ?? disposalName(parent);
        if (parent.object === node && name !== null) this.#climb(parent, [...path, name]);
        return;
      }
      case 'CallExpression':
        if (parent.callee === node) this.#called(parent, path);
        else if (parent.arguments[0] === node && this.#givesItsArgument(parent)) this.#climb(parent, path);
        return;
      case 'VariableDeclarator':
        if (parent.init === node) this.#pattern(parent.id, path);
        return;
      case 'AssignmentExpression':
        if (parent.right === node) {
          this.#pattern(parent.left, path);
          this.#climb(parent, path);
        }
        return;
      case 'AssignmentPattern':
        if (parent.right === node) this.#pattern(parent.left, path);
        return;
      case 'ConditionalExpression':
        if (parent.test !== node) this.#climb(parent, path);
        return;
      case 'LogicalExpression':
        // `client && client.release()`: only what can be the result.
        if (parent.right === node || parent.operator !== '&&') this.#climb(parent, path);
        return;
      case 'SequenceExpression':
        if (parent.expressions.at(-1) === node) this.#climb(parent, path);
        return;
      case 'ArrayExpression':
        this.#together(parent, node, path);
        return;
      default:
    }
  }

  #called(call: TSESTree.CallExpression, path: ValuePath): void {
    const method = path.at(-1);
    const object = path.slice(0, -1);
    if (method === 'bind' || ((method === 'catch' || method === 'finally') && object.length === 0)) {
      this.#climb(call, object);
      return;
    }
    if (method === 'then' && object.length === 0) {
      const [callback] = call.arguments;
      const fn = callback ? this.#origins.functionOf(callback) : null;
      const [parameter] = fn?.params ?? [];
      if (fn && parameter && contains(this.#body, fn)) this.#pattern(parameter, []);
      return;
    }
    this.#climb(call, this.#chains(path) ? object : [...path, '()']);
  }

  // `Object.assign(client, { … })`
  #givesItsArgument(call: TSESTree.CallExpression): boolean {
    const origin = call.callee.type === 'MemberExpression' ? this.#origins.of(call.callee) : null;
    return (
      origin?.module === GLOBAL &&
      /^Object\.(?:assign|defineProperties|defineProperty|freeze|seal)$/u.test(origin.steps.join('.'))
    );
  }

  // `const [a, b] = await Promise.all([first(), second()])`
  #together(array: TSESTree.ArrayExpression, node: Node, path: ValuePath): void {
    const call = array.parent;
    if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return;
    const origin = this.#origins.of(call.callee);
    if (origin?.steps[0] !== 'Promise') return;
    const index = array.elements.indexOf(node as TSESTree.Expression);
    let outer: Node = call;
    while (outer.parent && (isTransparent(outer.parent) || outer.parent.type === 'AwaitExpression')) outer = outer.parent;
    const declarator = outer.parent;
    if (origin.steps[1] === 'race' || origin.steps[1] === 'any') this.#climb(call, path);
    else if (
      origin.steps[1] === 'all' &&
      declarator?.type === 'VariableDeclarator' &&
      declarator.init === outer &&
      declarator.id.type === 'ArrayPattern' &&
      array.elements.every((element) => element !== null && element.type !== 'SpreadElement')
    ) {
      this.#paths.set(array, ['*']);
      const target = declarator.id.elements[index];
      if (target) this.#pattern(target, path);
    }
  }

  #pattern(pattern: Node, path: ValuePath): void {
    switch (pattern.type) {
      case 'Identifier': {
        const variable = this.#origins.variable(pattern);
        if (variable) this.#variable(variable, path);
        return;
      }
      case 'TSParameterProperty':
        this.#pattern(pattern.parameter, path);
        return;
      case 'AssignmentPattern':
        this.#pattern(pattern.left, path);
        return;
      case 'ObjectPattern':
        for (const property of pattern.properties) {
          if (property.type === 'RestElement') {
            if (path.length === 0) this.#pattern(property.argument, path);
            continue;
          }
          const name = keyName(property);
          if (name !== null) this.#pattern(property.value, [...path, name]);
        }
        return;
      case 'ArrayPattern':
        for (const [index, element] of pattern.elements.entries())
          if (element) this.#pattern(element, [...path, String(index)]);
        return;
      default:
    }
  }

  #variable(variable: Variable, path: ValuePath): void {
    const known = this.#variables.get(variable);
    if (known) {
      if (known.join('.') !== path.join('.')) this.conflict = true;
      return;
    }
    this.#variables.set(variable, path);
    for (const reference of variable.references) {
      const id = reference.identifier as Node;
      if (reference.isRead() && !reference.isTypeReference && contains(this.#body, id)) this.#climb(id, path);
    }
  }

  /** Is the variable declared inside the body, so that it dies with a call of it? */
  isLocal(variable: Variable): boolean {
    const owner = variable.scope.block as Node;
    return owner === this.#body || (contains(this.#body, owner) && owner !== this.#file.ast);
  }

  /** Values given to the variable that are not the tracked one. */
  otherWrites(variable: Variable): readonly Node[] {
    return writesOf(variable)
      .filter(({ value, identifier }) => contains(this.#body, identifier) && (value === null || !this.#paths.has(value)))
      .map(({ identifier }) => identifier);
  }
}

const DISPOSAL = /^(?:asyncDispose|dispose)$/u;

// `connection[Symbol.asyncDispose]`
function disposalName({ computed, property }: TSESTree.MemberExpression): string | null {
  if (!computed || property.type !== 'MemberExpression') return null;
  const { object } = property;
  const name = memberName(property) ?? '';
  return object.type === 'Identifier' && object.name === 'Symbol' && DISPOSAL.test(name) ? `[${name}]` : null;
}

/** Is the step of a {@link ValuePath} one of the symbols of explicit resource management? */
export function isDisposal(step: string): boolean {
  return step.startsWith('[') && DISPOSAL.test(step.slice(1, -1));
}
