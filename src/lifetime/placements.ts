/** Where a file puts a client, and whether it is closed there instead of by the name it was made under. */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  contains,
  isFunction,
  keyName,
  memberName,
  rootIdentifier,
  startsWithThis,
  unwrapAwait,
  type Node,
} from '../ast/nodes.js';
import { literalValue } from '../ast/objects.js';
import { returnedExpressions } from '../ast/returns.js';
import { writesOf, type Variable } from '../ast/variables.js';
import { flowOf, type Use } from '../resolve/flow.js';
import { isPrivateMember, isThisMember } from '../resolve/members.js';
import { originsOf } from '../resolve/origin.js';
import type { SourceFile } from '../resolve/source-file.js';

// From the closing back to the place: an alias, a parameter, a helper that looks the client up.
const MAX_STEPS = 4;

/** The names under which a client was put somewhere, and the variables it was put into. */
export class Placements {
  readonly #file: SourceFile;
  readonly #names = new Set<string>();
  // Fields of `this` are followed through the class itself; what remains is the way over an instance, to those that are not private.
  readonly #fields = new Set<string>();
  readonly #containers = new Set<Variable>();

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** `res.locals.db = client`, `pools[key] = client`, `req.context = { db: client }`. */
  store({ target, path }: Extract<Use, { kind: 'store' }>): void {
    const name = path.at(-1) ?? memberName(target);
    if (name === null || name === '*') this.#addContainer(target);
    else if (path.length > 0 || !isThisMember(target)) this.#names.add(name);
    else if (!isPrivateMember(target)) this.#fields.add(name);
  }

  /** `c.set('db', client)`, `pools.set(key, client)`, `als.run({ db: client }, next)`. */
  pass({ call, path }: Extract<Use, { kind: 'argument' }>): void {
    const name = path.at(-1);
    if (name !== undefined && name !== '*') this.#names.add(name);
    for (const argument of call.arguments) {
      const key = literalValue(argument);
      if (typeof key === 'string') this.#names.add(key);
    }
    if (unwrapAwait(call.callee).type === 'MemberExpression') this.#addContainer(call.callee);
  }

  #addContainer(node: Node): void {
    const variable = this.#rootOf(node);
    if (variable) this.#containers.add(variable);
  }

  #rootOf(node: Node): Variable | null {
    const root = rootIdentifier(node);
    return root ? originsOf(this.#file).variable(root) : null;
  }

  /**
   * Does the file use a method of the client on what stands at one of these places?
   *
   * @param ends Is it one of the methods looked for?
   * @param known Calls of such methods that are known already.
   */
  isEnded(ends: (name: string) => boolean, known: readonly TSESTree.CallExpression[]): boolean {
    if (this.#names.size + this.#fields.size + this.#containers.size === 0) return false;
    return this.#file.nodesOfType('MemberExpression').some((member) => {
      const name = memberName(member);
      if (name === null || !ends(name) || known.some((call) => contains(call.callee, member))) return false;
      return this.#standsHere(member.object, 0);
    });
  }

  #standsHere(node: Node, steps: number): boolean {
    const expression = unwrapAwait(node);
    switch (expression.type) {
      case 'MemberExpression':
        return this.#isPlace(expression) || this.#standsHere(expression.object, steps);
      case 'CallExpression':
        return this.#isLookUp(expression, steps);
      case 'Identifier':
        return steps < MAX_STEPS && this.#cameFromHere(expression, steps + 1);
      case 'LogicalExpression':
        return this.#standsHere(expression.left, steps) || this.#standsHere(expression.right, steps);
      case 'ConditionalExpression':
        return this.#standsHere(expression.consequent, steps) || this.#standsHere(expression.alternate, steps);
      default:
        return false;
    }
  }

  #isPlace(member: TSESTree.MemberExpression): boolean {
    const name = memberName(member);
    if (name !== null && (this.#names.has(name) || (this.#fields.has(name) && !startsWithThis(member)))) return true;
    return this.#isInside(member);
  }

  #isInside(node: Node): boolean {
    const variable = this.#rootOf(node);
    return variable !== null && this.#containers.has(variable);
  }

  // `c.get('db')`, `pools.get(key)`, `als.getStore()`, `dbOf(req)`
  #isLookUp(call: TSESTree.CallExpression, steps: number): boolean {
    if (call.arguments.some((argument) => this.#names.has(String(literalValue(argument))))) return true;
    if (unwrapAwait(call.callee).type === 'MemberExpression' && this.#isInside(call.callee)) return true;
    const target = originsOf(this.#file).functionOf(call.callee);
    if (target && steps < MAX_STEPS)
      return returnedExpressions(target).some((returned) => this.#standsHere(returned, steps + 1));
    return call.callee.type === 'MemberExpression' && this.#standsHere(call.callee.object, steps);
  }

  #cameFromHere(id: TSESTree.Identifier, steps: number): boolean {
    const variable = originsOf(this.#file).variable(id);
    const [definition] = variable?.defs ?? [];
    if (!variable || !definition) return false;
    if (definition.type === 'Parameter') return this.#passedFromHere(variable, definition, steps);
    if (definition.type !== 'Variable') return false;
    const { id: pattern, init, parent } = definition.node;
    const source = parent.parent.type === 'ForOfStatement' ? parent.parent.right : init;
    if (pattern.type !== 'Identifier' && source) {
      return this.#names.has(keyOf(pattern, variable.name) ?? '') || this.#isInside(source);
    }
    if (source && this.#standsHere(source, steps)) return true;
    return writesOf(variable).some(({ value }) => value !== null && value !== init && this.#standsHere(value, steps));
  }

  // What callers pass, and what `pools.forEach((pool) => …)` gives.
  #passedFromHere(variable: Variable, { name, node: fn }: Variable['defs'][number], steps: number): boolean {
    if (!isFunction(fn)) return false;
    const index = fn.params.findIndex((parameter) => contains(parameter, name));
    const parameter = fn.params[index];
    if (parameter?.type === 'ObjectPattern' && this.#names.has(keyOf(parameter, variable.name) ?? '')) return true;
    return flowOf(this.#file)
      .usesOfFunction(fn)
      .some((use) => {
        if (use.kind === 'argument') return use.call.callee.type === 'MemberExpression' && this.#isInside(use.call.callee);
        const argument = use.kind === 'call' ? use.call.arguments[index] : undefined;
        return argument !== undefined && this.#standsHere(argument, steps);
      });
  }
}

// The property that a variable takes out of an object: `db` of `const { db: pool } = req`.
function keyOf(pattern: Node, name: string): string | null {
  if (pattern.type !== 'ObjectPattern') return null;
  for (const property of pattern.properties) {
    if (property.type !== 'Property') continue;
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (target.type === 'Identifier' && target.name === name) return keyName(property);
    const inner = keyOf(target, name);
    if (inner !== null) return inner;
  }
  return null;
}
