import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { isFunction, unwrap, type Node } from '../ast/nodes.js';
import { returnedExpressions } from '../ast/returns.js';

/**
 * A client that already stands at module scope and is made by the same expression, so that a second one is not needed.
 *
 * @param text The expression to be hoisted.
 * @returns How to refer to it: `pool` or `getPool()`; null if there is none.
 */
export function sharedClient(sourceCode: TSESLint.SourceCode, text: string, expression: Node): string | null {
  const wanted = normal(text);
  const makers = new Set<string>();
  const stored = new Map<string, string>();
  for (const statement of sourceCode.ast.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'VariableDeclaration' && declaration.kind === 'const') {
      for (const { id, init } of declaration.declarations) {
        if (id.type !== 'Identifier' || !init) continue;
        const value = assignedValue(init);
        if (normalText(sourceCode, value) === wanted) return id.name;
        if (value.type === 'CallExpression' && value.callee.type === 'Identifier' && makers.has(value.callee.name))
          return id.name;
      }
    }
    if (declaration?.type !== 'FunctionDeclaration' || !declaration.id || declaration.params.length > 0 || declaration.async)
      continue;
    if (declaration.range[0] <= expression.range[0] && expression.range[1] <= declaration.range[1]) continue;
    const kept = keptValue(declaration);
    if (!kept) continue;
    const matches = normalText(sourceCode, kept.value) === wanted;
    if (kept.kind === 'made' && matches) makers.add(declaration.id.name);
    if (kept.kind === 'kept') {
      if (matches) return `${declaration.id.name}()`;
      if (kept.value.type === 'CallExpression' && kept.value.callee.type === 'Identifier')
        stored.set(kept.value.callee.name, declaration.id.name);
    }
  }
  for (const [maker, getter] of stored) if (makers.has(maker)) return `${getter}()`;
  return null;
}

// `(globalThis.pool ??= create())` holds what it was assigned.
function assignedValue(init: Node): Node {
  const value = unwrap(init);
  return value.type === 'AssignmentExpression' ? unwrap(value.right) : value;
}

/** What a function without parameters makes: each time, or once behind `??=` or `if (x === undefined)`. */
function keptValue(fn: TSESTree.FunctionDeclaration): { readonly kind: 'kept' | 'made'; readonly value: Node } | null {
  const [returned] = returnedExpressions(fn);
  if (!returned) return null;
  const value = unwrap(returned);
  if (value.type === 'AssignmentExpression')
    return value.operator === '??=' ? { kind: 'kept', value: unwrap(value.right) } : null;
  const [first] = fn.body.body;
  if (value.type === 'Identifier' && first?.type === 'IfStatement' && first.consequent.type === 'BlockStatement') {
    const [assignment] = first.consequent.body;
    const expression = assignment?.type === 'ExpressionStatement' ? assignment.expression : null;
    if (
      expression?.type === 'AssignmentExpression' &&
      expression.left.type === 'Identifier' &&
      expression.left.name === value.name
    ) {
      return { kind: 'kept', value: unwrap(expression.right) };
    }
  }
  if (value.type === 'Identifier' && first?.type === 'VariableDeclaration') {
    const [declarator] = first.declarations;
    const init = declarator.init ? unwrap(declarator.init) : null;
    if (declarator.id.type === 'Identifier' && declarator.id.name === value.name && init && !isFunction(init))
      return { kind: 'made', value: init };
  }
  return { kind: 'made', value };
}

// Every edit compares with every declaration of the module.
const normalTexts = new WeakMap<Node, string>();

function normalText(sourceCode: TSESLint.SourceCode, node: Node): string {
  const known = normalTexts.get(node);
  if (known !== undefined) return known;
  const text = normal(sourceCode.getText(node));
  normalTexts.set(node, text);
  return text;
}

function normal(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .replace(/,(?= ?[}\])])/gu, '')
    .replace(/([{[(]) /gu, '$1')
    .replace(/ ([}\])])/gu, '$1')
    .trim();
}
