/** Which modules a file brings in, and under which names. */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';
import { matchesModule, plainModule } from '../catalog/api-path.js';
import { literalValue } from '../ast/objects.js';
import { wrapped, type Node } from '../ast/nodes.js';
import { variableOf, type Variable } from '../ast/variables.js';
import { perFile, type SourceFile } from './source-file.js';

/** One import, require or dynamic import. */
export interface ModuleUse {
  readonly module: string;
  /** The import declaration, the `require(…)` call or the `import(…)` expression. */
  readonly node: Node;
  /** `type` for imports that leave nothing at run time. */
  readonly kind: 'dynamic' | 'import' | 'require' | 're-export' | 'type';
}

/** The string given to `import`, `require` or `import()`; null if it is not a constant. */
export function specifierText(node: Node | null | undefined): string | null {
  const value = node ? literalValue(node) : undefined;
  return typeof value === 'string' ? value : null;
}

/** References to a name that the file does not declare. */
export function globalReferences(sourceCode: TSESLint.SourceCode, name: string): readonly TSESTree.Identifier[] {
  const scope = sourceCode.scopeManager?.globalScope;
  if (!scope) return [];
  const variable = scope.set.get(name);
  const references =
    variable && variable.defs.length === 0 ? variable.references : (unresolvedByName(sourceCode.ast, scope).get(name) ?? []);
  return references.map((reference) => reference.identifier as TSESTree.Identifier);
}

// Every rule's gate asks for several names: the list is gone through once per file. Keyed on the tree, as oxlint reuses the rest.
const unresolved = new WeakMap<TSESTree.Program, ReadonlyMap<string, readonly TSESLint.Scope.Reference[]>>();

function unresolvedByName(
  ast: TSESTree.Program,
  scope: TSESLint.Scope.Scope,
): ReadonlyMap<string, readonly TSESLint.Scope.Reference[]> {
  const known = unresolved.get(ast);
  if (known) return known;
  const index = new Map<string, TSESLint.Scope.Reference[]>();
  for (const reference of scope.through) {
    const list = index.get(reference.identifier.name);
    if (list) list.push(reference);
    else index.set(reference.identifier.name, [reference]);
  }
  unresolved.set(ast, index);
  return index;
}

/** The names that the file uses and nobody declares, neither the file nor its configuration. */
export const undeclaredNames = perFile(
  (file: SourceFile): ReadonlySet<string> =>
    new Set(file.sourceCode.scopeManager?.globalScope?.through.map((reference) => reference.identifier.name)),
);

/** Is the identifier the `require` of CommonJS, or one made by `createRequire`? */
export function isRequire(file: SourceFile, callee: Node): boolean {
  if (callee.type !== 'Identifier') return false;
  const variable = variableOf(file.sourceCode, callee);
  if (!variable || variable.defs.length === 0) return callee.name === 'require';
  const [definition] = variable.defs;
  if (definition?.type !== 'Variable' || definition.node.init?.type !== 'CallExpression') return false;
  const maker = definition.node.init.callee;
  const name = maker.type === 'MemberExpression' ? maker.property : maker;
  return name.type === 'Identifier' && name.name === 'createRequire' && importsCreateRequire(file, maker);
}

function importsCreateRequire(file: SourceFile, maker: Node): boolean {
  const id = maker.type === 'MemberExpression' ? maker.object : maker;
  const variable = id.type === 'Identifier' ? variableOf(file.sourceCode, id) : null;
  const definition = variable?.defs[0];
  if (definition?.type !== 'ImportBinding') return false;
  const declaration = definition.parent;
  return declaration.type === 'ImportDeclaration' && /^(?:node:)?module$/u.test(declaration.source.value);
}

/** Every module the file uses. Made without walking the tree, unless the text has a dynamic import. */
export const modulesOf = perFile((file: SourceFile): readonly ModuleUse[] => {
  const uses: ModuleUse[] = [];
  const requires: TSESTree.Identifier[] = [...globalReferences(file.sourceCode, 'require')];
  for (const node of file.ast.body) {
    switch (node.type) {
      case 'ImportDeclaration':
        uses.push({ module: node.source.value, node, kind: node.importKind === 'type' ? 'type' : 'import' });
        if (/^(?:node:)?module$/u.test(node.source.value)) requires.push(...requiresMadeBy(file, node));
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        if (node.source) uses.push({ module: node.source.value, node, kind: 're-export' });
        break;
      case 'TSImportEqualsDeclaration':
        if (node.moduleReference.type === 'TSExternalModuleReference') {
          const module = specifierText(node.moduleReference.expression);
          if (module !== null) uses.push({ module, node, kind: 'import' });
        }
        break;
      default:
    }
  }
  for (const identifier of requires) {
    const call = wrapped(identifier).parent;
    if (call?.type !== 'CallExpression' || call.callee !== identifier) continue;
    const module = specifierText(call.arguments[0]);
    if (module !== null) uses.push({ module, node: call, kind: 'require' });
  }
  if (file.sourceCode.text.includes('import(')) {
    for (const node of file.nodesOfType('ImportExpression')) {
      const module = specifierText(node.source);
      if (module !== null) uses.push({ module, node, kind: 'dynamic' });
    }
  }
  return uses;
});

function requiresMadeBy(file: SourceFile, declaration: TSESTree.ImportDeclaration): TSESTree.Identifier[] {
  const made: TSESTree.Identifier[] = [];
  for (const variable of file.sourceCode.getDeclaredVariables(declaration)) {
    for (const reference of variable.references) {
      const callee =
        reference.identifier.parent.type === 'MemberExpression' ? reference.identifier.parent : reference.identifier;
      const declarator = callee.parent.parent;
      if (callee.parent.type !== 'CallExpression' || declarator?.type !== 'VariableDeclarator') continue;
      for (const bound of file.sourceCode.getDeclaredVariables(declarator)) {
        made.push(...bound.references.filter((use) => use.isRead()).map((use) => use.identifier as TSESTree.Identifier));
      }
    }
  }
  return made;
}

const specifiersOf = perFile(
  (file: SourceFile): ReadonlySet<string> => new Set(modulesOf(file).map((use) => plainModule(use.module))),
);

/** Does the file bring in one of these modules? A star in a name stands for any rest. */
export function usesAnyModule(file: SourceFile, modules: readonly string[]): boolean {
  const used = specifiersOf(file);
  return modules.some((module) => {
    if (!module.includes('*')) return used.has(plainModule(module));
    for (const specifier of used) if (matchesModule(plainModule(module), specifier)) return true;
    return false;
  });
}

/** The variables an import declaration brings in. */
export function importedVariables(file: SourceFile, node: Node): readonly Variable[] {
  return file.sourceCode.getDeclaredVariables(node);
}
