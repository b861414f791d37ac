/** Forward from a value to everything the file does with it. */
import type { TSESTree } from '@typescript-eslint/utils';
import {
  enclosingClass,
  enclosingFunction,
  isClass,
  isFunction,
  isTransparent,
  keyName,
  memberName,
  unwrap,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import { isThisMember, thisMembers } from './members.js';
import { originsOf, type Origins } from './origin.js';
import { perFile, type SourceFile } from './source-file.js';

/**
 * One thing that is done with a value. `path` is the way to the value inside an object literal that carries it, outermost name first;
 * it is empty where the value itself is used. Aliases, object properties and fields of the same class are followed and do not appear
 * unless they matter by themselves (`bind`, `store`).
 */
export type Use =
  /** Handed to a call; `target` is the function of this file that receives it, where that is known. */
  | {
      readonly kind: 'argument';
      readonly call: TSESTree.CallExpression | TSESTree.NewExpression;
      readonly index: number;
      readonly path: readonly string[];
      readonly target: FunctionNode | null;
      readonly node: Node;
    }
  /** The value is called, or constructed. */
  | { readonly kind: 'call'; readonly call: TSESTree.CallExpression | TSESTree.NewExpression; readonly node: Node }
  /** A member of the value is used: read, or called when `call` is there. */
  | {
      readonly kind: 'member';
      readonly member: TSESTree.MemberExpression;
      readonly name: string | null;
      readonly call: TSESTree.CallExpression | null;
      readonly node: Node;
    }
  /** Taken apart by a pattern. */
  | { readonly kind: 'destructure'; readonly pattern: TSESTree.ObjectPattern | TSESTree.ArrayPattern; readonly node: Node }
  /** Returned from (or yielded by) a function. */
  | { readonly kind: 'return'; readonly fn: FunctionNode; readonly path: readonly string[]; readonly node: Node }
  /** Exported under a name (`default` for the default export, `*` for the whole of `module.exports`). */
  | { readonly kind: 'export'; readonly path: readonly string[]; readonly node: Node }
  /** Held by a variable (followed). `expression` is what was assigned or declared. */
  | { readonly kind: 'bind'; readonly variable: Variable; readonly path: readonly string[]; readonly node: Node }
  /** Written to a member of something. */
  | {
      readonly kind: 'store';
      readonly target: TSESTree.MemberExpression;
      readonly path: readonly string[];
      readonly node: Node;
    }
  /** Looked at without being kept: a test, `typeof`, a comparison, an expression statement. */
  | { readonly kind: 'look'; readonly node: Node }
  /** Anything else. */
  | { readonly kind: 'unknown'; readonly node: Node };

/** Follows values of one file. */
export class Flow {
  readonly #file: SourceFile;
  readonly #origins: Origins;
  readonly #known = new Map<Node, readonly Use[]>();

  constructor(file: SourceFile) {
    this.#file = file;
    this.#origins = originsOf(file);
  }

  /** Everything done with the value of an expression. `path`: the value stands at this place inside it. */
  usesOf(node: Node, path: readonly string[] = []): readonly Use[] {
    if (path.length > 0) return new Trail(this.#file, this.#origins).follow(node, path);
    const known = this.#known.get(node);
    if (known) return known;
    const uses = new Trail(this.#file, this.#origins).follow(node, path);
    this.#known.set(node, uses);
    return uses;
  }

  /** Everything done with a function as a value: declarations, expressions, methods. */
  usesOfFunction(fn: FunctionNode): readonly Use[] {
    const known = this.#known.get(fn);
    if (known) return known;
    const uses = new Trail(this.#file, this.#origins).function(fn);
    this.#known.set(fn, uses);
    return uses;
  }

  /** Everything done with the parameter at `index` of a function (with a value at `path` inside the argument). */
  usesOfParameter(fn: FunctionNode, index: number, path: readonly string[] = []): readonly Use[] {
    const parameter = fn.params[index];
    return parameter ? new Trail(this.#file, this.#origins).parameter(parameter, path) : [];
  }

  /** Everything done with what a variable holds. */
  usesOfVariable(variable: Variable): readonly Use[] {
    return new Trail(this.#file, this.#origins).ofVariable(variable, []);
  }

  /** Everything done with instances of a class, with a value at `path` inside them. */
  usesOfInstances(owner: ClassNode, path: readonly string[]): readonly Use[] {
    return new Trail(this.#file, this.#origins).instances(owner, path);
  }
}

/** The {@link Flow} of a file. */
export const flowOf = perFile((file: SourceFile) => new Flow(file));

class Trail {
  readonly #file: SourceFile;
  readonly #origins: Origins;
  readonly #seen = new Set<string>();
  readonly #uses: Use[] = [];
  readonly #ids = new Map<object, number>();

  constructor(file: SourceFile, origins: Origins) {
    this.#file = file;
    this.#origins = origins;
  }

  follow(node: Node, path: readonly string[]): readonly Use[] {
    this.#follow(node, path);
    return this.#uses;
  }

  function(fn: FunctionNode): readonly Use[] {
    if (fn.type === 'FunctionDeclaration') {
      if (fn.id) this.#binding(fn.id, []);
      this.#declared(fn, fn.id?.name ?? 'default', []);
    } else if (fn.parent.type === 'MethodDefinition') {
      this.#classMember(fn.parent.parent.parent, keyName(fn.parent), fn.parent.static, [], fn);
    } else this.#follow(fn, []);
    return this.#uses;
  }

  parameter(parameter: TSESTree.Parameter, path: readonly string[]): readonly Use[] {
    const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
    const pattern = target.type === 'AssignmentPattern' ? target.left : target;
    this.#pattern(pattern, path, parameter);
    if (parameter.type === 'TSParameterProperty') this.#parameterProperty(parameter, pattern, path);
    return this.#uses;
  }

  // `constructor(private readonly pool: Pool)`: the field of that name.
  #parameterProperty(parameter: TSESTree.TSParameterProperty, pattern: Node, path: readonly string[]): void {
    const owner = enclosingClass(parameter);
    if (owner && pattern.type === 'Identifier') this.#thisMember(owner, pattern.name, path);
  }

  ofVariable(variable: Variable, path: readonly string[]): readonly Use[] {
    this.#variable(variable, path);
    return this.#uses;
  }

  instances(owner: ClassNode, path: readonly string[]): readonly Use[] {
    this.#instances(owner, path);
    return this.#uses;
  }

  // A value may pass the same place with different paths; each pair is followed once.
  #enter(place: object, path: readonly string[]): boolean {
    let id = this.#ids.get(place);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(place, id);
    }
    const key = `${String(id)}:${path.join('.')}`;
    if (this.#seen.has(key) || path.length > 6 || this.#seen.size > 2000) return false;
    this.#seen.add(key);
    return true;
  }

  #follow(node: Node, path: readonly string[]): void {
    if (!this.#enter(node, path)) return;
    const { parent } = node;
    if (!parent) return;
    if (isTransparent(parent) || parent.type === 'AwaitExpression') {
      this.#follow(parent, path);
      return;
    }
    switch (parent.type) {
      case 'VariableDeclarator':
        if (parent.init === node) {
          this.#pattern(parent.id, path, node);
          if (parent.id.type === 'Identifier') this.#declared(parent.parent, parent.id.name, path);
        }
        return;
      case 'AssignmentExpression':
        if (parent.right !== node) return;
        this.#assigned(parent.left, path, node);
        this.#follow(parent, path);
        return;
      case 'AssignmentPattern':
        if (parent.right !== node) return;
        this.#pattern(parent.left, path, node);
        if (parent.parent.type === 'TSParameterProperty') this.#parameterProperty(parent.parent, parent.left, path);
        return;
      case 'MemberExpression':
        if (parent.object === node) this.#member(parent, path, node);
        return;
      case 'CallExpression':
      case 'NewExpression':
        this.#call(parent, node, path);
        return;
      case 'SpreadElement':
        if (parent.parent.type === 'ObjectExpression' || parent.parent.type === 'ArrayExpression')
          this.#follow(parent.parent, path);
        else this.#uses.push({ kind: 'unknown', node });
        return;
      case 'Property':
        if (parent.value === node && parent.parent.type === 'ObjectExpression') {
          const name = keyName(parent);
          this.#follow(parent.parent, [name ?? '*', ...path]);
        }
        return;
      case 'ArrayExpression':
      case 'ConditionalExpression':
      case 'LogicalExpression':
        if (parent.type === 'ConditionalExpression' && parent.test === node) this.#uses.push({ kind: 'look', node });
        else this.#follow(parent, path);
        return;
      case 'SequenceExpression':
        if (parent.expressions.at(-1) === node) this.#follow(parent, path);
        return;
      case 'ReturnStatement':
      case 'YieldExpression': {
        const fn = enclosingFunction(node);
        if (fn) this.#uses.push({ kind: 'return', fn, path, node });
        return;
      }
      case 'ArrowFunctionExpression':
        if (parent.body === node) this.#uses.push({ kind: 'return', fn: parent, path, node });
        return;
      case 'PropertyDefinition':
        if (parent.value === node) this.#classMember(parent.parent.parent, keyName(parent), parent.static, path, node);
        return;
      case 'ExportDefaultDeclaration':
        this.#uses.push({ kind: 'export', path: ['default', ...path], node });
        return;
      case 'ExportSpecifier': {
        const { exported } = parent;
        this.#uses.push({
          kind: 'export',
          path: [exported.type === 'Identifier' ? exported.name : exported.value, ...path],
          node,
        });
        return;
      }
      case 'TSExportAssignment':
        this.#uses.push({ kind: 'export', path: ['*', ...path], node });
        return;
      case 'ExpressionStatement':
      case 'IfStatement':
      case 'UnaryExpression':
      case 'BinaryExpression':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForStatement':
      case 'SwitchStatement':
      case 'TemplateLiteral':
      case 'TSTypeQuery':
      case 'TaggedTemplateExpression':
        this.#uses.push({ kind: 'look', node });
        return;
      default:
        this.#uses.push({ kind: 'unknown', node });
    }
  }

  #member(member: TSESTree.MemberExpression, path: readonly string[], node: Node): void {
    const name = memberName(member);
    if (path.length > 0) {
      if (name === path[0] || path[0] === '*' || name === null) this.#follow(member, path.slice(1));
      return;
    }
    let outer: Node = member;
    while (outer.parent && isTransparent(outer.parent)) outer = outer.parent;
    const call = outer.parent?.type === 'CallExpression' && outer.parent.callee === outer ? outer.parent : null;
    if (call && name === 'bind') {
      this.#follow(call, path);
      return;
    }
    if (call && (name === 'call' || name === 'apply')) {
      this.#uses.push({ kind: 'call', call, node });
      return;
    }
    this.#uses.push({ kind: 'member', member, name, call, node });
  }

  #call(call: TSESTree.CallExpression | TSESTree.NewExpression, node: Node, path: readonly string[]): void {
    if (call.callee === node) {
      if (path.length === 0) this.#uses.push({ kind: 'call', call, node });
      return;
    }
    const index = (call.arguments as readonly Node[]).indexOf(node);
    if (index < 0) return;
    const target = call.type === 'CallExpression' ? this.#origins.functionOf(call.callee) : this.#constructorOf(call);
    this.#uses.push({ kind: 'argument', call, index, path, target, node });
  }

  #constructorOf(call: TSESTree.NewExpression): FunctionNode | null {
    if (call.callee.type !== 'Identifier') return null;
    const definition = this.#origins.variable(call.callee)?.defs[0];
    if (definition?.type !== 'ClassName') return null;
    for (const member of definition.node.body.body) {
      if (member.type === 'MethodDefinition' && member.kind === 'constructor' && isFunction(member.value)) return member.value;
    }
    return null;
  }

  #pattern(pattern: Node, path: readonly string[], node: Node): void {
    if (pattern.type === 'Identifier') this.#binding(pattern, path, node);
    else if (pattern.type === 'AssignmentPattern') this.#pattern(pattern.left, path, node);
    else if (pattern.type === 'ObjectPattern' && path.length > 0) {
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') this.#pattern(property.argument, path, node);
        else if (keyName(property) === path[0] || path[0] === '*') this.#pattern(property.value, path.slice(1), node);
      }
    } else if (pattern.type === 'ObjectPattern' || pattern.type === 'ArrayPattern') {
      this.#uses.push({ kind: 'destructure', pattern, node });
    }
  }

  #binding(id: TSESTree.Identifier, path: readonly string[], node?: Node): void {
    const variable = this.#origins.variable(id);
    if (!variable) {
      this.#uses.push({ kind: 'unknown', node: id });
      return;
    }
    if (node) this.#uses.push({ kind: 'bind', variable, path, node });
    this.#variable(variable, path);
  }

  #variable(variable: Variable, path: readonly string[]): void {
    if (!this.#enter(variable, path)) return;
    const declaration = variable.defs[0]?.node;
    for (const reference of variable.references) {
      const id = reference.identifier as Node;
      if (reference.isRead() || id.parent?.type === 'ExportSpecifier') this.#follow(id, path);
    }
    if (declaration?.type === 'VariableDeclarator' && variable.defs[0]?.type === 'Variable') {
      this.#declared(declaration.parent, variable.name, path);
    }
  }

  // `export const x = …`, `export function x`, `export default function`.
  #declared(declaration: Node, name: string, path: readonly string[]): void {
    const { parent } = declaration;
    if (parent?.type === 'ExportNamedDeclaration')
      this.#uses.push({ kind: 'export', path: [name, ...path], node: declaration });
    if (parent?.type === 'ExportDefaultDeclaration')
      this.#uses.push({ kind: 'export', path: ['default', ...path], node: declaration });
  }

  #assigned(target: Node, path: readonly string[], node: Node): void {
    const left = unwrap(target);
    if (left.type === 'Identifier') {
      this.#binding(left, path, node);
      return;
    }
    if (left.type !== 'MemberExpression') {
      if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') this.#pattern(left, path, node);
      return;
    }
    const name = memberName(left);
    const exported = exportTarget(this.#origins, left);
    if (exported) {
      this.#uses.push({ kind: 'export', path: [...exported, ...path], node });
      return;
    }
    this.#uses.push({ kind: 'store', target: left, path, node });
    if (isThisMember(left)) {
      const owner = enclosingClass(left);
      if (owner && name !== null) this.#thisMember(owner, name, path);
      return;
    }
    const object = unwrap(left.object);
    // `const controller = {}; controller.list = handler`
    if (object.type === 'Identifier' && name !== null) {
      const variable = this.#origins.variable(object);
      if (variable && variable.defs.length > 0) this.#variable(variable, [name, ...path]);
    }
  }

  #thisMember(owner: ClassNode, name: string, path: readonly string[]): void {
    for (const member of thisMembers(this.#file).get(owner)?.get(name) ?? []) {
      if (member.parent.type !== 'AssignmentExpression' || member.parent.left !== member) this.#follow(member, path);
    }
    this.#instances(owner, [name, ...path]);
  }

  #classMember(owner: Node, name: string | null, isStatic: boolean, path: readonly string[], node: Node): void {
    if (!isClass(owner) || name === null) {
      this.#uses.push({ kind: 'unknown', node });
      return;
    }
    if (isStatic) {
      if (owner.id) this.#binding(owner.id, [name, ...path]);
    }
    this.#thisMember(owner, name, path);
    this.#exportedClass(owner, name, path);
  }

  #exportedClass(owner: ClassNode, name: string, path: readonly string[]): void {
    const { parent } = owner;
    if (parent.type === 'ExportNamedDeclaration' && owner.id) {
      this.#uses.push({ kind: 'export', path: [owner.id.name, name, ...path], node: owner });
    }
    if (parent.type === 'ExportDefaultDeclaration')
      this.#uses.push({ kind: 'export', path: ['default', name, ...path], node: owner });
  }

  // Values that are instances of the class: `new C()`, and what is annotated with it.
  #instances(owner: ClassNode, path: readonly string[]): void {
    if (!this.#enter(owner, path)) return;
    const variable = owner.id ? this.#origins.variable(owner.id) : null;
    for (const reference of variable?.references ?? []) {
      const id = reference.identifier as Node;
      const { parent } = id;
      if (parent?.type === 'NewExpression' && parent.callee === id) this.#follow(parent, path);
      else if (parent?.type === 'TSTypeReference') this.#annotated(parent, path);
      else if (parent && isClass(parent) && parent.superClass === id) this.#subclass(parent, path);
    }
  }

  #subclass(owner: ClassNode, path: readonly string[]): void {
    const [name] = path;
    if (name === undefined) return;
    for (const member of thisMembers(this.#file).get(owner)?.get(name) ?? []) this.#follow(member, path.slice(1));
    this.#instances(owner, path);
  }

  #annotated(type: TSESTree.TSTypeReference, path: readonly string[]): void {
    const annotation = type.parent;
    if (annotation.type !== 'TSTypeAnnotation') return;
    const owner = annotation.parent;
    if (owner.type === 'Identifier') {
      if (owner.parent.type === 'TSParameterProperty') {
        const holder = enclosingClass(owner.parent);
        if (holder) this.#thisMember(holder, owner.name, path);
      }
      const variable = this.#origins.variable(owner);
      if (variable) this.#variable(variable, path);
    } else if (owner.type === 'PropertyDefinition') {
      const name = keyName(owner);
      if (name !== null && isClass(owner.parent.parent)) this.#thisMember(owner.parent.parent, name, path);
    }
  }
}

// `module.exports`, `module.exports.x`, `exports.x`: the exported path, or null.
function exportTarget(origins: Origins, member: TSESTree.MemberExpression): readonly string[] | null {
  const name = memberName(member);
  const object = unwrap(member.object);
  if (name === null) return null;
  if (object.type === 'Identifier') {
    const declared = (origins.variable(object)?.defs.length ?? 0) > 0;
    if (declared) return null;
    if (object.name === 'module' && name === 'exports') return ['*'];
    return object.name === 'exports' ? [name] : null;
  }
  if (object.type !== 'MemberExpression') return null;
  const outer = exportTarget(origins, object);
  return outer?.[0] === '*' && outer.length === 1 ? [name] : null;
}
