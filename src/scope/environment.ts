import { ENVIRONMENT_LOADERS } from '../catalog/environment.js';
import { memberName, unwrap, type Node } from '../ast/nodes.js';
import { usesAnyModule } from '../resolve/imports.js';
import { originsOf } from '../resolve/origin.js';
import { GLOBAL } from '../resolve/module-path.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
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
  if (ENVIRONMENT_LOADERS.some(({ preload }) => preload && usesAnyModule(file, preload))) return true;
  if (runtimeOf(file) === 'serverless') return true;
  const { dependencies } = projectOf(file);
  if (dependencies && !ENVIRONMENT_LOADERS.some(({ name }) => dependencies.has(name))) return true;
  const { read } = readAtModuleScope(file);
  return read !== null && read !== except;
}

// The first one is enough: whoever asks is about to move a construction, which is no read itself.
const readAtModuleScope = perFile((file: SourceFile) => ({
  read:
    file.nodesOfType('MemberExpression').find((member) => {
      if (memberName(member) === null || unwrap(member.object).type !== 'MemberExpression') return false;
      const origin = originsOf(file).of(member.object);
      if (origin?.module !== GLOBAL || origin.steps.join('.') !== 'process.env') return false;
      return executionScopeOf(file, member).kind === 'module';
    }) ?? null,
}));

/** Does the project re-evaluate modules while it runs, so that a client belongs on `globalThis`? */
export function hasHotReload(file: SourceFile): boolean {
  const { dependencies } = projectOf(file);
  return file.settings.catalog.frameworks.some((framework) =>
    framework.hotReload?.dependencies.some((name) => dependencies?.has(name) ?? false),
  );
}
