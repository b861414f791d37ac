import { ENVIRONMENT_LOADERS } from '../catalog/environment.js';
import { matchesModule } from '../catalog/api-path.js';
import { memberName, unwrap, type Node } from '../ast/nodes.js';
import { modulesOf } from '../resolve/imports.js';
import { originsOf } from '../resolve/origin.js';
import { GLOBAL } from '../resolve/module-path.js';
import type { SourceFile } from '../resolve/source-file.js';
import { executionScopeOf } from './execution-scope.js';
import { projectOf } from './project.js';
import { runtimeOf } from './runtime.js';

/**
 * May `process.env` be read when this module is loaded, with the values that a request would see?
 *
 * Proved by: the file reads it at module scope already, a loader is imported that fills it first, the platform sets it before the process
 * starts, or the package depends on nothing that fills it.
 *
 * @param except The node about to be moved, whose own read proves nothing.
 */
export function isEnvironmentReady(file: SourceFile, except: Node): boolean {
  const imported = modulesOf(file).map((use) => use.module);
  if (
    ENVIRONMENT_LOADERS.some(({ preload }) => preload?.some((name) => imported.some((module) => matchesModule(name, module))))
  )
    return true;
  if (runtimeOf(file) === 'serverless') return true;
  const { dependencies } = projectOf(file);
  if (dependencies && !ENVIRONMENT_LOADERS.some(({ name }) => dependencies.has(name))) return true;
  return file.nodesOfType('MemberExpression').some((member) => {
    if (memberName(member) === null || unwrap(member.object).type !== 'MemberExpression' || member === except) return false;
    const origin = originsOf(file).of(member.object);
    if (origin?.module !== GLOBAL || origin.steps.join('.') !== 'process.env') return false;
    return executionScopeOf(file, member).kind === 'module';
  });
}

/** Does the project re-evaluate modules while it runs, so that a client belongs on `globalThis`? */
export function hasHotReload(file: SourceFile): boolean {
  const { dependencies } = projectOf(file);
  return file.settings.catalog.frameworks.some((framework) =>
    framework.hotReload?.dependencies.some((name) => dependencies?.has(name) ?? false),
  );
}
