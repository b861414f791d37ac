/** Puts a shared pool where a connection per request is opened. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { PoolAlternative } from '../catalog/descriptor.js';
import { unwrap, wrapped, wrappedAwait, type Node } from '../ast/nodes.js';
import { isConstant, type Variable } from '../ast/variables.js';
import { arrange, type TextChange } from './edit.js';
import { layoutOf, reindented } from './layout.js';
import { insertAtModuleScope } from './module-position.js';
import { freeName, isFree } from './names.js';
import { removeCloses } from './remove-close.js';
import { removeStatement } from './remove-statement.js';
import { sharedClient } from './shared-client.js';

/** Everything the edit needs to know. */
export interface PoolRequest {
  readonly sourceCode: TSESLint.SourceCode;
  readonly isTypeScript: boolean;
  readonly alternative: PoolAlternative;
  readonly construction: TSESTree.CallExpression | TSESTree.NewExpression;
  readonly variable: Variable | null;
  readonly closes: readonly TSESTree.CallExpression[];
  readonly connects: readonly TSESTree.CallExpression[];
  readonly addListener: { readonly event: string } | null;
  readonly declarations: readonly Node[];
}

/**
 * The changes: the pool at module scope, the connection's name replaced by the pool's, connecting and closing removed.
 *
 * @returns null where the text does not allow it.
 */
export function replaceWithPool(request: PoolRequest): readonly TextChange[] | null {
  const { sourceCode, construction, variable, alternative } = request;
  const declarator = wrappedAwait(construction).parent;
  if (!variable || !isConstant(variable) || declarator?.type !== 'VariableDeclarator' || declarator.id.type !== 'Identifier')
    return null;
  if (declarator.parent.declarations.length > 1) return null;
  const callee = poolCallee(sourceCode, construction, alternative);
  if (!callee) return null;
  const id = declarator.id;
  const uses = variable.references.map((reference) => reference.identifier as Node).filter((node) => node !== id);
  const removed = removeCloses(sourceCode, [...request.closes, ...request.connects]);
  const declaration = removeStatement(sourceCode, declarator.parent, [wrapped(construction)]);
  if (!removed || !declaration) return null;
  const layout = layoutOf(sourceCode);
  const calleeChange = { range: construction.callee.range, text: callee.text };
  const text = reindented(sourceCode, construction, '', [calleeChange]);
  const shared = sharedClient(sourceCode, text, construction);
  const name = shared ?? freeName(sourceCode, 'pool', uses, new Set([variable]));
  if (name === null) return null;
  const changes: TextChange[] = [...removed, declaration];
  for (const use of uses) {
    const { parent } = use;
    const shorthand = parent?.type === 'Property' && parent.shorthand;
    changes.push({ range: use.range, text: shorthand ? `${id.name}: ${name}` : name });
  }
  if (shared === null) {
    const end = layout.semicolon;
    const lines = [`const ${name} = ${text}${end}`];
    if (request.addListener) {
      lines.push(
        `${name}.on(${layout.quote}${request.addListener.event}${layout.quote}, (error${request.isTypeScript ? ': unknown' : ''}) => {`,
        `${layout.indent}console.error(${layout.quote}Idle connection failed${layout.quote}, error)${end}`,
        `})${end}`,
      );
    }
    changes.push(insertAtModuleScope(sourceCode, request.declarations, lines));
    if (callee.change) changes.push(callee.change);
  }
  return arrange(changes);
}

// How the pool's constructor is written in this file, importing it beside the connection's where needed.
function poolCallee(
  sourceCode: TSESLint.SourceCode,
  construction: TSESTree.CallExpression | TSESTree.NewExpression,
  alternative: PoolAlternative,
): { readonly text: string; readonly change: TextChange | null } | null {
  const callee = unwrap(construction.callee);
  if (callee.type === 'MemberExpression' && !callee.computed) {
    return { text: `${sourceCode.getText(callee.object)}.${alternative.api}`, change: null };
  }
  if (callee.type !== 'Identifier') return null;
  let variable: Variable | undefined;
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(callee); scope && !variable; scope = scope.upper) {
    variable = scope.set.get(callee.name);
  }
  const definition = variable?.defs[0];
  const specifier = definition?.node;
  if (specifier?.type === 'ImportSpecifier') {
    const declaration = specifier.parent as TSESTree.ImportDeclaration;
    const present = declaration.specifiers.find(
      (item) =>
        item.type === 'ImportSpecifier' && item.imported.type === 'Identifier' && item.imported.name === alternative.api,
    );
    if (present) return { text: present.local.name, change: null };
    if (!isFree(sourceCode, alternative.api, [construction])) return null;
    return { text: alternative.api, change: beside(specifier, alternative.api, isOnlyUse(variable, callee)) };
  }
  if (
    specifier?.type !== 'VariableDeclarator' ||
    specifier.id.type !== 'ObjectPattern' ||
    specifier.parent.parent.type !== 'Program'
  )
    return null;
  const property = specifier.id.properties.find(
    (item) => item.type === 'Property' && item.value.type === 'Identifier' && item.value.name === callee.name,
  );
  const present = specifier.id.properties.find(
    (item) =>
      item.type === 'Property' &&
      item.key.type === 'Identifier' &&
      item.key.name === alternative.api &&
      item.value.type === 'Identifier',
  );
  if (present?.type === 'Property' && present.value.type === 'Identifier') return { text: present.value.name, change: null };
  if (!property || !isFree(sourceCode, alternative.api, [construction])) return null;
  return { text: alternative.api, change: beside(property, alternative.api, isOnlyUse(variable, callee)) };
}

// The connection's constructor stays imported only where something else uses it.
function beside(specifier: Node, name: string, instead: boolean): TextChange {
  return instead
    ? { range: specifier.range, text: name }
    : { range: [specifier.range[1], specifier.range[1]], text: `, ${name}` };
}

function isOnlyUse(variable: Variable | undefined, use: Node): boolean {
  return variable?.references.every((reference) => reference.identifier === use || reference.init === true) ?? false;
}
