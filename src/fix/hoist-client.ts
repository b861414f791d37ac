/** Moves a client from a function to module scope. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creator } from '../catalog/descriptor.js';
import { contains, unwrap, wrapped, wrappedAwait, type Node } from '../ast/nodes.js';
import { isConstant, type Variable } from '../ast/variables.js';
import { addOption, type AddedOption } from './add-option.js';
import { arrange, type TextChange } from './edit.js';
import { layoutOf, reindented, type Layout } from './layout.js';
import { insertAtModuleScope } from './module-position.js';
import { freeName, instanceName, prefixed } from './names.js';
import { removeCloses } from './remove-close.js';
import { removeStatement } from './remove-statement.js';
import { sharedClient } from './shared-client.js';

/**
 * The form in which the client lives at module scope.
 *
 * - `eager`: a constant.
 * - `lazy`: a variable and a function that fills it on the first call.
 * - `global-this`: a property of `globalThis`, which survives the re-evaluation of the module.
 * - `connected`: as lazy, and the promise of an opened client is kept; a failed attempt is forgotten.
 */
export type Form = 'connected' | 'eager' | 'global-this' | 'lazy';

/** Everything the edit needs to know; how it was found out is not its business. */
export interface HoistRequest {
  readonly sourceCode: TSESLint.SourceCode;
  readonly isTypeScript: boolean;
  readonly creator: Creator;
  /** The construction. */
  readonly construction: TSESTree.CallExpression | TSESTree.NewExpression;
  /** The expression to move: the construction with what is chained to it, or the owner around it. */
  readonly expression: Node;
  readonly form: Form;
  /** With `global-this`: key that no other file uses. */
  readonly globalKey: string;
  /** With `global-this`: fill it on the first call instead of at load. */
  readonly deferred: boolean;
  /** The local variable that holds the client, if one does. */
  readonly variable: Variable | null;
  readonly closes: readonly TSESTree.CallExpression[];
  /** Statements that open the client. */
  readonly connects: readonly TSESTree.CallExpression[];
  /** The call that opens the client right where it is made and gives it back: `await createClient().connect()`. */
  readonly chainedConnect: TSESTree.CallExpression | null;
  /** Listeners attached in the function, to be attached once instead. */
  readonly listeners: readonly TSESTree.CallExpression[];
  /** Event to listen to so that an idle client's failure does not end the process. */
  readonly addListener: { readonly event: string; readonly on: string | null } | null;
  /** An option that the shared client needs to be of any use. */
  readonly addedOption: AddedOption | null;
  readonly substitutions: readonly Replacement[];
  /** Module-level declarations that the expression reads. */
  readonly declarations: readonly Node[];
}

/** A local constant to be written out. */
export interface Replacement {
  readonly identifier: TSESTree.Identifier;
  readonly value: Node;
  readonly path: readonly string[];
  readonly variable: Variable;
}

/**
 * The changes that hoist the client.
 *
 * @returns null where the text does not allow it: no free name, a comment that would be lost, a close that cannot be taken out.
 */
export function hoistClient(request: HoistRequest): readonly TextChange[] | null {
  return new Hoist(request).run();
}

class Hoist {
  readonly #request: HoistRequest;
  readonly #sourceCode: TSESLint.SourceCode;
  readonly #layout: Layout;
  readonly #changes: TextChange[] = [];
  /** Name of a client that stands inside its owner and needs one. */
  readonly #owned: string | null;

  constructor(request: HoistRequest) {
    this.#request = request;
    this.#sourceCode = request.sourceCode;
    this.#layout = layoutOf(request.sourceCode);
    const separate = request.addListener !== null && !this.#listensOutside();
    this.#owned = separate ? freeName(this.#sourceCode, NOUNS[request.creator.makes] ?? 'client', [request.expression]) : null;
  }

  run(): readonly TextChange[] | null {
    const { addedOption, closes, connects, construction, form, listeners } = this.#request;
    if (addedOption && !addOption(this.#sourceCode, construction, addedOption)) return null;
    const removed = removeCloses(this.#sourceCode, form === 'connected' ? [...closes, ...connects] : closes);
    if (removed === null) return null;
    this.#changes.push(...removed);
    for (const listener of listeners) {
      const statement = listener.parent;
      const change = removeStatement(this.#sourceCode, statement, listener.arguments);
      if (!change) return null;
      this.#changes.push(change);
    }
    const held = this.#holder();
    const ok =
      held === 'unknown'
        ? false
        : held && (form === 'eager' || (form === 'global-this' && !this.#request.deferred))
          ? this.#moveDeclaration(held)
          : this.#moveExpression(held);
    if (!ok || !this.#dropWrittenOut()) return null;
    return arrange(this.#changes);
  }

  /** The declaration that holds nothing but the client; null if the client stands in another expression. */
  #holder(): TSESTree.VariableDeclarator | 'unknown' | null {
    const { expression, variable } = this.#request;
    const declarator = wrappedAwait(this.#request.chainedConnect ?? expression).parent;
    if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null;
    if (declarator.parent.declarations.length > 1 || declarator.parent.parent.type.startsWith('For')) {
      return declarator.parent.kind.endsWith('using') ? 'unknown' : null;
    }
    return variable && isConstant(variable) ? declarator : null;
  }

  // `const pool = new Pool(…)` in the function becomes `const pool = new Pool(…)` at module scope.
  #moveDeclaration(declarator: TSESTree.VariableDeclarator): boolean {
    const { variable } = this.#request;
    const id = declarator.id as TSESTree.Identifier;
    if (!variable) return false;
    const uses = variable.references.map((reference) => reference.identifier as Node).filter((node) => node !== id);
    const shared = this.#shared();
    const name = shared ?? freeName(this.#sourceCode, id.name, uses, new Set([variable]));
    if (name === null) return false;
    const removed = removeStatement(this.#sourceCode, declarator.parent, [wrapped(this.#request.expression)]);
    if (!removed) return false;
    this.#changes.push(removed);
    if (name !== id.name) for (const use of uses) this.#rename(use, name);
    if (shared !== null) return true;
    const annotation = id.typeAnnotation ? this.#sourceCode.getText(id.typeAnnotation) : '';
    return this.#insert(this.#declarationLines(name, annotation));
  }

  // The expression is replaced by the shared client where it stands.
  #moveExpression(declarator: TSESTree.VariableDeclarator | null): boolean {
    const { chainedConnect, expression, form } = this.#request;
    const replaced = chainedConnect ?? expression;
    const target = wrapped(replaced);
    const using = declaredWithUsing(target);
    if (using) this.#changes.push({ range: usingRange(this.#sourceCode, using), text: 'const' });
    const shared = this.#shared();
    if (shared !== null) {
      this.#changes.push({ range: replaced.range, text: this.#awaited(shared) });
      return true;
    }
    const base = this.#baseName(declarator);
    const lazy = form === 'lazy' || form === 'connected' || (form === 'global-this' && this.#request.deferred);
    if (!lazy) {
      const name = freeName(this.#sourceCode, base, [expression]);
      if (name === null) return false;
      this.#changes.push({ range: expression.range, text: name });
      return this.#insert(this.#declarationLines(name, ''));
    }
    const getter = freeName(this.#sourceCode, prefixed('get', base), [expression]);
    const gone = new Set(declarator && this.#request.variable ? [this.#request.variable] : []);
    const name = freeName(this.#sourceCode, base, [], gone);
    const maker = freeName(this.#sourceCode, prefixed(form === 'connected' ? 'connect' : 'create', base), [expression]);
    if (getter === null || name === null || maker === null) return false;
    this.#changes.push({ range: replaced.range, text: this.#awaited(`${getter}()`) });
    return this.#insert(form === 'global-this' ? this.#globalLines(name, maker, getter) : this.#lazyLines(name, maker, getter));
  }

  // The connected form gives a promise where the construction gave the client.
  #awaited(text: string): string {
    const { chainedConnect, creator, expression, form } = this.#request;
    if (form !== 'connected' || creator.returnsPromise || chainedConnect) return text;
    const { parent } = wrapped(expression);
    return parent?.type === 'MemberExpression' ? `(await ${text})` : `await ${text}`;
  }

  #baseName(declarator: TSESTree.VariableDeclarator | null): string {
    if (declarator?.id.type === 'Identifier') return declarator.id.name;
    const { variable, construction, creator } = this.#request;
    if (variable) return variable.name;
    const callee = unwrap(construction.callee);
    const last = callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property : callee;
    const name = last.type === 'Identifier' ? instanceName(last.name) : '';
    return /^[a-z]\w*$/u.test(name) && name !== 'connect' && name !== 'init' ? name : (NOUNS[creator.makes] ?? 'client');
  }

  #shared(): string | null {
    if (this.#request.form === 'connected') return null;
    return sharedClient(this.#sourceCode, this.#text(''), this.#request.expression);
  }

  /** The text of the moved expression at an indentation, with local constants written out. */
  #text(indent: string): string {
    const { construction, expression } = this.#request;
    const changes = this.#replacements();
    if (this.#owned !== null) changes.push(this.#renamed(construction, this.#owned));
    return reindented(this.#sourceCode, expression, indent, changes);
  }

  // Changes inside the moved text.
  #replacements(): TextChange[] {
    const { addedOption, construction, substitutions } = this.#request;
    const added = addedOption && addOption(this.#sourceCode, construction, addedOption);
    return [...(added ? [added] : []), ...substitutions.map((entry) => this.#writeOut(entry))];
  }

  /** Declarations that go in front: a client that needs a listener and stands inside its owner gets a name of its own. */
  #ownedLines(indent: string): readonly string[] {
    const { addListener, construction } = this.#request;
    if (!addListener || this.#owned === null) return [];
    const end = this.#layout.semicolon;
    const text = reindented(this.#sourceCode, construction, indent, this.#replacements());
    const listener = this.#listener(this.#owned, addListener.event, indent);
    return [
      `${indent}const ${this.#owned} = ${text}${end}`,
      ...listener.map((line, index) => (index === 2 ? line + end : line)),
    ];
  }

  // The moved expression is the client, or the client with emitter methods chained to it.
  #listensOutside(): boolean {
    const { construction, expression } = this.#request;
    let current: Node = expression;
    while (current !== construction && current.type === 'CallExpression' && current.callee.type === 'MemberExpression') {
      current = unwrap(current.callee.object);
    }
    return current === construction;
  }

  #listener(target: string, event: string, indent: string): readonly string[] {
    const { indent: step, quote } = this.#layout;
    const error = this.#request.isTypeScript ? 'error: unknown' : 'error';
    return [
      `${indent}${target}.on(${quote}${event}${quote}, (${error}) => {`,
      `${indent}${step}console.error(${quote}Idle connection failed${quote}, error)${this.#layout.semicolon}`,
      `${indent}})`,
    ];
  }

  #writeOut({ identifier, value, path }: Replacement): TextChange {
    const bare = unwrap(value);
    const text = this.#sourceCode.getText(value);
    const simple =
      bare === value &&
      [
        'Identifier',
        'Literal',
        'MemberExpression',
        'TemplateLiteral',
        'CallExpression',
        'ObjectExpression',
        'ArrayExpression',
      ].includes(bare.type);
    const inner = `${simple ? text : `(${text})`}${path.map((name) => (/^[A-Za-z_$][\w$]*$/u.test(name) ? `.${name}` : `['${name}']`)).join('')}`;
    const { parent } = identifier;
    const shorthand = parent.type === 'Property' && parent.shorthand;
    return { range: identifier.range, text: shorthand ? `${identifier.name}: ${inner}` : inner };
  }

  #rename(use: Node, name: string): void {
    this.#changes.push(this.#renamed(use, name));
  }

  // Shorthand properties are written out, and `pool: pool` becomes one.
  #renamed(use: Node, name: string): TextChange {
    const { parent } = use;
    if (parent?.type === 'Property' && parent.value === use) {
      if (parent.shorthand && use.type === 'Identifier') return { range: use.range, text: `${use.name}: ${name}` };
      const sameKey = !parent.computed && parent.key.type === 'Identifier' && parent.key.name === name;
      if (sameKey) return { range: parent.range, text: name };
    }
    return { range: use.range, text: name };
  }

  #declarationLines(name: string, annotation: string): readonly string[] {
    const { form, isTypeScript, globalKey } = this.#request;
    const end = this.#layout.semicolon;
    if (form !== 'global-this') {
      return [
        ...this.#ownedLines(''),
        `const ${name}${annotation} = ${this.#text('')}${end}`,
        ...this.#listenerLines(name, ''),
      ];
    }
    const maker = freeName(this.#sourceCode, prefixed('create', name), []);
    if (maker === null) return [];
    const holder = freeName(this.#sourceCode, prefixed('globalFor', name), []);
    if (holder === null) return [];
    const made = this.#makerLines(name, maker);
    if (!isTypeScript) return [...made, `const ${name} = (globalThis.${globalKey} ??= ${maker}())${end}`];
    return [
      ...made,
      `const ${holder} = globalThis as typeof globalThis & { ${globalKey}?: ReturnType<typeof ${maker}> }${end}`,
      `const ${name}${annotation} = (${holder}.${globalKey} ??= ${maker}())${end}`,
    ];
  }

  #globalLines(name: string, maker: string, getter: string): readonly string[] {
    const { isTypeScript, globalKey } = this.#request;
    const end = this.#layout.semicolon;
    const holder = freeName(this.#sourceCode, prefixed('globalFor', name), []);
    if (holder === null) return [];
    const target = isTypeScript ? holder : 'globalThis';
    return [
      ...this.#makerLines(name, maker),
      ...(isTypeScript
        ? [`const ${holder} = globalThis as typeof globalThis & { ${globalKey}?: ReturnType<typeof ${maker}> }${end}`]
        : []),
      `function ${getter}() {`,
      `${this.#layout.indent}return (${target}.${globalKey} ??= ${maker}())${end}`,
      '}',
    ];
  }

  #lazyLines(name: string, maker: string, getter: string): readonly string[] {
    const { form, isTypeScript } = this.#request;
    const { indent, semicolon: end } = this.#layout;
    if (form === 'connected') return this.#connectedLines(name, maker, getter);
    const listeners = this.#listenerLines(name, indent + indent);
    const type = this.#owned !== null ? null : isTypeScript ? this.#typeText() : '';
    if (type === null) {
      return [
        ...this.#makerLines(name, maker),
        `let ${name}${isTypeScript ? `: ReturnType<typeof ${maker}> | undefined` : ''}${end}`,
        `function ${getter}() {`,
        `${indent}return (${name} ??= ${maker}())${end}`,
        '}',
      ];
    }
    const declaration = `let ${name}${type === '' ? '' : `: ${type} | undefined`}${end}`;
    if (listeners.length === 0) {
      return [declaration, `function ${getter}() {`, `${indent}return (${name} ??= ${this.#text(indent)})${end}`, '}'];
    }
    return [
      declaration,
      `function ${getter}() {`,
      `${indent}if (${name} === undefined) {`,
      `${indent}${indent}${name} = ${this.#text(indent + indent)}${end}`,
      ...listeners,
      `${indent}}`,
      `${indent}return ${name}${end}`,
      '}',
    ];
  }

  // The function that makes the client; its return type names the client's type without writing it.
  #makerLines(name: string, maker: string): readonly string[] {
    const { indent, semicolon: end } = this.#layout;
    const listeners = this.#listenerLines(name, indent);
    const owned = this.#ownedLines(indent);
    if (listeners.length === 0) return [`function ${maker}() {`, ...owned, `${indent}return ${this.#text(indent)}${end}`, '}'];
    return [
      `function ${maker}() {`,
      ...owned,
      `${indent}const ${name} = ${this.#text(indent)}${end}`,
      ...listeners,
      `${indent}return ${name}${end}`,
      '}',
    ];
  }

  #connectedLines(name: string, maker: string, getter: string): readonly string[] {
    const { creator, isTypeScript } = this.#request;
    const { indent, semicolon: end } = this.#layout;
    const connect =
      creator.connect && !creator.returnsPromise ? [`${indent}await ${name}.${creator.connect.method}()${end}`] : [];
    const made = creator.returnsPromise ? `await ${this.#text(indent)}` : this.#text(indent);
    return [
      `async function ${maker}() {`,
      ...this.#ownedLines(indent),
      `${indent}const ${name} = ${made}${end}`,
      ...this.#listenerLines(name, indent),
      ...connect,
      `${indent}return ${name}${end}`,
      '}',
      `let ${name}${isTypeScript ? `: ReturnType<typeof ${maker}> | undefined` : ''}${end}`,
      `function ${getter}() {`,
      `${indent}${name} ??= ${maker}().catch((error${isTypeScript ? ': unknown' : ''}) => {`,
      `${indent}${indent}${name} = undefined${end}`,
      `${indent}${indent}throw error${end}`,
      `${indent}})${end}`,
      `${indent}return ${name}${end}`,
      '}',
    ];
  }

  #listenerLines(name: string, indent: string): string[] {
    const { addListener, listeners } = this.#request;
    const { semicolon: end } = this.#layout;
    const lines = listeners.map((call) => {
      const object = call.callee.type === 'MemberExpression' ? call.callee.object : call.callee;
      return `${indent}${reindented(this.#sourceCode, call, indent, [{ range: object.range, text: name }])}${end}`;
    });
    if (!addListener || !this.#listensOutside()) return lines;
    const target = addListener.on === null ? name : `${name}.${addListener.on}`;
    return [
      ...lines,
      ...this.#listener(target, addListener.event, indent).map((line, index) => (index === 2 ? line + end : line)),
    ];
  }

  /** The type of the client as the file can write it; null where only the function that makes it has it. */
  #typeText(): string | null {
    const { construction, creator, expression } = this.#request;
    if (creator.generic || construction.type !== 'NewExpression' || construction.typeArguments || expression !== construction)
      return null;
    let root: Node = construction.callee;
    while (root.type === 'MemberExpression' && !root.computed) root = root.object;
    if (root.type !== 'Identifier') return null;
    const scope = this.#sourceCode.getScope(root);
    let variable: Variable | undefined;
    for (let current: TSESLint.Scope.Scope | null = scope; current && !variable; current = current.upper)
      variable = current.set.get(root.name);
    const definition = variable?.defs[0]?.type;
    return definition === 'ImportBinding' || definition === 'ClassName' ? this.#sourceCode.getText(construction.callee) : null;
  }

  // Local constants that only the moved expression read.
  #dropWrittenOut(): boolean {
    const { expression, substitutions } = this.#request;
    for (const variable of new Set(substitutions.map((entry) => entry.variable))) {
      const others = variable.references.filter(
        (reference) => reference.isRead() && !contains(expression, reference.identifier as Node),
      );
      const declarator = variable.defs[0]?.node;
      if (others.length > 0 || declarator?.type !== 'VariableDeclarator') continue;
      if (declarator.parent.declarations.length > 1) continue;
      if (declarator.id.type === 'ObjectPattern' && declarator.id.properties.length > 1) {
        const property = declarator.id.properties.find(
          (item) => item.type === 'Property' && item.value === variable.identifiers[0],
        );
        const after = property ? this.#sourceCode.getTokenAfter(property) : null;
        const next = after?.value === ',' ? this.#sourceCode.getTokenAfter(after) : null;
        const before = property ? this.#sourceCode.getTokenBefore(property) : null;
        if (!property || !before) return false;
        if (next && next.value !== '}') this.#changes.push({ range: [property.range[0], next.range[0]], text: '' });
        else this.#changes.push({ range: [before.range[0], property.range[1]], text: '' });
        continue;
      }
      const removed = removeStatement(this.#sourceCode, declarator.parent);
      if (!removed) return false;
      this.#changes.push(removed);
    }
    return true;
  }

  #insert(lines: readonly string[]): boolean {
    if (lines.length === 0) return false;
    this.#changes.push(insertAtModuleScope(this.#sourceCode, this.#request.declarations, lines));
    return true;
  }
}

const NOUNS: Partial<Record<Creator['makes'], string>> = { pool: 'pool', agent: 'agent', connection: 'connection' };

function declaredWithUsing(target: Node): TSESTree.VariableDeclaration | null {
  const declarator = wrappedAwait(target).parent;
  if (declarator?.type !== 'VariableDeclarator') return null;
  return declarator.parent.kind.endsWith('using') ? declarator.parent : null;
}

function usingRange(sourceCode: TSESLint.SourceCode, declaration: TSESTree.VariableDeclaration): readonly [number, number] {
  const [first] = declaration.declarations;
  const before = sourceCode.getTokenBefore(first);
  return [declaration.range[0], before ? before.range[1] : declaration.range[0]];
}
