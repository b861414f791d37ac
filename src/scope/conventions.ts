/** Functions that a framework finds by the name of the file and of the export. */
import { matchesModule, plainModule } from '../catalog/api-path.js';
import type { FileConvention } from '../catalog/framework.js';
import { directivesOf } from '../ast/directives.js';
import { isFunction, memberName, unwrap, type FunctionNode, type Node } from '../ast/nodes.js';
import { modulesOf } from '../resolve/imports.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';

/**
 * The convention by which a framework calls an exported function.
 *
 * @param path Where the function is exported: a name, or names into an exported object; `*` in front stands for the whole of
 * `module.exports`.
 */
export function conventionOf(file: SourceFile, path: readonly string[], fn: FunctionNode): FileConvention | null {
  const names = path[0] === '*' ? (path.length === 1 ? ['default'] : path.slice(1)) : path;
  for (const framework of file.settings.catalog.frameworks) {
    for (const convention of framework.conventions ?? []) {
      if (!convention.file.test(file.pathInProject)) continue;
      if (!convention.exports.some((pattern) => matchesNames(pattern, names))) continue;
      if (convention.directive !== undefined && !directivesOf(file.ast).includes(convention.directive)) continue;
      if (convention.needsImport && !importsAny(file, framework.modules)) continue;
      if (convention.parameter && !firstParameterFits(fn, convention.parameter)) continue;
      if (convention.without?.some((name) => exportedNames(file).has(name))) continue;
      return convention;
    }
  }
  return null;
}

function matchesNames(pattern: string, names: readonly string[]): boolean {
  const parts = pattern.split('.');
  return parts.length === names.length && parts.every((part, index) => part === '*' || part === names[index]);
}

function importsAny(file: SourceFile, modules: readonly string[]): boolean {
  return modulesOf(file).some((use) => modules.some((module) => matchesModule(plainModule(module), plainModule(use.module))));
}

function firstParameterFits(fn: FunctionNode, pattern: RegExp): boolean {
  const [parameter] = fn.params;
  if (!parameter) return true;
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return target.type === 'ObjectPattern' || (target.type === 'Identifier' && pattern.test(target.name));
}

const exportedNames = perFile((file: SourceFile): ReadonlySet<string> => {
  const names = new Set<string>();
  const addDeclared = (node: Node): void => {
    for (const variable of file.sourceCode.getDeclaredVariables(node)) names.add(variable.name);
  };
  for (const statement of file.ast.body) {
    if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration) addDeclared(statement.declaration);
      for (const { exported } of statement.specifiers)
        names.add(exported.type === 'Identifier' ? exported.name : exported.value);
    }
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue;
    const target = unwrap(statement.expression.left);
    const name = target.type === 'MemberExpression' ? memberName(target) : null;
    if (name !== null && !isFunction(target)) names.add(name);
  }
  return names;
});
