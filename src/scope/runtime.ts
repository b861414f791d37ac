import type { Runtime, RuntimeEvidence } from '../catalog/framework.js';
import { keyName, unwrap, type Node } from '../ast/nodes.js';
import { literalValue } from '../ast/objects.js';
import { frameworkValues } from '../resolve/framework-values.js';
import { globalReferences, undeclaredNames, usesAnyModule } from '../resolve/imports.js';
import { originsOf } from '../resolve/origin.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { projectOf } from '../resolve/project.js';

/** Where a file's code runs. `unknown`: no evidence at all; `ambiguous`: evidence that fits several runtimes. */
export type RuntimeAnswer = Runtime | 'ambiguous' | 'unknown';

const runtimes = perFile((file: SourceFile) => ({ answer: decide(file) }));

/** Where the file's code runs: `settings.pool.runtime`, or what the file and its project show. */
export function runtimeOf(file: SourceFile): RuntimeAnswer {
  return file.settings.runtime === 'auto' ? runtimes(file).answer : file.settings.runtime;
}

/** Does the platform freeze or end the process between requests, so that nothing gets old in it? */
export function isServerless(file: SourceFile): boolean {
  const runtime = runtimeOf(file);
  return runtime === 'serverless' || runtime === 'edge';
}

function decide(file: SourceFile): RuntimeAnswer {
  const own = new Set<Runtime>();
  const around = new Set<Runtime>();
  for (const framework of file.settings.catalog.frameworks) {
    for (const evidence of framework.runtime ?? []) {
      if (shownByFile(file, evidence)) own.add(evidence.runtime);
      else if (shownByProject(file, evidence)) around.add(evidence.runtime);
    }
  }
  // What the file itself says outranks what its package depends on.
  const found = own.size > 0 ? own : around;
  if (found.has('edge')) return found.size === 1 ? 'edge' : 'ambiguous';
  if (found.has('serverless')) return 'serverless';
  if (found.has('node')) return 'node';
  return exportsFetchHandler(file) ? 'ambiguous' : 'unknown';
}

function shownByFile(file: SourceFile, evidence: RuntimeEvidence): boolean {
  const { imports, types, file: pattern, exportedConstant, global } = evidence;
  if (types) return types.some((name) => mentionsType(file, name));
  if (imports && usesAnyModule(file, imports)) return true;
  if (pattern?.test(file.pathInProject)) return true;
  if (global !== undefined && globalReferences(file.sourceCode, global).length > 0) return true;
  return exportedConstant !== undefined && exportsConstant(file, exportedConstant.name, exportedConstant.values);
}

function shownByProject(file: SourceFile, evidence: RuntimeEvidence): boolean {
  const { projectFile, dependencies } = evidence;
  if (!projectFile && !dependencies) return false;
  const project = projectOf(file);
  return (
    (projectFile?.some((name) => project.hasFile(name)) ?? false) ||
    (dependencies?.some((name) => project.dependencies?.has(name) ?? false) ?? false)
  );
}

function mentionsType(file: SourceFile, name: string): boolean {
  if (undeclaredNames(file).has(name)) return true;
  return (
    file.sourceCode.scopeManager?.scopes.some(
      (inner) => inner.type === 'module' && inner.set.get(name)?.defs[0]?.type === 'ImportBinding',
    ) ?? false
  );
}

function exportsConstant(file: SourceFile, name: string, values: readonly string[]): boolean {
  return file.ast.body.some((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration') return false;
    return statement.declaration.declarations.some((declarator) => {
      if (declarator.id.type !== 'Identifier' || !declarator.init) return false;
      if (declarator.id.name === name) return values.includes(String(literalValue(declarator.init)));
      // `export const config = { runtime: 'edge' }`
      const init = unwrap(declarator.init);
      return (
        declarator.id.name === 'config' &&
        init.type === 'ObjectExpression' &&
        init.properties.some(
          (property) =>
            property.type === 'Property' && keyName(property) === name && values.includes(String(literalValue(property.value))),
        )
      );
    });
  });
}

// `export default { fetch }` and the default export of an app whose framework runs everywhere: Workers, Bun, Deno and Node look the
// same from here.
function exportsFetchHandler(file: SourceFile): boolean {
  for (const statement of file.ast.body) {
    if (statement.type !== 'ExportDefaultDeclaration') continue;
    const value = resolveConstant(file, statement.declaration);
    if (value.type === 'ObjectExpression') {
      return value.properties.some((property) => property.type === 'Property' && keyName(property) === 'fetch');
    }
    const origin = originsOf(file).of(statement.declaration);
    return (
      origin !== null &&
      frameworkValues(file, origin).some(({ framework, value: kind }) => kind !== null && framework.shutdownPhase === 'depends')
    );
  }
  return false;
}

function resolveConstant(file: SourceFile, node: Node): Node {
  const expression = unwrap(node);
  if (expression.type !== 'Identifier') return expression;
  const definition = originsOf(file).variable(expression)?.defs[0];
  return definition?.type === 'Variable' && definition.node.init ? unwrap(definition.node.init) : expression;
}
