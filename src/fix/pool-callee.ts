/** How the pool that takes the place of a connection is written. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import type { PoolAlternative } from '../catalog/descriptor.js';
import { unwrap, type Node } from '../ast/nodes.js';
import type { Variable } from '../ast/variables.js';
import type { TextChange } from './edit.js';
import { isFree } from './names.js';

/** The pool's constructor or factory, as the file can write it. */
export interface PoolCallee {
  readonly text: string;
  /** The import it needs; null if the file has it. `isGone`: will the edit remove the node? */
  readonly imports: ((isGone: (node: Node) => boolean) => TextChange) | null;
}

/**
 * How the pool's constructor is written in this file, importing it beside the connection's where needed.
 *
 * @returns null if the file has no place to import it from, or no room for its name.
 */
export function poolCallee(
  sourceCode: TSESLint.SourceCode,
  construction: TSESTree.CallExpression | TSESTree.NewExpression,
  alternative: PoolAlternative,
): PoolCallee | null {
  const callee = unwrap(construction.callee);
  if (callee.type === 'MemberExpression' && !callee.computed) {
    return { text: `${sourceCode.getText(callee.object)}.${alternative.api}`, imports: null };
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
    if (present) return { text: present.local.name, imports: null };
    if (!isFree(sourceCode, alternative.api, [construction])) return null;
    return {
      text: alternative.api,
      imports: (isGone) => beside(specifier, alternative.api, isOnlyUse(variable, callee, isGone)),
    };
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
  if (present?.type === 'Property' && present.value.type === 'Identifier') return { text: present.value.name, imports: null };
  if (!property || !isFree(sourceCode, alternative.api, [construction])) return null;
  return { text: alternative.api, imports: (isGone) => beside(property, alternative.api, isOnlyUse(variable, callee, isGone)) };
}

// The connection's constructor stays imported only where something else uses it.
function beside(specifier: Node, name: string, instead: boolean): TextChange {
  return instead
    ? { range: specifier.range, text: name }
    : { range: [specifier.range[1], specifier.range[1]], text: `, ${name}` };
}

function isOnlyUse(variable: Variable | undefined, use: Node, isGone: (node: Node) => boolean): boolean {
  const isLeft = ({ identifier, init }: Variable['references'][number]): boolean =>
    identifier !== use && init !== true && !isGone(identifier);
  return variable !== undefined && !variable.references.some(isLeft);
}
