/** From an expression to the module it comes from. */
import type { TSESTree } from '@typescript-eslint/utils';
import { CALL, NEW, plainModule, type Step } from '../catalog/api-path.js';
import {
  enclosingClass,
  isClass,
  isFunction,
  keyName,
  memberName,
  unwrap,
  unwrapAwait,
  wrapped,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import { isNullish, lookUpProperty } from '../ast/objects.js';
import { returnedExpressions } from '../ast/returns.js';
import { variableOf, writesOf, type Variable } from '../ast/variables.js';
import { deliveryOf } from './deliveries.js';
import { callbackParameterOrigin, occurrencesOf } from './framework-values.js';
import { isRequire, specifierText } from './imports.js';
import { isThisMember, memberSources } from './members.js';
import { GLOBAL, type Origin } from './module-path.js';
import { perFile, type SourceFile } from './source-file.js';

// Deep enough for every chain seen in real code; a bound so that generated code cannot make the search expensive.
const MAX_DEPTH = 24;

/** Answers "which module does this expression come from?" for one file, each node at most once. */
export class Origins {
  readonly #file: SourceFile;
  readonly #known = new Map<Node, Origin | null>();
  readonly #underway = new Set<Node>();
  #depth = 0;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** The origin of an expression, or null: not from a module, or not known. */
  of(node: Node): Origin | null {
    const expression = unwrapAwait(node);
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    if (this.#depth >= MAX_DEPTH) return null;
    // Negative until proved otherwise: this also ends cycles.
    this.#known.set(expression, null);
    this.#depth += 1;
    this.#underway.add(expression);
    const origin = this.#compute(expression);
    this.#underway.delete(expression);
    this.#depth -= 1;
    this.#known.set(expression, origin);
    return origin;
  }

  /** The origin of an instance that a type annotation describes: `Pool`, `pg.Pool | undefined`, `ReturnType<typeof f>`. */
  ofType(type: TSESTree.TypeNode): Origin | null {
    switch (type.type) {
      case 'TSTypeReference':
        return this.#typeReference(type);
      case 'TSUnionType': {
        const members = type.types.filter((member) => member.type !== 'TSNullKeyword' && member.type !== 'TSUndefinedKeyword');
        return members.length === 1 && members[0] ? this.ofType(members[0]) : null;
      }
      case 'TSIntersectionType':
        return firstOf(type.types, (member) => this.ofType(member));
      case 'TSTypeQuery':
        return type.exprName.type === 'TSImportType' ? null : this.#entityName(type.exprName);
      case 'TSImportType': {
        const module = specifierText(type.source);
        if (module === null || !type.qualifier) return null;
        return { module: plainModule(module), steps: [...entitySteps(type.qualifier), NEW] };
      }
      default:
        return null;
    }
  }

  /** The variable behind an identifier. */
  variable(id: TSESTree.Identifier | TSESTree.JSXIdentifier): Variable | null {
    return variableOf(this.#file.sourceCode, id);
  }

  #compute(node: Node): Origin | null {
    switch (node.type) {
      case 'Identifier':
        return this.#identifier(node);
      case 'MemberExpression':
        return this.#member(node);
      case 'CallExpression':
        return this.#call(node);
      case 'NewExpression':
        return step(this.of(node.callee), NEW);
      case 'ImportExpression':
        return moduleOrigin(specifierText(node.source));
      case 'AssignmentExpression':
        return this.of(node.right);
      case 'LogicalExpression':
        return this.#oneOf([node.left, node.right]);
      case 'ConditionalExpression':
        return this.#oneOf([node.consequent, node.alternate]);
      case 'SequenceExpression': {
        const last = node.expressions.at(-1);
        return last ? this.of(last) : null;
      }
      case 'ClassExpression':
        return node.superClass ? this.of(node.superClass) : null;
      default:
        return null;
    }
  }

  // Every alternative that is known must agree; alternatives that nobody can know (a cache read) do not contradict.
  #oneOf(alternatives: readonly Node[]): Origin | null {
    if (alternatives.some((node) => isOwnValue(unwrap(node)))) return null;
    const origins = alternatives.filter((node) => !isNullish(node)).map((node) => this.of(node));
    const [first, ...rest] = origins.filter((origin) => origin !== null).filter((origin) => !isGlobalMember(origin));
    return first && rest.every((origin) => sameOrigin(origin, first)) ? first : null;
  }

  #identifier(node: TSESTree.Identifier): Origin | null {
    const variable = this.variable(node);
    if (!variable || variable.defs.length === 0) {
      return node.name === 'undefined' ? null : { module: GLOBAL, steps: [node.name] };
    }
    return this.ofVariable(variable);
  }

  /** The origin of what a variable holds. */
  ofVariable(variable: Variable): Origin | null {
    const [definition] = variable.defs;
    if (!definition || (variable.defs.length > 1 && definition.type === 'Parameter')) return null;
    switch (definition.type) {
      case 'ImportBinding':
        return importOrigin(definition.node);
      case 'Variable':
        return this.#declared(variable, definition.node);
      case 'Parameter':
        return this.#parameter(definition.name as TSESTree.Identifier, definition.node as FunctionNode);
      case 'ClassName':
        return definition.node.superClass ? this.of(definition.node.superClass) : null;
      default:
        return null;
    }
  }

  #declared(variable: Variable, declarator: TSESTree.VariableDeclarator): Origin | null {
    if (declarator.id.type === 'Identifier') {
      const values = writesOf(variable);
      // `client = client || createClient()`: what the variable held before says nothing new.
      if (values.some(({ value }) => value && this.#underway.has(unwrapAwait(value)))) return null;
      const known = values.length > 0 && values.every(({ value }) => value !== null);
      const origin = known ? this.#oneOf(values.map(({ value }) => value as Node)) : null;
      return origin ?? this.#annotated(declarator.id);
    }
    const path = patternPath(declarator.id, variable.name);
    if (!path || !declarator.init) return null;
    const init = unwrap(declarator.init);
    const [first = '', ...rest] = path;
    if (init.type === 'ThisExpression') {
      const owner = enclosingClass(init);
      return owner ? steps(this.ofMember(owner, first), rest) : null;
    }
    return steps(this.of(init), path);
  }

  #parameter(id: TSESTree.Identifier, fn: FunctionNode): Origin | null {
    const annotated = this.#annotated(id);
    if (annotated) return annotated;
    for (const [index, parameter] of fn.params.entries()) {
      const target = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
      const pattern = target.type === 'AssignmentPattern' ? target.left : target;
      if (pattern === id) {
        const fallback = target.type === 'AssignmentPattern' ? this.of(target.right) : null;
        return fallback ?? this.#passed(fn, index);
      }
      if (pattern.type === 'ObjectPattern') {
        const path = patternPath(pattern, id.name);
        if (!path) continue;
        const annotation = pattern.typeAnnotation?.typeAnnotation;
        return steps(annotation ? this.ofType(annotation) : this.#passed(fn, index), path);
      }
    }
    return null;
  }

  // What is known about the caller of a function says what it passes.
  #passed(fn: FunctionNode, index: number): Origin | null {
    return (
      callbackParameterOrigin(this.#file, this, fn, index) ??
      (index === 0 ? this.#fulfilled(fn) : null) ??
      this.#delivered(fn, index)
    );
  }

  // `import('pg').then((pg) => …)`: what the promise holds.
  #fulfilled(fn: FunctionNode): Origin | null {
    return firstOf(occurrencesOf(this, fn), (occurrence) => {
      const callback = wrapped(occurrence);
      const { parent } = callback;
      const promise = parent?.type === 'CallExpression' && parent.arguments[0] === callback ? thenPromise(parent) : null;
      return promise && this.of(promise);
    });
  }

  // `pool.getConnection((error, connection) => …)`
  #delivered(fn: FunctionNode, index: number): Origin | null {
    return firstOf(occurrencesOf(this, fn), (occurrence) => {
      const callback = wrapped(occurrence);
      const { parent } = callback;
      const callee = parent?.type === 'CallExpression' && parent.callee !== callback ? this.of(parent.callee) : null;
      const delivery = callee && deliveryOf(this.#file, parent as TSESTree.CallExpression, callee);
      return delivery && delivery.callback === callback && delivery.parameter === index ? delivery.origin : null;
    });
  }

  #annotated(id: Node): Origin | null {
    const annotation = id.type === 'Identifier' ? id.typeAnnotation?.typeAnnotation : undefined;
    return annotation ? this.ofType(annotation) : null;
  }

  #member(node: TSESTree.MemberExpression): Origin | null {
    const name = memberName(node);
    if (name === null) return null;
    if (isThisMember(node)) {
      const owner = enclosingClass(node);
      return owner ? this.ofMember(owner, name) : null;
    }
    const object = this.of(node.object);
    if (object) return steps(object, [name]);
    return this.#memberOfLocal(unwrapAwait(node.object), name);
  }

  /** The origin of what a class member holds, in this class or in what it extends. */
  ofMember(owner: ClassNode, name: string): Origin | null {
    return firstOf(memberSources(owner, name), (source) => {
      if (source.value) return this.of(source.value);
      if (source.annotation) return this.ofType(source.annotation);
      if (source.parameter) {
        return this.#annotated(source.parameter);
      }
      if (source.getter) return this.#returned(source.getter);
      return null;
    });
  }

  // `clients.pool` where `const clients = { pool: new Pool() }`, and static fields.
  #memberOfLocal(object: Node, name: string): Origin | null {
    if (object.type !== 'Identifier') return null;
    const definition = this.variable(object)?.defs[0];
    if (definition?.type === 'ClassName') {
      for (const member of definition.node.body.body) {
        if (member.type === 'PropertyDefinition' && member.static && keyName(member) === name && member.value)
          return this.of(member.value);
      }
    }
    if (definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier' || !definition.node.init) return null;
    const init = unwrap(definition.node.init);
    if (init.type === 'NewExpression' && init.callee.type === 'Identifier') {
      const owner = this.variable(init.callee)?.defs[0];
      return owner?.type === 'ClassName' && isClass(owner.node) ? this.ofMember(owner.node, name) : null;
    }
    const found = lookUpProperty(init, name);
    return found.found === 'yes' ? this.of(found.value) : null;
  }

  #call(node: TSESTree.CallExpression): Origin | null {
    const callee = unwrap(node.callee);
    if (isRequire(this.#file, callee)) return moduleOrigin(specifierText(node.arguments[0]));
    const [callback] = node.arguments;
    const settled = callback && thenPromise(node) ? this.functionOf(callback) : null;
    if (settled) return this.#returned(settled);
    const origin = this.of(callee);
    if (origin) return step(origin, CALL);
    const target = this.functionOf(callee);
    return target ? this.#returned(target) : null;
  }

  /** The function of this file that a callee names: a function, arrow, method or getter result; null if it is not one. */
  functionOf(callee: Node): FunctionNode | null {
    const expression = unwrapAwait(callee);
    if (isFunction(expression)) return expression;
    if (expression.type === 'Identifier') {
      const variable = this.variable(expression);
      const definition = variable?.defs[0];
      if (!variable || !definition || variable.defs.length > 1) return null;
      if (definition.type === 'FunctionName') return isFunction(definition.node) ? definition.node : null;
      if (definition.type !== 'Variable' || definition.node.id.type !== 'Identifier') return null;
      const writes = writesOf(variable);
      const [write] = writes;
      return writes.length === 1 && write?.value && isFunction(unwrap(write.value))
        ? (unwrap(write.value) as FunctionNode)
        : null;
    }
    if (expression.type !== 'MemberExpression') return null;
    const name = memberName(expression);
    if (name === null) return null;
    if (isThisMember(expression)) {
      const owner = enclosingClass(expression);
      return owner ? methodOf(owner, name) : null;
    }
    const object = unwrapAwait(expression.object);
    if (object.type !== 'Identifier') return null;
    const definition = this.variable(object)?.defs[0];
    if (definition?.type === 'ClassName' && isClass(definition.node)) return methodOf(definition.node, name);
    if (definition?.type !== 'Variable' || !definition.node.init) return null;
    const init = unwrap(definition.node.init);
    if (init.type === 'NewExpression' && init.callee.type === 'Identifier') {
      const owner = this.variable(init.callee)?.defs[0];
      return owner?.type === 'ClassName' && isClass(owner.node) ? methodOf(owner.node, name) : null;
    }
    const found = lookUpProperty(init, name);
    return found.found === 'yes' && isFunction(unwrap(found.value)) ? (unwrap(found.value) as FunctionNode) : null;
  }

  #returned(fn: FunctionNode): Origin | null {
    if (fn.generator) return null;
    const annotation = fn.returnType?.typeAnnotation;
    const returned = this.#oneOf(returnedExpressions(fn));
    return returned ?? (annotation ? this.ofType(annotation) : null);
  }

  #typeReference(type: TSESTree.TSTypeReference): Origin | null {
    const name = type.typeName.type === 'Identifier' ? type.typeName.name : null;
    const [argument] = type.typeArguments?.params ?? [];
    if (argument && name !== null && !this.#isDeclaredType(type.typeName)) {
      switch (name) {
        case 'Promise':
        case 'PromiseLike':
        case 'Awaited':
        case 'Readonly':
        case 'NonNullable':
        case 'Required':
        case 'Partial':
          return this.ofType(argument);
        case 'ReturnType':
          return step(this.ofType(argument), CALL);
        case 'InstanceType':
          return step(this.ofType(argument), NEW);
        default:
      }
    }
    if (type.typeName.type === 'Identifier') {
      const variable = this.variable(type.typeName);
      const definition = variable?.defs[0];
      if (definition?.type === 'Type' && definition.node.type === 'TSTypeAliasDeclaration') {
        return this.#once(definition.node, () =>
          this.ofType((definition.node as TSESTree.TSTypeAliasDeclaration).typeAnnotation),
        );
      }
      if (!variable || variable.defs.length === 0) return { module: GLOBAL, steps: [type.typeName.name, NEW] };
    }
    return step(this.#entityName(type.typeName), NEW);
  }

  // A type alias may refer to itself.
  #once(node: Node, compute: () => Origin | null): Origin | null {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    this.#known.set(node, null);
    const origin = compute();
    this.#known.set(node, origin);
    return origin;
  }

  #isDeclaredType(name: TSESTree.EntityName): boolean {
    return name.type !== 'Identifier' || (this.variable(name)?.defs.length ?? 0) > 0;
  }

  #entityName(name: TSESTree.EntityName): Origin | null {
    switch (name.type) {
      case 'Identifier':
        return this.of(name);
      case 'TSQualifiedName':
        return steps(this.#entityName(name.left), [name.right.name]);
      default: {
        return null;
      }
    }
  }
}

/** The {@link Origins} of a file. */
export const originsOf = perFile((file: SourceFile) => new Origins(file));

/** Do two origins name the same value? */
export function sameOrigin(a: Origin, b: Origin): boolean {
  return a.module === b.module && a.steps.length === b.steps.length && a.steps.every((name, index) => name === b.steps[index]);
}

// `globalThis.pool`: what it holds is not known.
function isGlobalMember({ module, steps: [first, ...rest] }: Origin): boolean {
  return module === GLOBAL && rest.length > 0 && (first === 'globalThis' || first === 'global');
}

// A value written in the file itself, so certainly not one from a module.
function isOwnValue(node: Node): boolean {
  if (node.type === 'Literal') return node.value !== null;
  return node.type === 'ClassExpression' ? node.superClass === null : isFunction(node);
}

function methodOf(owner: ClassNode, name: string): FunctionNode | null {
  for (const source of memberSources(owner, name)) {
    if (source.method) return source.method;
    if (source.value && isFunction(unwrap(source.value))) return unwrap(source.value) as FunctionNode;
  }
  return null;
}

function importOrigin(specifier: TSESTree.ImportClause | TSESTree.TSImportEqualsDeclaration): Origin | null {
  if (specifier.type === 'TSImportEqualsDeclaration') {
    return specifier.moduleReference.type === 'TSExternalModuleReference'
      ? moduleOrigin(specifierText(specifier.moduleReference.expression))
      : null;
  }
  const declaration = specifier.parent as TSESTree.ImportDeclaration;
  const module = moduleOrigin(declaration.source.value);
  if (specifier.type !== 'ImportSpecifier') return module;
  const { imported } = specifier;
  return steps(module, [imported.type === 'Identifier' ? imported.name : imported.value]);
}

function moduleOrigin(specifier: string | null): Origin | null {
  return specifier === null ? null : { module: plainModule(specifier), steps: [] };
}

function step(origin: Origin | null, name: Step): Origin | null {
  return origin && { module: origin.module, steps: [...origin.steps, name] };
}

function steps(origin: Origin | null, names: readonly Step[]): Origin | null {
  if (!origin) return null;
  const counted = names.filter((name) => name !== 'default');
  return counted.length === 0 ? origin : { module: origin.module, steps: [...origin.steps, ...counted] };
}

/** `promise` of the call `promise.then(…)`; null for any other call. */
export function thenPromise(call: TSESTree.CallExpression): Node | null {
  const callee = unwrap(call.callee);
  return callee.type === 'MemberExpression' && memberName(callee) === 'then' ? callee.object : null;
}

/** The property path from a destructured value to the variable of that name; null if it is not a plain path. */
export function patternPath(pattern: Node, name: string): readonly string[] | null {
  if (pattern.type !== 'ObjectPattern') return null;
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') continue;
    const key = keyName(property);
    const target = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (key === null) continue;
    if (target.type === 'Identifier' && target.name === name) return [key];
    const inner = patternPath(target, name);
    if (inner) return [key, ...inner];
  }
  return null;
}

function entitySteps(name: TSESTree.EntityName): string[] {
  if (name.type === 'Identifier') return [name.name];
  return name.type === 'TSQualifiedName' ? [...entitySteps(name.left), name.right.name] : [];
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
