/** Moves a client from a function to module scope. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { Creator, PoolAlternative } from '../catalog/descriptor.js';
import { contains, unwrap, wrapped, wrappedAwait, type Node } from '../ast/nodes.js';
import { isNullish } from '../ast/objects.js';
import { isConstant, type Variable } from '../ast/variables.js';
import { addOption, type AddedOption } from './add-option.js';
import { arrange, type TextChange } from './edit.js';
import { layoutOf, reindented, type Layout } from './layout.js';
import { insertAtModuleScope } from './module-position.js';
import { freeName, freePrefixedName, instanceName } from './names.js';
import { poolCallee, type PoolCallee } from './pool-callee.js';
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
  /** The pool that takes the place of a connection. */
  readonly instead: PoolInstead | null;
  readonly substitutions: readonly Replacement[];
  /** Module-level declarations that the expression reads. */
  readonly declarations: readonly Node[];
}

/** The pool of the library, where a connection that cannot be shared is made. */
export interface PoolInstead {
  readonly alternative: PoolAlternative;
  /** Text as the first argument becomes this option of the pool. */
  readonly textOption: string | null;
  /** Listeners that concern the connection alone, and go with it. */
  readonly dropped: readonly TSESTree.CallExpression[];
}

/** A variable that holds nothing but the client. */
interface Holder {
  readonly id: TSESTree.Identifier;
  readonly variable: Variable;
  /** The declaration, and the assignment where that is a statement of its own. */
  readonly statements: readonly Node[];
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
  /** What is written in place of the constructor. */
  readonly #callee: PoolCallee | null;

  constructor(request: HoistRequest) {
    this.#request = request;
    this.#sourceCode = request.sourceCode;
    this.#layout = layoutOf(request.sourceCode);
    this.#callee = request.instead && poolCallee(request.sourceCode, request.construction, request.instead.alternative);
    const separate = request.addListener !== null && !this.#listensOutside();
    this.#owned = separate ? freeName(this.#sourceCode, NOUNS[request.creator.makes] ?? 'client', [request.expression]) : null;
  }

  run(): readonly TextChange[] | null {
    const { addedOption, closes, connects, construction, form, instead, listeners } = this.#request;
    if (addedOption && !addOption(this.#sourceCode, construction, addedOption)) return null;
    if (instead && !this.#callee) return null;
    const removed = removeCloses(this.#sourceCode, form === 'connected' || instead ? [...closes, ...connects] : closes);
    if (removed === null) return null;
    this.#changes.push(...removed);
    for (const listener of listeners) {
      const statement = listener.parent;
      const change = removeStatement(this.#sourceCode, statement, listener.arguments);
      if (!change) return null;
      this.#changes.push(change);
    }
    for (const listener of instead?.dropped ?? []) {
      const change = removeStatement(this.#sourceCode, listener.parent);
      if (!change) return null;
      this.#changes.push(change);
    }
    const held = this.#holder() ?? (instead ? this.#splitHolder() : null);
    const ok =
      held === 'unknown' || (instead && !held)
        ? false
        : held && (form === 'eager' || (form === 'global-this' && !this.#request.deferred))
          ? this.#moveDeclaration(held)
          : this.#moveExpression(held);
    if (!ok || !this.#dropWrittenOut()) return null;
    return arrange(this.#changes);
  }

  /** The declaration that holds nothing but the client; null if the client stands in another expression. */
  #holder(): Holder | 'unknown' | null {
    const { expression, variable } = this.#request;
    const declarator = wrappedAwait(this.#request.chainedConnect ?? expression).parent;
    if (declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null;
    if (declarator.parent.declarations.length > 1 || declarator.parent.parent.type.startsWith('For')) {
      return declarator.parent.kind.endsWith('using') ? 'unknown' : null;
    }
    return variable && isConstant(variable) ? { id: declarator.id, variable, statements: [declarator.parent] } : null;
  }

  /**
   * `let client; try { client = new Client(); … } finally { await client?.end(); }`: the variable gets nothing else, and is read where
   * it has it.
   */
  #splitHolder(): Holder | null {
    const assignment = wrappedAwait(this.#request.expression).parent;
    if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') return null;
    const { left, parent: statement } = assignment;
    const block = statement.parent;
    if (left.type !== 'Identifier' || statement.type !== 'ExpressionStatement' || block?.type !== 'BlockStatement') return null;
    const reference = this.#sourceCode.getScope(left).references.find(({ identifier }) => identifier === left);
    const variable = reference?.resolved;
    const declarator = variable?.defs.length === 1 ? variable.defs[0]?.node : undefined;
    if (!variable || declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier') return null;
    if (declarator.parent.declarations.length > 1 || (declarator.init && !isNullish(declarator.init))) return null;
    if (!contains(variable.scope.variableScope.block, block)) return null;
    const fits = variable.references.every(({ identifier, init }) => {
      const node = identifier as Node;
      if (init === true || node === left) return true;
      return this.#isGone(node) || (node.range[0] > statement.range[1] && contains(block, node) && !isWritten(node));
    });
    return fits ? { id: declarator.id, variable, statements: [declarator.parent, statement] } : null;
  }

  // Within something that is removed or replaced as a whole.
  #isGone({ range: [start, end] }: Node): boolean {
    return this.#changes.some(({ range }) => range[0] <= start && end <= range[1] && range[1] - range[0] > end - start);
  }

  // `const pool = new Pool(…)` in the function becomes `const pool = new Pool(…)` at module scope.
  #moveDeclaration({ id, statements, variable }: Holder): boolean {
    const { expression, instead } = this.#request;
    const uses = usesOf(variable, statements);
    const shared = this.#shared();
    const name = shared ?? freeName(this.#sourceCode, instead ? this.#poolName() : id.name, uses, new Set([variable]));
    if (name === null) return false;
    for (const statement of statements) {
      const removed = removeStatement(this.#sourceCode, statement, [wrapped(expression)]);
      if (!removed) return false;
      this.#changes.push(removed);
    }
    if (name !== id.name) for (const use of uses) this.#rename(use, name);
    if (shared !== null) return true;
    const annotation = id.typeAnnotation && !instead ? this.#sourceCode.getText(id.typeAnnotation) : '';
    return this.#insert(this.#declarationLines(name, annotation));
  }

  // `const client = new Client(…)` in the function becomes `const pool = getPool()`.
  #renameHolder({ id, statements, variable }: Holder, name: string, text: string): boolean {
    const target = wrappedAwait(this.#request.expression);
    const [declaration, assignment] = statements;
    if (!declaration) return false;
    for (const use of usesOf(variable, statements)) this.#rename(use, name);
    if (!assignment) {
      this.#changes.push({ range: id.range, text: name }, { range: target.range, text });
      return true;
    }
    const removed = removeStatement(this.#sourceCode, declaration);
    if (!removed) return false;
    this.#changes.push(removed, { range: [assignment.range[0], target.range[1]], text: `const ${name} = ${text}` });
    return true;
  }

  // The expression is replaced by the shared client where it stands.
  #moveExpression(held: Holder | null): boolean {
    const { chainedConnect, expression, form, instead } = this.#request;
    const replaced = chainedConnect ?? expression;
    const target = wrapped(replaced);
    const using = declaredWithUsing(target);
    if (using) this.#changes.push({ range: usingRange(this.#sourceCode, using), text: 'const' });
    const shared = this.#shared();
    const replace = (name: string, text: string): boolean => {
      if (instead && held) return this.#renameHolder(held, name, text);
      this.#changes.push({ range: replaced.range, text: this.#awaited(text) });
      return true;
    };
    const base = this.#baseName(held);
    if (shared !== null) return replace(base, shared);
    const lazy = form === 'lazy' || form === 'connected' || (form === 'global-this' && this.#request.deferred);
    if (!lazy) {
      const name = freeName(this.#sourceCode, base, [expression]);
      if (name === null) return false;
      this.#changes.push({ range: expression.range, text: name });
      return this.#insert(this.#declarationLines(name, ''));
    }
    const getter = freePrefixedName(this.#sourceCode, 'get', base, [expression]);
    const gone = new Set(held ? [held.variable] : []);
    const name = freeName(this.#sourceCode, base, instead && held ? usesOf(held.variable, held.statements) : [], gone);
    const maker = freePrefixedName(this.#sourceCode, form === 'connected' ? 'connect' : 'create', base, [expression]);
    if (getter === null || name === null || maker === null) return false;
    if (!replace(name, `${getter}()`)) return false;
    return this.#insert(form === 'global-this' ? this.#globalLines(name, maker, getter) : this.#lazyLines(name, maker, getter));
  }

  // The connected form gives a promise where the construction gave the client.
  #awaited(text: string): string {
    const { chainedConnect, creator, expression, form } = this.#request;
    if (form !== 'connected' || creator.returnsPromise || chainedConnect) return text;
    const { parent } = wrapped(expression);
    return parent?.type === 'MemberExpression' ? `(await ${text})` : `await ${text}`;
  }

  #poolName(): string {
    return NOUNS[this.#request.creator.makes] ?? 'client';
  }

  #baseName(held: Holder | null): string {
    if (this.#request.instead) return this.#poolName();
    if (held) return held.id.name;
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
    return [
      ...(added ? [added] : []),
      ...(this.#callee ? [{ range: construction.callee.range, text: this.#callee.text }] : []),
      ...this.#textAsOption(),
      ...substitutions.map((entry) => this.#writeOut(entry)),
    ];
  }

  // `new Client(url)` becomes `new Pool({ connectionString: url })`.
  #textAsOption(): readonly TextChange[] {
    const { construction, instead } = this.#request;
    const [text] = construction.arguments;
    if (!text || !instead || instead.textOption === null) return [];
    return [
      { range: [text.range[0], text.range[0]], text: `{ ${instead.textOption}: ` },
      { range: [text.range[1], text.range[1]], text: ' }' },
    ];
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
    const maker = freePrefixedName(this.#sourceCode, 'create', name, []);
    if (maker === null) return [];
    const holder = freePrefixedName(this.#sourceCode, 'globalFor', name, []);
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
    const holder = freePrefixedName(this.#sourceCode, 'globalFor', name, []);
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
    return definition === 'ImportBinding' || definition === 'ClassName'
      ? (this.#callee?.text ?? this.#sourceCode.getText(construction.callee))
      : null;
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
    if (this.#callee?.imports) this.#changes.push(this.#callee.imports((node) => this.#isGone(node)));
    return true;
  }
}

const NOUNS: Partial<Record<Creator['makes'], string>> = { pool: 'pool', agent: 'agent', connection: 'connection' };

// Where the client is used by the variable's name, outside of the statements that give it one.
function usesOf(variable: Variable, statements: readonly Node[]): readonly Node[] {
  return variable.references
    .map((reference) => reference.identifier as Node)
    .filter((node) => !statements.some((statement) => contains(statement, node)));
}

function isWritten(node: Node): boolean {
  const { parent } = node;
  return parent?.type === 'UpdateExpression' || (parent?.type === 'AssignmentExpression' && parent.left === node);
}

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
