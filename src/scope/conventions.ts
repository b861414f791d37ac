/** Functions that a framework finds by the name of the file and of the export. */
import { CALL } from '../catalog/api-path.js';
import type { FileConvention, FrameworkDescriptor } from '../catalog/framework.js';
import { directivesOf } from '../ast/directives.js';
import { isFunction, memberName, unwrap, wrapped, type FunctionNode, type Node } from '../ast/nodes.js';
import { lookUpProperty } from '../ast/objects.js';
import { occurrencesOf } from '../resolve/framework-values.js';
import { usesAnyModule } from '../resolve/imports.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { runtimeOf } from './runtime.js';

/** A convention and the framework whose it is. */
export interface ConventionMatch {
  readonly framework: FrameworkDescriptor;
  readonly convention: FileConvention;
}

/**
 * The convention by which a framework calls an exported function.
 *
 * @param path Where the function is exported: a name, or names into an exported object; `*` in front stands for the whole of
 * `module.exports`, `()` for what an exported function returns.
 */
export function conventionOf(file: SourceFile, path: readonly string[], fn: FunctionNode): ConventionMatch | null {
  const [first, second] = path;
  const names = first !== '*' ? path : second === undefined || second === CALL ? ['default', ...path.slice(1)] : path.slice(1);
  for (const match of conventionsOfFile(file)) {
    const { convention } = match;
    if (!convention.exports.some((pattern) => matchesNames(pattern, names))) continue;
    if (convention.parameter && !firstParameterFits(fn, convention.parameter)) continue;
    if (convention.signature && !signatureFits(fn, convention.signature)) continue;
    if (convention.siblings && !standsBeside(file, fn, convention.siblings)) continue;
    if (convention.without?.some((name) => exportedNames(file).has(name))) continue;
    return match;
  }
  return null;
}

// The conventions that hold for the file, whatever it exports.
const conventionsOfFile = perFile((file: SourceFile): readonly ConventionMatch[] =>
  file.settings.catalog.frameworks.flatMap((framework) =>
    (framework.conventions ?? [])
      .filter(
        (convention) =>
          convention.file.test(file.pathInProject) &&
          (convention.directive === undefined || directivesOf(file.ast).includes(convention.directive)) &&
          importsWhatItNeeds(file, framework, convention) &&
          (convention.runtime === undefined || runtimeOf(file) === convention.runtime),
      )
      .map((convention) => ({ framework, convention })),
  ),
);

function matchesNames(pattern: string, names: readonly string[]): boolean {
  const parts = pattern.split('.');
  return (
    parts.length === names.length &&
    parts.every((part, index) => (part === '*' ? names[index] !== CALL : part === names[index]))
  );
}

function importsWhatItNeeds(file: SourceFile, { modules }: FrameworkDescriptor, { needsImport }: FileConvention): boolean {
  return needsImport === undefined || usesAnyModule(file, needsImport === true ? modules : needsImport);
}

// Has an object in which the function stands, at whatever depth, all of these properties?
function standsBeside(file: SourceFile, fn: FunctionNode, names: readonly string[]): boolean {
  return occurrencesOf(originsOf(file), fn).some((occurrence) => {
    let current = wrapped(occurrence).parent;
    for (; current; current = wrapped(current).parent) {
      if (current.type === 'ObjectExpression') {
        const object = current;
        if (names.every((name) => lookUpProperty(object, name).found === 'yes')) return true;
      } else if (current.type !== 'Property' && current.type !== 'ArrayExpression') return false;
    }
    return false;
  });
}

function firstParameterFits(fn: FunctionNode, pattern: RegExp): boolean {
  const [parameter] = fn.params;
  if (!parameter) return true;
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  return target.type === 'ObjectPattern' || (target.type === 'Identifier' && pattern.test(target.name));
}

function signatureFits(fn: FunctionNode, patterns: readonly RegExp[]): boolean {
  return patterns.every((pattern, index) => {
    const parameter = fn.params[index];
    return parameter?.type === 'Identifier' && pattern.test(parameter.name);
  });
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
