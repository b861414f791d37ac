/** Takes the closing of a client out of the code that no longer owns it. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { contains, isFunction, memberName, unwrap, wrapped, wrappedAwait, type FunctionNode, type Node } from '../ast/nodes.js';
import type { TextChange } from './edit.js';
import { frozenLines, lineEnd, lineStart } from './layout.js';
import { removeStatement } from './remove-statement.js';

/**
 * Removes calls such as `await client.end()` and what becomes empty with them: the `if (client)` around one, the `finally` that held
 * nothing else, the `.finally(() => client.end())` at the end of a chain.
 *
 * @param calls The closing calls.
 * @returns null if one of them stands where it cannot be taken out without changing anything else.
 */
export function removeCloses(
  sourceCode: TSESLint.SourceCode,
  calls: readonly TSESTree.CallExpression[],
): readonly TextChange[] | null {
  return new Removal(sourceCode, calls).run();
}

class Removal {
  readonly #sourceCode: TSESLint.SourceCode;
  readonly #calls: readonly TSESTree.CallExpression[];
  readonly #gone = new Set<Node>();

  constructor(sourceCode: TSESLint.SourceCode, calls: readonly TSESTree.CallExpression[]) {
    this.#sourceCode = sourceCode;
    this.#calls = calls;
  }

  run(): readonly TextChange[] | null {
    const changes: TextChange[] = [];
    const statements: TSESTree.Statement[] = [];
    for (const call of this.#calls) {
      const removal = this.#locate(call);
      if (removal === null) return null;
      if ('statement' in removal) statements.push(removal.statement);
      else changes.push(removal);
    }
    for (const statement of statements) this.#gone.add(statement);
    const roots = new Set(statements.map((statement) => this.#emptied(statement)));
    for (const root of roots) {
      const removed = this.#remove(root);
      if (removed === null) return null;
      changes.push(...removed);
    }
    return changes;
  }

  #locate(call: TSESTree.CallExpression): TextChange | { readonly statement: TSESTree.Statement } | null {
    if (call.arguments.some((argument) => isFunction(unwrap(argument)))) return null;
    let node: Node = wrappedAwait(call);
    // `client.end().catch(ignore)`: what happens when closing fails goes with the closing.
    for (;;) {
      const member = node.parent;
      if (member?.type !== 'MemberExpression' || member.object !== node || memberName(member) !== 'catch') break;
      const outer = wrapped(member).parent;
      if (outer?.type !== 'CallExpression') return null;
      node = wrappedAwait(outer);
    }
    if (node.parent?.type === 'UnaryExpression' && node.parent.operator === 'void') node = node.parent;
    const { parent } = node;
    switch (parent?.type) {
      case 'ExpressionStatement':
        return { statement: parent };
      case 'LogicalExpression':
        return parent.operator === '&&' &&
          parent.right === node &&
          isQuiet(parent.left) &&
          parent.parent.type === 'ExpressionStatement'
          ? { statement: parent.parent }
          : null;
      case 'ArrayExpression':
        return this.#element(parent, node);
      case 'ArrowFunctionExpression':
        return parent.body === node ? this.#callback(parent) : null;
      default:
        return null;
    }
  }

  // `await Promise.all([a.end(), b.end()])`
  #element(array: TSESTree.ArrayExpression, element: Node): TextChange | { readonly statement: TSESTree.Statement } | null {
    const call = array.parent;
    if (call.type !== 'CallExpression' || !/^Promise\.all(?:Settled)?$/u.test(this.#sourceCode.getText(call.callee)))
      return null;
    const statement = wrappedAwait(call).parent;
    if (statement?.type !== 'ExpressionStatement') return null;
    const closing = array.elements.filter((item) => item !== null && this.#calls.some((close) => contains(item, close)));
    if (closing.length === array.elements.length) return { statement };
    const after = this.#sourceCode.getTokenAfter(element);
    if (after?.value === ',') {
      const next = this.#sourceCode.getTokenAfter(after);
      return { range: [element.range[0], next ? next.range[0] : after.range[1]], text: '' };
    }
    const before = this.#sourceCode.getTokenBefore(element);
    return { range: [before?.value === ',' ? before.range[0] : element.range[0], element.range[1]], text: '' };
  }

  // The callback only closes: `.finally(() => client.end())`, `res.on('finish', () => client.end())`, `setTimeout(() => client.end(), 100)`.
  #callback(fn: FunctionNode): TextChange | { readonly statement: TSESTree.Statement } | null {
    const call = wrapped(fn).parent;
    if (call?.type !== 'CallExpression') return null;
    const timer = timerStatement(this.#sourceCode, call);
    if (timer) return { statement: timer };
    if (call.callee.type !== 'MemberExpression') return null;
    const name = memberName(call.callee);
    if (name === 'finally' && call.arguments.length === 1) {
      return { range: [call.callee.object.range[1], call.range[1]], text: '' };
    }
    const isHook = (name === 'on' || name === 'once') && call.arguments.length === 2;
    const statement = wrapped(call).parent;
    return isHook && statement?.type === 'ExpressionStatement' ? { statement } : null;
  }

  /** The outermost statement that holds nothing but what goes. */
  #emptied(statement: TSESTree.Statement): Node {
    let current: Node = statement;
    for (;;) {
      const parent: Node = current.parent;
      if (parent.type === 'BlockStatement' && parent.body.every((item) => this.#gone.has(item)) && !this.#hasComments(parent)) {
        const owner = parent.parent;
        if (isFunction(owner)) {
          const removed = this.#callbackStatement(owner);
          if (!removed) return current;
          this.#gone.add(removed);
          current = removed;
          continue;
        }
        if (owner.type === 'BlockStatement' || owner.type === 'IfStatement') {
          this.#gone.add(parent);
          current = parent;
          continue;
        }
        // The `finally` of a try that closed the client and did nothing else.
        if (owner.type === 'TryStatement' && owner.finalizer === parent) return parent;
        return current;
      }
      if (parent.type === 'IfStatement' && parent.consequent === current && !parent.alternate && isQuiet(parent.test)) {
        this.#gone.add(parent);
        current = parent;
        continue;
      }
      return current;
    }
  }

  #callbackStatement(fn: FunctionNode): TSESTree.Statement | null {
    const found = this.#callback(fn);
    return found && 'statement' in found ? found.statement : null;
  }

  #hasComments(node: Node): boolean {
    return this.#sourceCode.getCommentsInside(node).length > 0;
  }

  #remove(root: Node): readonly TextChange[] | null {
    if (root.type === 'BlockStatement' && root.parent.type === 'TryStatement') return this.#unwrapTry(root.parent);
    if (root.type === 'BlockStatement' && isFunction(root.parent)) {
      const chained = this.#callback(root.parent);
      return chained && !('statement' in chained) ? [chained] : null;
    }
    // `.finally(async () => { await client.end(); })`
    if (
      root.parent?.type === 'BlockStatement' &&
      isFunction(root.parent.parent) &&
      root.parent.body.every((item) => this.#gone.has(item))
    ) {
      const chained = this.#callback(root.parent.parent);
      if (chained && !('statement' in chained)) return [chained];
    }
    if (root.parent && !CONTAINERS.has(root.parent.type)) return [{ range: root.range, text: '{}' }];
    const removed = removeStatement(this.#sourceCode, root);
    return removed ? [removed] : null;
  }

  #unwrapTry(statement: TSESTree.TryStatement): readonly TextChange[] | null {
    const { text } = this.#sourceCode;
    const { block, handler, finalizer } = statement;
    if (!finalizer) return null;
    if (handler) return [{ range: [handler.range[1], finalizer.range[1]], text: '' }];
    const [first] = block.body;
    const last = block.body.at(-1);
    const between = text.slice(block.range[1], finalizer.range[0]);
    if (between.trim() !== 'finally') return null;
    const parentHolds = CONTAINERS.has(statement.parent.type);
    if (!first || !last || !parentHolds || this.#wouldClash(block)) {
      return [
        { range: [statement.range[0], block.range[0]], text: '' },
        { range: [block.range[1], finalizer.range[1]], text: '' },
      ];
    }
    // Inner lines move to where the `try` stood.
    const openEnd = lineEnd(text, block.range[0]);
    const multiLine =
      openEnd <= first.range[0] &&
      lineStart(text, block.range[1] - 1) >= last.range[1] &&
      text.slice(block.range[0] + 1, openEnd).trim() === '';
    if (!multiLine) {
      return [
        { range: [statement.range[0], first.range[0]], text: '' },
        { range: [last.range[1], finalizer.range[1]], text: '' },
      ];
    }
    const closeLine = lineStart(text, block.range[1] - 1);
    const outer = text.slice(lineStart(text, statement.range[0]), statement.range[0]);
    const inner = /^[ \t]*/u.exec(text.slice(lineStart(text, first.range[0]), first.range[0]))?.[0] ?? '';
    const changes: TextChange[] = [
      { range: [lineStart(text, statement.range[0]), openEnd], text: '' },
      { range: [closeLine, lineEnd(text, finalizer.range[1])], text: '' },
    ];
    if (
      outer.trim() === '' &&
      inner.startsWith(outer) &&
      text.slice(finalizer.range[1], lineEnd(text, finalizer.range[1])).trim() === ''
    ) {
      const step = inner.length - outer.length;
      const frozen = frozenLines(this.#sourceCode, block);
      for (let at = openEnd; at < closeLine; at = lineEnd(text, at)) {
        if (!frozen.has(at) && /^[ \t]*$/u.test(text.slice(at, at + step)) && step > 0)
          changes.push({ range: [at, at + step], text: '' });
      }
      return changes;
    }
    return [
      { range: [statement.range[0], block.range[0]], text: '' },
      { range: [block.range[1], finalizer.range[1]], text: '' },
    ];
  }

  // Would a name declared in the block meet the same name around it?
  #wouldClash(block: TSESTree.BlockStatement): boolean {
    const scope = this.#sourceCode.scopeManager?.acquire(block);
    if (!scope?.upper) return false;
    const { upper } = scope;
    return scope.variables.some(
      ({ name }) =>
        upper.set.has(name) ||
        upper.references.some((reference) => reference.identifier.name === name) ||
        upper.childScopes.some(
          (child) => child !== scope && child.through.some((reference) => reference.identifier.name === name),
        ),
    );
  }
}

const TIMERS = /^(?:setTimeout|setImmediate|queueMicrotask|process\.nextTick)$/u;

/** `setTimeout(callback, 1000);`, `setTimeout(callback, 1000).unref();`: a statement that does nothing but set the timer. */
function timerStatement(sourceCode: TSESLint.SourceCode, call: TSESTree.CallExpression): TSESTree.Statement | null {
  if (!TIMERS.test(sourceCode.getText(call.callee)) || !call.arguments.slice(1).every(isQuiet)) return null;
  let outer: Node = wrapped(call);
  const member = outer.parent;
  if (member?.type === 'MemberExpression' && memberName(member) === 'unref' && member.parent.type === 'CallExpression')
    outer = member.parent;
  if (outer.parent?.type === 'UnaryExpression' && outer.parent.operator === 'void') outer = outer.parent;
  return outer.parent?.type === 'ExpressionStatement' ? outer.parent : null;
}

const CONTAINERS = new Set(['BlockStatement', 'Program', 'StaticBlock', 'SwitchCase', 'TSModuleBlock']);

/** A test without effects: a name, a member, a comparison of such. */
function isQuiet(test: Node): boolean {
  const expression = unwrap(test);
  switch (expression.type) {
    case 'Identifier':
    case 'Literal':
      return true;
    case 'MemberExpression':
      return isQuiet(expression.object);
    case 'BinaryExpression':
      return isQuiet(expression.left) && isQuiet(expression.right);
    case 'LogicalExpression':
      return isQuiet(expression.left) && isQuiet(expression.right);
    case 'UnaryExpression':
      return expression.operator !== 'delete' && isQuiet(expression.argument);
    default:
      return false;
  }
}
