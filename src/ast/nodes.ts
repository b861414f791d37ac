/** Predicates and small questions about syntax nodes. This layer knows JavaScript and TypeScript, and no library. */
import type { TSESTree } from '@typescript-eslint/utils';

export type Node = TSESTree.Node;

/** A function in any of its syntactic forms that has a body. */
export type FunctionNode = TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

/** A class declaration or expression. */
export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression' || node?.type === 'FunctionDeclaration'
  );
}

export function isClass(node: Node | null | undefined): node is ClassNode {
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression';
}

/**
 * Strips what does not change the value: TypeScript casts, `!`, `satisfies`, instantiation expressions and optional chaining.
 *
 * @param node Any expression.
 * @returns The innermost expression with the same value.
 */
export function unwrap(node: Node): Node {
  let current = node;
  for (;;) {
    switch (current.type) {
      case 'TSAsExpression':
      case 'TSNonNullExpression':
      case 'TSSatisfiesExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
        current = current.expression;
        break;
      default:
        return current;
    }
  }
}

/** As {@link unwrap}, and through `await`. */
export function unwrapAwait(node: Node): Node {
  let current = unwrap(node);
  while (current.type === 'AwaitExpression') current = unwrap(current.argument);
  return current;
}

/** Is `parent` only a wrapper around `child` in the sense of {@link unwrap}? */
export function isTransparent(parent: Node): boolean {
  switch (parent.type) {
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
    case 'ChainExpression':
      return true;
    default:
      return false;
  }
}

/** The outermost expression with the same value as `node`: the inverse of {@link unwrap}. */
export function wrapped(node: Node): Node {
  let current = node;
  while (current.parent && isTransparent(current.parent)) current = current.parent;
  return current;
}

/** As {@link wrapped}, and through `await`. */
export function wrappedAwait(node: Node): Node {
  let current = wrapped(node);
  while (current.parent?.type === 'AwaitExpression') current = wrapped(current.parent);
  return current;
}

/** Decorators of a class or member; none where the parser knows no decorators. */
export function decoratorsOf(node: ClassNode | TSESTree.MethodDefinition): readonly TSESTree.Decorator[] {
  const { decorators } = node as { readonly decorators?: readonly TSESTree.Decorator[] };
  return decorators ?? [];
}

/** What a class extends and implements. */
export function basesOf(node: ClassNode): readonly Node[] {
  const interfaces = (node.implements as TSESTree.TSClassImplements[] | undefined) ?? [];
  return [...(node.superClass ? [node.superClass] : []), ...interfaces.map((clause) => clause.expression)];
}

/** The nearest function around `node`, not `node` itself. */
export function enclosingFunction(node: Node): FunctionNode | null {
  for (let current = node.parent; current; current = current.parent) if (isFunction(current)) return current;
  return null;
}

/** The class whose `this` an expression at `node` sees, through arrows but not through other functions. */
export function enclosingClass(node: Node): ClassNode | null {
  let child: Node = node;
  for (let current = node.parent; current; child = current, current = current.parent) {
    if (current.type === 'FunctionDeclaration') return null;
    if (current.type === 'FunctionExpression') {
      const owner = current.parent;
      if (owner.type !== 'MethodDefinition') return null;
    }
    if (isClass(current) && child === current.body) return current;
  }
  return null;
}

function isStatement(node: Node): boolean {
  return (
    node.type.endsWith('Statement') ||
    node.type === 'VariableDeclaration' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'ClassDeclaration' ||
    node.type.startsWith('Export') ||
    node.type === 'ImportDeclaration'
  );
}

/** Is `inner` within `outer` (or the same node)? */
export function contains(outer: Node, inner: Node): boolean {
  return outer.range[0] <= inner.range[0] && inner.range[1] <= outer.range[1];
}

/** Is the function called on the spot: `(() => …)()`, `(function () {}).call(this)`? Returns the call. */
export function immediateCall(fn: FunctionNode): TSESTree.CallExpression | null {
  const outer = wrapped(fn);
  const parent = outer.parent;
  if (parent?.type === 'CallExpression' && parent.callee === outer) return parent;
  if (parent?.type === 'MemberExpression' && parent.object === outer) {
    const name = parent.property.type === 'Identifier' ? parent.property.name : '';
    const call = wrapped(parent).parent;
    if ((name === 'call' || name === 'apply') && call?.type === 'CallExpression' && call.callee === wrapped(parent))
      return call;
  }
  return null;
}

/** The function whose runs the node belongs to: the nearest one that is not called on the spot. */
export function runningFunction(node: Node): FunctionNode | null {
  let fn = enclosingFunction(node);
  while (fn && immediateCall(fn)) fn = enclosingFunction(fn);
  return fn;
}

/** The name a reader would give a function: its own, or that of the variable, property or method it stands in. */
export function functionName(fn: FunctionNode): string | null {
  if (fn.id) return fn.id.name;
  const outer = wrapped(fn);
  const parent = outer.parent;
  switch (parent?.type) {
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' ? parent.id.name : null;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return keyName(parent);
    case 'AssignmentExpression':
      if (parent.left.type === 'Identifier') return parent.left.name;
      return parent.left.type === 'MemberExpression' ? memberName(parent.left) : null;
    default:
      return null;
  }
}

/** The static name of a property, method or field key; null if computed from something unknown. */
export function keyName(
  node: TSESTree.MethodDefinition | TSESTree.Property | TSESTree.PropertyDefinition | TSESTree.AccessorProperty,
): string | null {
  const { key } = node;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!node.computed && key.type === 'Identifier') return key.name;
  return literalText(key);
}

/** The static name of the accessed property; null if computed from something unknown. */
export function memberName(node: TSESTree.MemberExpression): string | null {
  const { property } = node;
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!node.computed && property.type === 'Identifier') return property.name;
  return literalText(property);
}

function literalText(node: Node): string | null {
  if (node.type === 'Literal' && (typeof node.value === 'string' || typeof node.value === 'number')) return String(node.value);
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? null;
  return null;
}

/** The identifier at the left end of a member chain (`a` of `a.b().c`); null if it starts with anything else. */
export function rootIdentifier(node: Node): TSESTree.Identifier | null {
  let current = unwrapAwait(node);
  for (;;) {
    if (current.type === 'MemberExpression') current = unwrapAwait(current.object);
    else if (current.type === 'CallExpression') current = unwrapAwait(current.callee);
    else return current.type === 'Identifier' ? current : null;
  }
}

/** Does the expression start with `this`? */
export function startsWithThis(node: Node): boolean {
  let current = unwrapAwait(node);
  while (current.type === 'MemberExpression' || current.type === 'CallExpression') {
    current = unwrapAwait(current.type === 'MemberExpression' ? current.object : current.callee);
  }
  return current.type === 'ThisExpression';
}

/** Visits the statements of a function body in source order, nested blocks included, nested functions left out. */
export function walkStatements(root: Node, visit: (statement: TSESTree.Statement) => void): void {
  switch (root.type) {
    case 'BlockStatement':
    case 'Program':
    case 'StaticBlock':
      for (const statement of root.body) walkStatements(statement, visit);
      return;
    case 'IfStatement':
      visit(root);
      walkStatements(root.consequent, visit);
      if (root.alternate) walkStatements(root.alternate, visit);
      return;
    case 'TryStatement':
      visit(root);
      walkStatements(root.block, visit);
      if (root.handler) walkStatements(root.handler.body, visit);
      if (root.finalizer) walkStatements(root.finalizer, visit);
      return;
    case 'SwitchStatement':
      visit(root);
      for (const branch of root.cases) for (const statement of branch.consequent) walkStatements(statement, visit);
      return;
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      visit(root);
      walkStatements(root.body, visit);
      return;
    default:
      if (isStatement(root)) visit(root as TSESTree.Statement);
  }
}
