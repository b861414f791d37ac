import type { TSESTree } from '@typescript-eslint/utils';
import { ENVIRONMENT_LOADERS } from '../catalog/environment.js';
import { memberName, unwrap, wrapped, type Node } from '../ast/nodes.js';
import { globalReferences, usesAnyModule } from '../resolve/imports.js';
import { originsOf } from '../resolve/origin.js';
import { GLOBAL } from '../resolve/module-path.js';
import { perFile, type SourceFile } from '../resolve/source-file.js';
import { executionScopeOf } from './execution-scope.js';
import { projectOf } from '../resolve/project.js';
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
const readAtModuleScope = perFile((file: SourceFile) => {
  for (const name of ['process', 'globalThis', 'global']) {
    for (const reference of globalReferences(file.sourceCode, name)) {
      const read = variableRead(reference);
      if (!read) continue;
      const origin = originsOf(file).of(read.object);
      if (origin?.module !== GLOBAL || origin.steps.join('.') !== 'process.env') continue;
      if (executionScopeOf(file, read).kind === 'module') return { read };
    }
  }
  return { read: null };
});

// From `process` to `process.env.NAME`.
function variableRead(id: Node): TSESTree.MemberExpression | null {
  let members = 0;
  for (let node: Node = id; ; node = wrapped(node)) {
    const { parent } = wrapped(node);
    if (parent?.type !== 'MemberExpression' || parent.object !== wrapped(node) || memberName(parent) === null) return null;
    members += 1;
    const owner = unwrap(parent.object);
    if (members > 1 && owner.type === 'MemberExpression' && memberName(owner) === 'env') return parent;
    node = parent;
  }
}

/** Does the project re-evaluate modules while it runs, so that a client belongs on `globalThis`? */
export function hasHotReload(file: SourceFile): boolean {
  const { dependencies } = projectOf(file);
  return file.settings.catalog.frameworks.some((framework) =>
    framework.hotReload?.dependencies.some((name) => dependencies?.has(name) ?? false),
  );
}
