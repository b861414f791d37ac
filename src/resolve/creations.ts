/** The creation sites of a file: every expression that makes a client of the catalog. */
import type { TSESTree } from '@typescript-eslint/utils';
import { conditionHolds } from './conditions.js';
import type { Creator, LibraryDescriptor } from '../catalog/descriptor.js';
import {
  enclosingClass,
  enclosingFunction,
  isClass,
  isTransparent,
  keyName,
  memberName,
  unwrap,
  type ClassNode,
  type FunctionNode,
  type Node,
} from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import { deliveryOf } from './deliveries.js';
import { globalReferences, importedVariables, modulesOf } from './imports.js';
import { isThisMember, thisMembers, thisPatterns } from './members.js';
import type { Origin } from './module-path.js';
import { originsOf, thenPromise, type Origins } from './origin.js';
import { perFile, type SourceFile } from './source-file.js';

/** An expression that makes a client, with what the catalog knows about it. */
export interface CreationSite {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly library: LibraryDescriptor;
  readonly creator: Creator;
}

/** Does the file bring in any module of the catalog? Asked before anything else, so that other files cost nothing. */
export const mentionsCatalog = perFile((file: SourceFile) => ({
  answer: modulesOf(file).some((use) => use.kind !== 're-export' && file.settings.catalog.librariesOf(use.module).length > 0),
}));

/** Does the file use a global name of the catalog (`fetch`)? */
export const mentionsGlobals = perFile((file: SourceFile) => ({
  answer: file.settings.catalog.globals.some((name) => globalReferences(file.sourceCode, name).length > 0),
}));

/** A call of something that comes from a module of the catalog, or of a global name of it. */
export interface CatalogCall {
  readonly node: TSESTree.CallExpression | TSESTree.NewExpression;
  /** Where the callee comes from. */
  readonly origin: Origin;
}

/** A template whose tag comes from a module of the catalog: sql`…`. */
export interface CatalogTag {
  readonly node: TSESTree.TaggedTemplateExpression;
  /** Where the tag comes from. */
  readonly origin: Origin;
}

const found = perFile((file: SourceFile) => new Search(file).run());

/** All creation sites of a file, in source order. Made once, by following the references of the file's imports. */
export function creationSitesOf(file: SourceFile): readonly CreationSite[] {
  return mentionsCatalog(file).answer ? found(file).sites : [];
}

/** All calls of the catalog's functions and of methods of the catalog's values, in source order. */
export function catalogCallsOf(file: SourceFile): readonly CatalogCall[] {
  return mentionsCatalog(file).answer || mentionsGlobals(file).answer ? found(file).calls : [];
}

/** All templates with a tag of the catalog, in source order. */
export function catalogTagsOf(file: SourceFile): readonly CatalogTag[] {
  return mentionsCatalog(file).answer ? found(file).tags : [];
}

class Search {
  readonly #file: SourceFile;
  readonly #origins: Origins;
  readonly #seen = new Set<Node | Variable>();
  readonly #sites = new Map<Node, CreationSite>();
  readonly #calls = new Map<Node, CatalogCall>();
  readonly #tags = new Map<Node, CatalogTag>();

  constructor(file: SourceFile) {
    this.#file = file;
    this.#origins = originsOf(file);
  }

  run(): {
    readonly sites: readonly CreationSite[];
    readonly calls: readonly CatalogCall[];
    readonly tags: readonly CatalogTag[];
  } {
    for (const name of this.#file.settings.catalog.globals) {
      for (const reference of globalReferences(this.#file.sourceCode, name)) this.#follow(reference);
    }
    for (const use of modulesOf(this.#file)) {
      if (this.#file.settings.catalog.librariesOf(use.module).length === 0) continue;
      if (use.kind === 're-export') continue;
      if (use.kind === 'require' || use.kind === 'dynamic') this.#follow(use.node);
      else for (const variable of importedVariables(this.#file, use.node)) this.#followVariable(variable);
    }
    return { sites: inOrder(this.#sites), calls: inOrder(this.#calls), tags: inOrder(this.#tags) };
  }

  #followVariable(variable: Variable): void {
    if (this.#seen.has(variable)) return;
    this.#seen.add(variable);
    for (const reference of variable.references) {
      const node = reference.identifier as Node;
      if (reference.isRead() || isTypeUse(node)) this.#follow(node);
    }
  }

  // From an expression that comes from the catalog to the expressions made of it.
  #follow(node: Node): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    const { parent } = node;
    if (!parent) return;
    if (isTransparent(parent) || parent.type === 'AwaitExpression') {
      this.#follow(parent);
      return;
    }
    switch (parent.type) {
      case 'MemberExpression':
        if (parent.object === node) this.#follow(parent);
        return;
      case 'CallExpression':
      case 'NewExpression':
        if (parent.callee === node) {
          this.#visit(parent);
          this.#follow(parent);
          if (parent.type === 'CallExpression') this.#followCallback(parent);
        }
        return;
      case 'TaggedTemplateExpression': {
        const origin = parent.tag === node ? this.#origins.of(node) : null;
        if (origin) this.#tags.set(parent, { node: parent, origin });
        return;
      }
      case 'ConditionalExpression':
      case 'LogicalExpression':
        this.#follow(parent);
        return;
      case 'VariableDeclarator':
        if (parent.init === node) this.#followPattern(parent.id);
        return;
      case 'AssignmentExpression':
        if (parent.right === node) {
          this.#followTarget(parent.left);
          this.#follow(parent);
        }
        return;
      case 'PropertyDefinition':
        if (parent.value !== node) return;
        this.#followMember(parent.parent.parent, keyName(parent));
        if (parent.static) this.#followStatic(parent.parent.parent, keyName(parent));
        return;
      case 'AssignmentPattern':
        if (parent.right === node) this.#followPattern(parent.left);
        return;
      case 'Property':
        if (parent.value === node && parent.parent.type === 'ObjectExpression')
          this.#followProperty(parent.parent, keyName(parent));
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        if (parent.superClass === node) this.#followClass(parent);
        return;
      case 'ArrowFunctionExpression':
        if (parent.body === node) this.#followCalls(parent);
        return;
      case 'ReturnStatement':
        this.#followCalls(enclosingFunction(parent));
        return;
      case 'TSTypeReference':
      case 'TSQualifiedName':
        this.#followAnnotated(parent);
        return;
      default:
    }
  }

  #visit(call: TSESTree.CallExpression | TSESTree.NewExpression): void {
    const origin = this.#origins.of(call.callee);
    if (!origin) return;
    this.#calls.set(call, { node: call, origin });
    const entry = this.#file.settings.catalog.creatorAt(
      origin.module,
      origin.steps,
      call.type === 'NewExpression' ? 'new' : 'call',
    );
    if (!entry) return;
    const { creator } = entry;
    const holds = (condition: NonNullable<Creator['ownsWhen']>[number]): boolean => conditionHolds(this.#file, call, condition);
    if (creator.cheapWhen?.some(holds)) return;
    if (creator.ownsWhen && !creator.ownsWhen.some(holds)) return;
    this.#sites.set(call, { node: call, ...entry });
  }

  // `import('pg').then(({ Pool }) => …)`, `pool.connect((error, client) => …)`
  #followCallback(call: TSESTree.CallExpression): void {
    const origin = this.#origins.of(call.callee);
    const delivery = origin && deliveryOf(this.#file, call, origin);
    if (delivery) this.#followParameter(delivery.callback, delivery.parameter);
    else if (thenPromise(call)) this.#followParameter(call.arguments[0], 0);
  }

  #followParameter(callback: Node | undefined, index: number): void {
    const parameter = callback ? this.#origins.functionOf(callback)?.params[index] : undefined;
    if (parameter) this.#followPattern(parameter.type === 'AssignmentPattern' ? parameter.left : parameter);
  }

  #followPattern(pattern: Node): void {
    if (pattern.type === 'Identifier') {
      const variable = this.#origins.variable(pattern);
      if (variable) this.#followVariable(variable);
    } else if (pattern.type === 'ObjectPattern') {
      for (const property of pattern.properties) {
        const target = property.type === 'RestElement' ? property.argument : property.value;
        this.#followPattern(target.type === 'AssignmentPattern' ? target.left : target);
      }
    } else if (pattern.type === 'ArrayPattern') {
      for (const element of pattern.elements) if (element) this.#followPattern(element);
    }
  }

  #followTarget(target: Node): void {
    if (target.type === 'Identifier') this.#followPattern(target);
    else if (target.type === 'MemberExpression' && isThisMember(target)) {
      const owner = enclosingClass(target);
      if (owner) this.#followMember(owner, memberName(target));
    }
  }

  #followMember(owner: Node, name: string | null): void {
    if (!isClass(owner) || name === null) return;
    for (const member of thisMembers(this.#file).get(owner)?.get(name) ?? []) this.#follow(member);
    for (const pattern of thisPatterns(this.#file).get(owner) ?? []) {
      const property = pattern.properties.find((item) => item.type === 'Property' && keyName(item) === name);
      const target = property?.value;
      if (target) this.#followPattern(target.type === 'AssignmentPattern' ? target.left : target);
    }
  }

  // `static pool = new Pool()`: uses are `Database.pool`.
  #followStatic(owner: Node, name: string | null): void {
    // A class has a name inside and one outside of itself.
    const names = isClass(owner) ? this.#file.sourceCode.getDeclaredVariables(owner) : [];
    for (const { identifier } of names.flatMap(({ references }) => references)) {
      const member = identifier.parent;
      if (name !== null && member.type === 'MemberExpression' && member.object === identifier && memberName(member) === name)
        this.#follow(member);
    }
  }

  // `const clients = { redis: createClient() }`: uses are `clients.redis`.
  #followProperty(object: Node, name: string | null): void {
    let outer: Node = object;
    while (outer.parent && unwrap(outer.parent) === object) outer = outer.parent;
    const declarator = outer.parent;
    if (name === null || declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return;
    for (const reference of this.#origins.variable(declarator.id)?.references ?? []) {
      const member = reference.identifier.parent;
      if (member.type === 'MemberExpression' && member.object === reference.identifier && memberName(member) === name)
        this.#follow(member);
    }
  }

  #followClass(owner: ClassNode): void {
    if (owner.id) this.#followPattern(owner.id);
    if (owner.type === 'ClassExpression') this.#follow(owner);
  }

  // The function's result is of the catalog: so are calls of the function.
  #followCalls(fn: FunctionNode | null): void {
    if (!fn) return;
    const id = fn.type === 'FunctionDeclaration' ? fn.id : null;
    const { parent } = fn;
    if (id) this.#followPattern(id);
    else if (parent.type === 'VariableDeclarator') this.#followPattern(parent.id);
    else if (parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition') {
      this.#followMember(parent.parent.parent, keyName(parent));
    }
  }

  // A variable, parameter or field annotated with an imported type.
  #followAnnotated(type: Node): void {
    let current: Node | undefined = type;
    while (current && current.type !== 'TSTypeAnnotation') {
      if (!current.type.startsWith('TS') || current.type === 'TSTypeAliasDeclaration') return;
      current = current.parent;
    }
    const owner = current?.parent;
    if (owner?.type === 'Identifier') {
      if (owner.parent.type === 'TSParameterProperty') {
        const holder = enclosingClass(owner.parent);
        if (holder) this.#followMember(holder, owner.name);
      }
      this.#followPattern(owner);
    } else if (owner?.type === 'PropertyDefinition') this.#followMember(owner.parent.parent, keyName(owner));
  }
}

function inOrder<T extends { readonly node: Node }>(found: ReadonlyMap<Node, T>): readonly T[] {
  return [...found.values()].sort((a, b) => a.node.range[0] - b.node.range[0]);
}

function isTypeUse(node: Node): boolean {
  return (
    node.parent?.type === 'TSTypeReference' || node.parent?.type === 'TSQualifiedName' || node.parent?.type === 'TSTypeQuery'
  );
}
